"""The site's settings for a server that outlives the rows of its database."""

from django.utils.cache import patch_cache_control

from newsroom.settings import *  # noqa: F403 - it is the whole site, and one thing more

MIDDLEWARE = ["tests.browser.settings.forgetful", *MIDDLEWARE]  # noqa: F405 - from the star


def forgetful(get_response):
    """After each test the database is emptied, and then its content types get other numbers than are known. No page is kept
    on the shelf, because there is no press that would print it again. What readers do is not counted, and nobody looks after
    the site: what is counted and found would be written a minute later, into the database of another test."""
    from articles.management.observing import watch
    from articles.press.serve.counting import RegularWrites

    RegularWrites.begin = lambda self: None
    watch.FIRST = 86_400.0

    def forgetting(request):
        from django.contrib.contenttypes.models import ContentType

        from articles.models.addresses.paths import BREAKING
        from articles.press.shelf.addresses import has_place

        ContentType.objects.clear_cache()
        response = get_response(request)
        if has_place(request.path):
            # The file of breaking news would be printed all the same.
            name = "no_store" if request.path == BREAKING else "no_cache"
            patch_cache_control(response, **{name: True})
        return response

    return forgetting
