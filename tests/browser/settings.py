"""The site's settings for a server that outlives the rows of its database."""

from newsroom.settings import *  # noqa: F403 - it is the whole site, and one thing more

MIDDLEWARE = ["tests.browser.settings.forgetful", *MIDDLEWARE]  # noqa: F405 - from the star


def forgetful(get_response):
    """After each test the database is emptied, and then its content types get other numbers than are known."""

    def forgetting(request):
        from django.contrib.contenttypes.models import ContentType

        ContentType.objects.clear_cache()
        return get_response(request)

    return forgetting
