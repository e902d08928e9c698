"""What comes into the text: pictures, pastes, tags by the thousand."""

import re
from contextlib import nullcontext

import pytest

from articles.models import Article
from tests import factories

from .desk_driver import Desk
from .people import DESK

pytestmark = pytest.mark.django_db(transaction=True)
SAVED = "[data-save-state][data-saved]"
ADD = "/admin/articles/article/add/"
PASTE = """([selector, html, text]) => {
  const data = new DataTransfer();
  if (html) data.setData("text/html", html);
  data.setData("text/plain", text);
  const paste = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
  document.querySelector(selector).dispatchEvent(paste);
}"""
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><body><!--StartFragment-->
<h1 style="margin:12pt">First heading<o:p></o:p></h1>
<p class=MsoNormal style="mso-margin-top-alt:auto"><span style="font-family:Calibri;color:red">Text with <b>bold</b>.</span><o:p></o:p></p>
<p class=MsoListParagraph style="text-indent:-18.0pt;mso-list:l0 level1 lfo1"><![if !supportLists]><span style="font-family:Symbol">·<span style="font:7.0pt">&nbsp;&nbsp; </span></span><![endif]>Item one<o:p></o:p></p>
<p class=MsoNormal>&nbsp;</p>
<p><a href="https://www.google.com/url?q=https://example.org/&amp;sa=D">a link</a></p>
<p><img src="file:///C:/far.png" alt="far"></p><!--EndFragment--></body></html>"""
DOCS = """<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-7a"><h2><span style="font-size:16pt">From Docs</span></h2>
<p dir="ltr"><span style="font-weight:700;font-family:Arial">Bold words</span><span> and plain ones.</span></p></b>"""
OFFICE = """<meta name="generator" content="LibreOffice 7.4"/><h2 class="western">From LibreOffice</h2>
<p style="line-height: 100%"><font face="Liberation Serif"><i>Slanted</i> words.</font></p>"""
DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


@pytest.fixture
def editor(site):
    return factories.editor("ana")


@pytest.fixture
def desk(reader, editor, site, log_in):
    page = reader(**DESK)
    log_in(page, editor)
    desk = Desk(page, site.url)
    desk.opens(ADD)
    desk.types("A headline")
    return desk


def pastes(desk, html, text="x", selector=".cke_editable"):
    desk.page.click(selector)
    desk.page.evaluate(PASTE, [selector, html, text])


def saved_body(desk):
    desk.page.keyboard.press("Control+s")
    desk.page.wait_for_selector(SAVED)
    return Article.objects.get().body


def test_a_word_document_comes_out_clean_with_its_parts(desk):
    pastes(desk, WORD)
    desk.page.wait_for_selector(".cke_editable h2")
    body = saved_body(desk)
    assert re.sub(r' id="[^"]*"', "", body).split("\n") == [
        "<h2>First heading</h2>",
        "<p>Text with <strong>bold</strong>.</p>",
        "<ul><li>Item one</li></ul>",
        '<p><a href="https://example.org/">a link</a></p>',
    ]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (DOCS, ["<h2>From Docs</h2>", "<p><strong>Bold words</strong> and plain ones.</p>"]),
        (OFFICE, ["<h2>From LibreOffice</h2>", "<p><em>Slanted</em> words.</p>"]),
    ],
    ids=["Google Docs", "LibreOffice"],
)
def test_other_writing_programs_come_out_clean_too(desk, html, expected):
    pastes(desk, html)
    desk.page.wait_for_selector(".cke_editable h2")
    assert re.sub(r' id="[^"]*"', "", saved_body(desk)).split("\n") == expected


NOTED = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><body><!--StartFragment--><p class=MsoNormal>It is
<del cite="mailto:Ana" datetime="2026-11-01T10:00">not </del>so<span class=MsoCommentReference><a class=msocomanchor
href="#_msocom_1">[DK1]</a></span><a href="#_ftn1" name="_ftnref1">[1]</a>.</p><p class=MsoQuote>Said.</p>
<iframe src="https://player.vimeo.com/video/123456789"></iframe><table><tr><td>Menu</td><td><table><tr><td>a</td><td>b</td>
</tr></table></td></tr></table><p><a href="#_ftnref1" name="_ftn1">[1]</a> Note.</p><figure><img src="https://x.example/a.png">
<figcaption>The wall</figcaption></figure><!--EndFragment--></body></html>"""
CLEAN = """<p>It is so<a href="#_ftn1{0}" id="_ftnref1{0}">[1]</a>.</p>
<blockquote><p>Said.</p></blockquote>
<p>https://vimeo.com/123456789</p>
<p>Menu</p>
<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>
<p><a href="#_ftnref1{0}" id="_ftn1{0}">[1]</a> Note.</p>
<p>The wall</p>"""


@pytest.mark.parametrize(
    ("before", "html", "text", "after", "expected"),
    [
        ("They said ", "<a href='https://example.org/'>so</a>", "so", " and left.", "They said {} and left."),
        ("They said", "<a href='https://example.org/'>so</a>", " so ", "and left.", "They said {} and left."),
        (
            "They said ",
            "<a href='https://example.org/'>so</a>",
            " so ",
            "and left.",
            "They said {} and left.",
        ),
        ("« ", "<a href='https://example.org/'>so</a>", "so", "&nbsp;».", "«&nbsp;{}&nbsp;»."),
        ("They said ", "", "so and so", " and left.", "They said so and so and left."),
    ],
)
def test_spaces_beside_what_is_pasted_are_plain_ones(desk, before, html, text, after, expected):
    desk.page.click(".cke_editable")
    desk.types(before)
    with (
        desk.page.expect_event("requestfinished", lambda asked: "paste" in asked.url)
        if html
        else nullcontext()
    ):
        desk.page.evaluate(PASTE, [".cke_editable", html, text])
    desk.page.wait_for_selector(f".cke_editable:has-text('{text.strip()}')")
    desk.types(after.replace("&nbsp;", "\u00a0"))
    link = '<a href="https://example.org/">so</a>'
    assert desk.body().strip() == f"<p>{expected.format(link)}</p>"


def test_an_address_pasted_over_chosen_words_links_them(desk):
    desk.page.click(".cke_editable")
    desk.types("See the wall")
    for _ in "wall":
        desk.page.keyboard.press("Shift+ArrowLeft")
    desk.page.evaluate(PASTE, [".cke_editable", "", "https://example.org/a"])
    assert saved_body(desk) == '<p>See the <a href="https://example.org/a">wall</a></p>'


def test_what_nobody_wants_stays_out_and_one_line_says_so(desk):
    """Pasted twice, the second text has notes of its own. An address over words makes a link of them."""
    pastes(desk, NOTED)
    told = desk.page.wait_for_selector(".cke_notification:has-text('Cleaned: 1 comment.')").inner_text()
    assert "1 deleted passage was left out (“not”)" in told
    desk.page.keyboard.press("Control+End")
    desk.page.keyboard.press("Enter")
    desk.page.evaluate(PASTE, [".cke_editable", NOTED, "x"])
    desk.page.wait_for_selector(".cke_editable table >> nth=1")
    desk.page.keyboard.press("Enter")
    desk.types("See there")
    for _ in "there":
        desk.page.keyboard.press("Shift+ArrowLeft")
    desk.page.evaluate(PASTE, [".cke_editable", "", "https://example.org/?utm_source=x"])
    desk.page.wait_for_selector(".cke_editable a:text-is('there')")
    link = '<p>See <a href="https://example.org/">there</a></p>'
    assert saved_body(desk) == "\n".join([CLEAN.format(""), CLEAN.format("-2"), link])


def test_a_paste_while_the_server_is_away_is_cleaned_by_the_editor_alone(desk, reader):
    desk.page.route("**/desk/paste/", lambda route: route.abort())
    pastes(desk, DOCS)
    desk.page.wait_for_selector(".cke_editable h2")
    assert "<strong>Bold words</strong> and plain ones." in saved_body(desk)
    reader.console.complaints.clear()


def test_a_picture_that_cannot_be_taken_along_is_told_and_costs_no_text(desk):
    pastes(desk, '<p>Before</p><p><img src="https://elsewhere.example/a.png" alt="x"></p><p>After</p>')
    desk.page.wait_for_selector(".cke_notification:has-text('could not be taken along')")
    assert saved_body(desk) == "<p>Before</p>\n<p>After</p>"


def test_a_pasted_picture_is_uploaded_or_refused_in_a_sentence(desk, reader):
    pastes(desk, f'<p>Before</p><img src="data:image/png;base64,{DOT}"><p>After</p>')
    desk.page.wait_for_selector(".cke_notification:has-text('pixels')")
    assert saved_body(desk) == "<p>Before</p>\n<p>After</p>"
    reader.console.complaints.clear()


def test_a_picture_keeps_its_caption_credit_and_place(desk):
    desk.page.click(".cke_editable")
    desk.types("Text.")
    desk.drops_file(".cke_editable", "wall.jpg", factories.picture_bytes(900, 600))
    desk.page.wait_for_selector(".desk-figure-panel:visible")
    desk.types("A grey wall")
    desk.page.keyboard.press("Tab")
    desk.types("Photograph: Ana Lind")
    desk.page.click("[data-place=wide]")
    desk.page.click(".cke_editable figcaption")
    desk.types("At Port Ansel.")
    body = saved_body(desk)
    assert body.startswith('<p>Text.</p>\n<figure class="wide"><img data-image="')
    assert "<figcaption>At Port Ansel. <cite>Photograph: Ana Lind</cite></figcaption>" in body
    desk.page.reload()
    desk.is_ready()
    desk.page.click("#id_kicker")
    desk.types("Coast")
    assert saved_body(desk) == body


def test_a_picture_of_the_library_goes_into_the_text(desk):
    image = factories.image(alt="A harbour at dusk")
    desk.page.click(".cke_editable")
    desk.types("Text.")
    desk.page.click(".cke_button__deskpicture")
    desk.page.click(".desk-picker li button")
    desk.page.wait_for_selector(".cke_editable figure")
    body = saved_body(desk)
    assert f'data-image="{image.pk}"' in body
    assert 'alt="A harbour at dusk"' in body


def test_another_lead_picture_comes_out_of_the_library(desk):
    image = factories.image(alt="A harbour at dusk")
    desk.page.click("[data-open-picker]")
    desk.page.click(".desk-picker li button")
    desk.page.wait_for_selector(".desk-picker", state="detached")
    saved_body(desk)
    assert Article.objects.get().lead_image == image


@pytest.mark.parametrize("kind", ["text/plain", "text/html"])
def test_what_no_article_takes_is_not_pasted(desk, kind):
    desk.page.click(".cke_editable")
    desk.types("As typed")
    desk.page.evaluate(
        """(kind) => {
          const data = new DataTransfer();
          data.setData(kind, "<p>The wall is high.</p>".repeat(450000));
          const paste = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
          document.querySelector(".cke_editable").dispatchEvent(paste);
        }""",
        kind,
    )
    desk.page.wait_for_selector("text=2,500,000 is the most that one article takes.")
    desk.types(" and more")
    assert desk.body().strip() == "<p>As typed and more</p>"


def test_five_thousand_pasted_tags_get_a_message(desk):
    pastes(desk, "", ", ".join(f"tag {number}" for number in range(5000)), selector="#id_tags_typed")
    assert "5,000 tags would be too many" in desk.page.inner_text("[data-field=tags]")
    pastes(desk, "", "one, two\nthree", selector="#id_tags_typed")
    saved_body(desk)
    assert {tag.name for tag in Article.objects.get().tags.all()} == {"one", "two", "three"}


def test_a_tag_half_typed_when_saving_is_taken(desk):
    factories.tag("climate")
    desk.page.click("#id_tags_typed")
    desk.types("clim")
    saved_body(desk)
    assert [tag.name for tag in Article.objects.get().tags.all()] == ["climate"]


def test_bylines_are_typed_given_a_role_and_moved(desk):
    factories.author("Mara Ellis")
    factories.author("Jonas Okafor")
    desk.page.click("#id_bylines_typed")
    for name in ("mara", "okaf"):
        desk.types(name)
        desk.page.keyboard.press("Enter")
        desk.page.wait_for_selector(f".desk-rows__name:text-matches('{name}', 'i')")
    desk.page.fill("[aria-label^='Role of Mara']", "Photographs by")
    desk.page.click("[aria-label='Move Jonas Okafor up']")
    saved_body(desk)
    lines = [(line.author.name, line.role) for line in Article.objects.get().bylines.all()]
    assert lines == [("Jonas Okafor", ""), ("Mara Ellis", "Photographs by")]


def test_a_paste_filter_that_fails_leaves_the_plain_text(desk, reader):
    desk.page.evaluate(
        "CKEDITOR.instances.id_body.on('paste', () => { throw new Error('a filter failed') }, null, null, 3)"
    )
    pastes(desk, "<p>Words that must not be lost</p>", "Words that must not be lost")
    desk.page.wait_for_selector(".cke_notification:has-text('Only the plain text')")
    assert saved_body(desk) == "<p>Words that must not be lost</p>"
    reader.console.complaints.clear()
