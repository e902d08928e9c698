"""Files of the media library."""

from articles.importers.wordpress.deciding.media import attachment_of
from articles.importers.wordpress.records import Item, Place
from tests.articles.importers.wordpress.exports import OWN, items

PLACE = Place("a.xml", 1, 1)


def test_a_picture_with_all_its_names_and_words():
    (item,) = (item for item in items(OWN) if item.post_id == "900")
    found = attachment_of(item)
    assert (found.post_id, found.parent, found.file) == ("900", "100", "2021/02/harbour-scaled.jpg")
    assert found.sizes == ("harbour-300x200.jpg", "harbour-1024x683.jpg", "harbour.jpg")
    assert (found.width, found.height) == (2560, 1707)
    assert (found.alt, found.caption) == ("Ships between two piers", "The harbour on Sunday")
    assert found.credit == "Ana Ruiz/Agency"


def test_metadata_with_an_object_in_them_say_nothing():
    (item,) = (item for item in items(OWN) if item.post_id == "901")
    found = attachment_of(item)
    assert (found.file, found.sizes, found.width) == ("2021/02/report.pdf", (), 0)


def test_names_of_sizes_never_lead_elsewhere():
    metadata = 'a:1:{s:5:"sizes";a:1:{i:0;a:1:{s:4:"file";s:9:"../../etc";}}}'
    assert attachment_of(Item(PLACE, meta=(("_wp_attachment_metadata", metadata),))).sizes == ()
