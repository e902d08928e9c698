import re

import pytest

from articles.body import plain_text, sanitise, sanitise_with_notes

CANONICAL = [
    "<p>a <strong>b</strong> <em>c</em> <s>d</s> H<sub>2</sub>O e<sup>2</sup> <code>f</code></p>",
    "<p>a<br>b</p>",
    '<h2 id="a-part">A part</h2>\n<h3>b</h3>\n<h4 id="c">c</h4>',
    "<ul><li>a<ul><li>b</li></ul></li><li><p>c</p><p>d</p></li></ul>",
    '<ol start="3"><li>a</li></ol>',
    "<blockquote><p>Said.</p><p><cite>Ruth Calloway</cite></p></blockquote>",
    '<table><caption>T</caption><thead><tr><th scope="col">a</th></tr></thead><tbody><tr><td rowspan="2">b</td>'
    "</tr></tbody></table>",
    '<figure class="wide"><img data-image="12" src="/i/12.jpg" alt="A &amp; b" width="1200" height="800">'
    "<figcaption>Caption <cite>Credit</cite></figcaption></figure>",
    '<figure><img data-image="1"></figure>',
    '<figure class="gallery"><figure><img data-image="1"><figcaption>A</figcaption></figure>'
    '<figure><img data-image="2"></figure></figure>',
    '<figure class="pair"><figure><img data-image="1"></figure><figure><img data-image="2"></figure></figure>',
    "<hr>",
    '<ol start="-3" reversed="" type="a"><li value="7">a</li><li>b</li></ol>',
    '<p>the <abbr title="World Health Organization">WHO</abbr> <mark>and</mark> Donau<wbr>dampf</p>',
    '<p>x<a href="#n2"><sup id="r2">2</sup></a></p>\n<ol><li id="n2">y <a href="#r2">back</a></li></ol>',
    '<p>z <a href="#p3">on</a></p>\n<p id="p3">a</p>',
    "<pre><code>if a &lt; b:\n    go()</code></pre>",
    '<p><a href="https://example.org/?a=1&amp;b=2" title="t">x</a> <a href="#n1" id="r1">1</a></p>',
    "<p>https://www.youtube.com/watch?v=dQw4w9WgXcQ</p>",
    "<p>1&nbsp;000&nbsp;km &lt;b&gt; &amp;amp;</p>",
]


def same_attributes(html):
    """nh3 orders attributes its own way; compare without the order."""
    return re.sub(r"<(\w+)((?: [\w-]+=\"[^\"]*\")+)>", lambda m: f"<{m[1]} {sorted(m[2].split())}>", html)


class TestStoredForms:
    @pytest.mark.parametrize("html", CANONICAL)
    def test_stay_as_they_are(self, html):
        assert same_attributes(sanitise(html)) == same_attributes(html)

    def test_are_stable_byte_for_byte(self):
        once = sanitise("\n".join(CANONICAL))
        assert sanitise(once) == once


class TestAnchors:
    def test_stand_once_where_their_link_goes_on_in_the_next_paragraph(self):
        html = '<a href="/n" id="n"><p>a</p><p>b</p></a>'
        assert sanitise(html) == '<p><a href="/n" id="n">a</a></p>\n<p><a href="/n">b</a></p>'

    def test_stand_once_where_a_mark_cuts_their_link(self):
        html = '<p><a href="/n" id="n">a<cite>b</cite></a></p>'
        assert sanitise(html) == '<p><a href="/n" id="n">a</a><cite><a href="/n">b</a></cite></p>'


class TestElements:
    @pytest.mark.parametrize(
        ("html", "expected"),
        [
            ("bare", "<p>bare</p>"),
            ("<div>a</div><div>b <span>c</span></div>", "<p>a</p>\n<p>b c</p>"),
            ("<b>a</b><i>b</i><del>c</del><u>d</u>", "<p><strong>a</strong><em>b</em><s>c</s>d</p>"),
            ("<h1>a</h1><h5>b</h5><h6>c</h6>", "<h2>a</h2>\n<h4>b</h4>\n<h4>c</h4>"),
            ("<font color=red>a</font><o:p>b</o:p>", "<p>ab</p>"),
            ("a<script>b</script><style>c</style>d", "<p>ad</p>"),
            ("<dl><dt>a</dt><dd>b</dd></dl>", "<p><strong>a</strong></p>\n<p>b</p>"),
            ("<li>a</li><li>b</li>", "<ul><li>a</li><li>b</li></ul>"),
            ("<ul>a<li>b</li></ul>", "<ul><li>a</li><li>b</li></ul>"),
            ("<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
            ("<ul><li><p>a</p></li></ul>", "<ul><li>a</li></ul>"),
            ("<p>a<p>b", "<p>a</p>\n<p>b</p>"),
            ("<strong><strong>a</strong></strong>", "<p><strong>a</strong></p>"),
            ("<p><b>a</b><b>b</b></p>", "<p><strong>ab</strong></p>"),
            ("<h2>a<br>b</h2>", "<h2>a b</h2>"),
            ("<blockquote>a<footer>— b</footer></blockquote>", "<blockquote><p>a</p><p><cite>b</cite></p></blockquote>"),
            ("<blockquote><h2>a</h2></blockquote>", "<blockquote><p><strong>a</strong></p></blockquote>"),
            ("<textarea>a <b>b</textarea>", "<p>a &lt;b&gt;b</p>"),
            ("<q>a</q>", "<p>“a”</p>"),
            ("<a name=x>a</a>", "<p>a</p>"),
            ("<a href=/x><h2>a</h2>b</a>", '<h2><a href="/x">a</a></h2>\n<p><a href="/x">b</a></p>'),
            ("<table><tr><td><table><tr><td>a<td>b</table><td>c</table>", "<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>\n<p>c</p>"),
        ],
    )  # fmt: skip
    def test_are_told_in_the_stored_ones(self, html, expected):
        assert sanitise(html) == expected

    def test_attributes_beyond_the_list_go(self):
        html = '<p style="color:red" class="x" id="y" onclick="z" data-a="b" accesskey="a">a</p>'
        assert sanitise(html) == "<p>a</p>"

    @pytest.mark.parametrize("value", ["main", "SITE-VERSION", "a b", "a'b", "-a", "x" * 100, "<b>"])
    def test_an_id_that_cannot_serve_goes(self, value):
        assert sanitise(f'<h2 id="{value}">a</h2>') == "<h2>a</h2>"

    def test_spans_of_cells_are_bounded(self):
        html = "<table><tr><td colspan=99999 rowspan=-1>a<td colspan=2>b</table>"
        assert sanitise(html) == '<table><tbody><tr><td>a</td><td colspan="2">b</td></tr></tbody></table>'


class TestPictures:
    @pytest.mark.parametrize(
        ("html", "expected"),
        [
            ("<p>a {} b</p>", "<p>a b</p>\n{}"),
            ("<p>{} a b</p>", "{}\n<p>a b</p>"),
            ("<p>a<br>{}<br>b</p>", "<p>a</p>\n{}\n<p>b</p>"),
            ("<ul><li>a {} b</li></ul>", "<ul><li><p>a b</p>{}</li></ul>"),
        ],
    )
    def test_get_a_figure_of_their_own_and_cut_no_sentence(self, html, expected):
        picture = '<img data-image="3" alt="x">'
        assert sanitise(html.format(picture)) == expected.format(f"<figure>{picture}</figure>")

    def test_that_need_no_words_stay_so(self):
        html = '<figure><img data-image="3" alt="" data-decorative=""></figure>'
        assert sanitise(html) == html
        assert "data-decorative" not in sanitise(html.replace('alt=""', 'alt="A wall"'))

    def test_in_a_heading_stand_after_it(self):
        assert sanitise('<h2>a <img data-image="3"> b</h2>') == (
            '<h2>a b</h2>\n<figure><img data-image="3"></figure>'
        )

    @pytest.mark.parametrize(
        ("given", "stored"),
        [
            ('class="alignright size-full"', "end"),
            ('class="alignwide"', "wide"),
            ('style="float:left"', "start"),
        ],
    )
    def test_stand_where_they_stood(self, given, stored):
        assert f'<figure class="{stored}">' in sanitise(f'<figure {given}><img data-image="3"></figure>')

    def test_of_a_gallery_stand_one_by_one(self):
        html = '<figure><figure><img data-image="1"><figcaption>a</figcaption></figure><figure><img data-image="2"></figure></figure>'
        assert sanitise(html).count("<figure>") == 2

    def test_of_a_gallery_leave_what_is_none_after_it(self):
        html = (
            '<figure class="gallery wide"><img data-image="1"><p>a</p><figure class="wide"><img data-image="2"></figure>'
            '<figure class="gallery"><img data-image="3"><img data-image="4"></figure><figcaption>b</figcaption></figure>'
        )
        pictures = "".join(f'<figure><img data-image="{number}"></figure>' for number in (1, 2, 3, 4))
        stored = f'<figure class="gallery">{pictures}</figure>\n<p>a</p>\n<p>b</p>'
        assert sanitise(html) == stored
        assert sanitise(stored) == stored

    @pytest.mark.parametrize(
        ("inside", "stored"),
        [
            (
                '<img data-image="1"><figcaption>a</figcaption>',
                '<figure><img data-image="1"></figure>\n<p>a</p>',
            ),
            ("<figcaption>a</figcaption>", "<p>a</p>"),
            ("", ""),
        ],
    )
    def test_of_which_there_are_not_two_are_no_gallery(self, inside, stored):
        assert sanitise(f'<figure class="gallery">{inside}</figure>') == stored

    def test_of_which_there_are_more_than_two_are_no_pair(self):
        figures = "".join(f'<figure><img data-image="{number}"></figure>' for number in (1, 2, 3))
        assert (
            sanitise(f'<figure class="pair">{figures}</figure>')
            == f'<figure class="gallery">{figures}</figure>'
        )
        one = '<figure><img data-image="1"></figure>'
        assert sanitise(f'<figure class="pair">{one}</figure>') == one

    def test_that_are_not_ours_leave_their_caption(self):
        assert (
            sanitise('<figure><img src="https://x.example/a.jpg"><figcaption>a</figcaption></figure>')
            == "<p>a</p>"
        )

    def test_with_an_address_that_may_not_be_loaded_lose_the_address(self):
        assert (
            sanitise('<img data-image="3" src="data:image/png;base64,AAAA">')
            == '<figure><img data-image="3"></figure>'
        )

    def test_drawn_emoji_become_letters(self):
        assert sanitise('<p>a <img src="https://x.example/1f600.svg" alt="😀"></p>') == "<p>a 😀</p>"


class TestNotes:
    def test_name_pictures_that_were_left_out(self):
        html = '<img src="https://x.example/a.jpg" alt="Harbour at dawn"><img src="data:image/png;base64,AA">'
        assert sanitise_with_notes(html).notes == (
            "2 pictures from another site were left out (“Harbour at dawn”); add them with Insert picture.",
        )

    def test_are_silent_about_tracking_pixels(self):
        assert sanitise_with_notes('<img src="https://x.example/p" width="1" height="1">').notes == ()

    def test_tell_of_links_frames_and_videos(self):
        html = '<a href="javascript:x">a</a><iframe src="https://x.example/f"></iframe><video src="v.mp4">b</video>'
        notes = sanitise_with_notes(html).notes
        assert len(notes) == 3
        assert "x.example" in notes[0]
        assert "1 link" in notes[2]

    def test_are_none_for_a_clean_body(self):
        assert sanitise_with_notes("\n".join(CANONICAL)).notes == ()


class TestEmbedCode:
    def test_of_a_known_provider_becomes_its_address(self):
        html = '<p>a</p><iframe src="//www.youtube.com/embed/dQw4w9WgXcQ?start=5"></iframe>'
        assert sanitise(html) == "<p>a</p>\n<p>https://www.youtube.com/watch?v=dQw4w9WgXcQ&amp;t=5s</p>"


class TestText:
    def test_no_word_is_lost_in_any_misnested_html(self):
        html = (
            "w0 <table> w1 <tr> w2 <td> w3 <caption> w4 </table><ul> w5 <p> w6 <li> w7 <h2> w8 <div> w9 </h2> w10 <figure>"
            "w11 <figcaption> w12 <p> w13 </figcaption> w14 </figure><pre> w15 <b> w16 <p> w17 </pre><blockquote> w18"
            "<select> <option> w19 </select><button> w20 </button><label> w21 <a href=javascript:> w22 </a><marquee> w23"
            "</marquee><details><summary> w24"
        )
        words = plain_text(sanitise(html)).split()
        assert sorted(words, key=lambda w: int(w[1:])) == [f"w{i}" for i in range(25)]
