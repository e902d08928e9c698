"""Who asks: told by the token in the header Authorization, and by nothing else. No cookie is looked at, so no
page of another site can have a browser write here."""

from django.http import HttpRequest
from ninja.security import HttpBearer

from articles.api.errors import Unable
from articles.models import ApiToken
from articles.models.desk.api_token import Scope
from articles.publishing.rights.tokens import NotGood, token_behind

UNKNOWN = {"WWW-Authenticate": 'Bearer realm="Newsroom"'}


class Token(HttpBearer):
    """One that has all of these scopes. Whatever is done with an article that is there is answered with its
    text, so that takes one that may read, too."""

    def __init__(self, *scopes: Scope) -> None:
        super().__init__()
        self.scopes = scopes

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken:
        try:
            found = token_behind(token)
        except NotGood as error:
            raise Unable(401, str(error), headers=UNKNOWN) from error
        # Whatever session a cookie may name.
        request.user = found.person
        if missed := [scope.value for scope in self.scopes if scope not in found.scopes]:
            detail = f"This token was made without “{missed[0]}”; it may: {', '.join(found.scopes)}."
            raise Unable(403, detail)
        return found


def missing() -> Unable:
    detail = "Send a token in the header Authorization, as “Bearer nr_…”; it is made at the desk."
    return Unable(401, detail, headers=UNKNOWN)
