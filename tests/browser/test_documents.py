"""What a browser does with a document: it plays and shows what is safe, and saves the rest."""

import io
import wave

import pytest

from tests import factories
from tests.waiting import wait_until

pytestmark = pytest.mark.django_db(transaction=True)


def sound(seconds=3):
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(1)
        writer.setframerate(8000)
        writer.writeframes(bytes(8000 * seconds))
    return file.getvalue()


def test_a_sound_is_played_and_can_be_jumped_in(site, phone):
    document = factories.document(sound(), name="talk.wav")
    phone.goto(site.url + document.get_absolute_url())
    media = phone.locator("video, audio")
    wait_until(lambda: phone.evaluate("document.querySelector('video, audio').readyState >= 1"))
    assert media.evaluate("(media) => Math.round(media.duration)") == 3
    media.evaluate("(media) => { media.currentTime = 2 }")
    wait_until(lambda: phone.evaluate("document.querySelector('video, audio').currentTime >= 2"))


@pytest.mark.parametrize(
    "body", [b"<!doctype html><h1>Hello</h1>", b"<svg xmlns='http://www.w3.org/2000/svg'/>"]
)
def test_what_would_run_is_saved(site, desktop, body):
    document = factories.document(body, name="report.pdf")
    factories.page(body=f'<p><a href="{document.get_absolute_url()}">The report</a></p>')
    desktop.goto(f"{site.url}/about/")
    with desktop.expect_download() as saved:
        desktop.get_by_role("link", name="The report").click()
    assert saved.value.suggested_filename.startswith("report.")
    assert desktop.url == f"{site.url}/about/"
