"""Headlines, slugs and standfirsts."""

import pytest

from articles.importers.wordpress.deciding.wording import (
    Headline,
    Standfirst,
    headline_of,
    plain,
    slug_from,
    slug_of_item,
    standfirst_of,
)
from articles.importers.wordpress.records import Item, Place

PLACE = Place("a.xml", 1, 1)


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("Children&#039;s Rights", "Children's Rights"),
        ("R&amp;amp;D &#8211; at  last", "R&D – at last"),
        ("<em>Very</em> <b>bold", "Very bold"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("&lt;script&gt;", "<script>"),
        ("\u202eEvil\u202c", "Evil"),
        (f"Evil&#{'1' * 5_000};", "Evil\ufffd"),
    ],
)
def test_headlines_are_text(title, headline):
    assert headline_of(Item(PLACE, title=title)) == Headline(headline)


@pytest.mark.parametrize(
    ("body", "headline"),
    [
        ("<!-- wp:paragraph -->\n<p>It rains. A lot.</p>", "It rains."),
        ("[caption id='a']<img src='b'> A boat[/caption] sails", "A boat sails"),
        ("word " * 40, ("word " * 16).strip() + "…"),
        ("x" * 100, "x" * 79 + "…"),
        ("", ""),
    ],
)
def test_without_a_title_the_first_sentence_is_the_headline(body, headline):
    assert headline_of(Item(PLACE, body=body)) == Headline(headline, is_made=True)
    assert len(headline) <= 80


@pytest.mark.parametrize(
    ("written", "slug"),
    [
        ("harbour-opens", "harbour-opens"),
        ("%d0%bf%d1%80", "пр"),
        ("%D0%BF%D1%80", "пр"),
        ("thag%c2%b2", "thag²"),
        ("index.html", "index-html"),
        ("Nu\u0308rnberg", "nürnberg"),
        # WordPress cuts slugs after 200 bytes, even inside a letter.
        ("%d0%bf%d0", "п"),
        ("../../etc", "etc"),
        ("a b__c--d-", "a-b__c-d"),
        ("\u202eadmin\u200b", "admin"),
        ("“”", ""),
    ],
)
def test_slugs(written, slug):
    assert slug_from(written) == slug


@pytest.mark.parametrize(
    ("item", "slug"),
    [
        (Item(PLACE, "7", slug="own", link="https://a.test/other/"), "own"),
        (Item(PLACE, "7", link="https://a.test/2020/01/01/other/"), "other"),
        (Item(PLACE, "7", link="https://a.test/?p=7"), "a-headline"),
        (Item(PLACE, "7", link="https://[a.test/b"), "a-headline"),
    ],
)
def test_an_item_always_has_a_slug(item, slug):
    assert slug_of_item(item, "A headline") == slug
    assert slug_of_item(Item(PLACE, "7"), "???") == "post-7"


BODY = "<p>The mayor has <b>resigned</b> after a vote. The council meets today.</p>"


@pytest.mark.parametrize(
    ("excerpt", "standfirst"),
    [
        ("Mayor resigns after vote.", Standfirst("Mayor resigns after vote.")),
        ("The mayor has resigned", Standfirst(description="The mayor has resigned")),
        ("Something quite new [&hellip;]", Standfirst(description="Something quite new…")),
        ("<p>With <i>tags</i></p>", Standfirst("With tags")),
        ("", Standfirst()),
    ],
)
def test_an_excerpt_that_is_only_the_beginning_of_the_text_stands_not_above_it(excerpt, standfirst):
    assert standfirst_of(Item(PLACE, excerpt=excerpt, body=BODY)) == standfirst


@pytest.mark.parametrize("text", ["<!--" * 250_000, "<a" * 500_000, "&" * 1_000_000, "[a" * 500_000])
def test_hostile_text_takes_no_longer_than_other(text):
    """Patterns that go back and forth would take hours here."""
    plain(text)
    headline_of(Item(PLACE, title=text, body=text))
    standfirst_of(Item(PLACE, excerpt=text, body=text))
