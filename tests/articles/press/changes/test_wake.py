import time

import pytest

from articles.press.shelf.files import FolderShelf
from tests import factories


@pytest.mark.django_db(transaction=True)
def test_each_published_story_wakes_the_press_of_this_host(settings, tmp_path):
    settings.PRESS = {**settings.PRESS, "SHELF": tmp_path}
    ear, started = FolderShelf(tmp_path).listen(), time.monotonic()
    factories.published_article()
    ear.wait(60)
    assert time.monotonic() - started < 60
    ear.close()
