"""Whatever stands in an export, nothing that could run comes out, in whichever place it stands."""

import json

from articles.body import sanitise
from articles.body.allowlist import TAGS
from articles.importers.wordpress.text import Document, Picture, convert
from tests import corpora
from tests.articles.body.incoming.test_hostile import assert_harmless

from .old_site import ADDRESS, SITE, Archive


class Hostile(Archive):
    """A database of the old site that somebody has taken over."""

    def __init__(self, payload):
        self.payload = payload

    def link(self, address):
        return self.payload

    def picture(self, address, attachment):
        return Picture(1, self.payload, self.payload, self.payload)

    def document(self, address, attachment):
        return Document(self.payload, self.payload, self.payload)

    def block(self, ref):
        return self.payload

    def gallery(self, request):
        return [self.picture("", "")] * 2


def everywhere(payload):
    quoted = payload.replace('"', "&quot;")
    settings = json.dumps(
        {"url": payload, "href": payload, "id": payload, "service": payload, "alt": payload}
    )
    names = ("embed", "file", "cover", "image", "social-link", "gallery", "video", "block")
    return "\n\n".join(
        [
            payload,
            f'<p><a href="{quoted}" id="{quoted}">a</a><img src="{quoted}" alt="{quoted}" class="{quoted}"></p>',
            f'<iframe src="{quoted}" title="{quoted}"></iframe><video src="{quoted}" poster="{quoted}"></video>',
            f'[caption id="{payload}" align="{payload}" caption="{payload}"]<img src="a.jpg">[/caption]',
            f'[gallery ids="{payload}"][embed]{payload}[/embed][youtube {payload}][audio src="{payload}"]',
            f'[box title="{payload}" url="{payload}"]{payload}[/box][code]{payload}[/code][fn]{payload}[/fn]',
            *(f"<!-- wp:{name} {settings} --><p>{payload}</p><!-- /wp:{name} -->" for name in names),
            *(f"<!-- wp:{name} {settings} /-->" for name in names),
            '<p>x<sup data-fn="q">1</sup></p>',
        ]
    )


def test_no_payload_survives_anywhere():
    payloads = corpora.sample(corpora.payloads(), every=12)
    assert payloads
    for payload in payloads:
        notes = json.dumps([{"id": "q", "content": payload}])
        for resolver in (Archive(), Hostile(payload)):
            made = convert(everywhere(payload), resolver, site=SITE, address=ADDRESS, footnotes=notes).html
            assert_harmless(made, TAGS, set())
            assert sanitise(made) == made


def test_strings_that_break_programs_break_nothing():
    for string in corpora.sample(corpora.strings(), every=8):
        made = convert(everywhere(string), Hostile(string), site=SITE, address=string, footnotes=string).html
        assert sanitise(made) == made


def test_no_text_can_name_a_picture_of_ours_or_trust_itself():
    body = '<img data-image="5"><img data-image="&#6;5"><img data-image="\x065"><a href="\x06/x" data-document>a</a>'
    made = convert(body, Archive(), site=SITE, address=ADDRESS).html
    assert "<img" not in made


def test_a_reference_of_thousands_of_digits_is_one_wrong_character():
    endless = f"&#{'1' * 5_000};"
    made = convert(everywhere(endless), Hostile(endless), site=SITE, address=ADDRESS, footnotes=endless).html
    assert "\ufffd" in made
    assert sanitise(made) == made


def test_half_of_a_surrogate_pair_in_the_settings_of_a_block_is_left_out():
    body = r"""<!-- wp:block {"ref":"\ud800"} /-->
<!-- wp:cover {"url":"https://b.test/\udc00.jpg","id":4} --><!-- /wp:cover -->
<!-- wp:embed {"url":"https://b.test/\ud83d\ude00"} /-->"""
    made = convert(body, Archive(), site=SITE, address=ADDRESS)
    assert made.pictures and made.left_out
    assert str(made).encode()
    assert "https://b.test/\U0001f600" in made.html
