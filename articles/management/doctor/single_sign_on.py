from django.contrib.auth.models import Group

from articles.accounts import provider
from articles.conf import single_sign_on as settings

from .finding import wrong


def single_sign_on():
    said = settings()
    if said is None:
        return
    groups = set(said.groups.values())
    for name in sorted(groups - set(Group.objects.values_list("name", flat=True))):
        yield wrong(
            f"OIDC_GROUPS names {name!r}, which is no group of the desk, so nobody gets it; write another."
        )
    try:
        provider.try_out()
    except provider.NotTaken as error:
        yield wrong(
            f"Nobody can log in with the provider at {said.issuer} (OIDC_ISSUER): {error.__cause__}",
            trouble="single sign-on",
        )
