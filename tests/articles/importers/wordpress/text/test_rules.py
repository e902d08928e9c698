"""The rules by their names: what stands in an export, and what becomes of it."""

from dataclasses import replace

import pytest

from articles.importers.wordpress.text import GalleryRequest, Kind, one_language

from .old_site import converted, html, options

FILES = "https://site.example/news/files"
BOAT = f'<img src="{FILES}/boat.jpg" alt="A boat at sea">'
QUAY = '<figure><img data-image="2" alt=""></figure>'
WALL = '<figure><img data-image="3" alt=""></figure>'
IN_GALLERY = (
    '<figure class="gallery"><figure><img data-image="2" alt=""></figure>'
    '<figure><img data-image="3" alt=""><figcaption>The wall</figcaption></figure></figure>'
)
YOUTUBE = "<p>https://www.youtube.com/watch?v=dQw4w9WgXcQ</p>"


def block(name, inner="", settings=""):
    return f"<!-- wp:{name}{f' {settings}' if settings else ''} -->{inner}<!-- /wp:{name} -->"


RULES = [
    ("B1", block("paragraph", "<p>A</p>", '{"align":"left"}'), "<p>A</p>"),
    ("B1", '<!-- wp:paragraph {"a":{"b":[1,2]}} -->\n<p>A</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:core/separator -->\n<hr/>\n<!-- /wp:core/separator -->', "<p>A</p>\n<hr>"),
    ("B1 unclosed", "<!-- wp:group --><p>A</p><!-- wp:paragraph --><p>B</p><!-- /wp:group --><!-- /wp:list --><p>C</p>", "<p>A</p>\n<p>B</p>\n<p>C</p>"),
    ("B2", block("columns", '<div class="wp-block-columns">' + block("column", '<div class="wp-block-column"><p>A</p></div>') + block("column", "<div><p>B</p></div>") + "</div>"), "<p>A</p>\n<p>B</p>"),
    ("B3 alone", block("heading", "<h1>A</h1>") + block("heading", "<h3>B</h3>"), '<h2 id="a">A</h2>\n<h3 id="b">B</h3>'),
    ("B3 all go down", '<h1 id="x">A</h1><h2>B</h2><h3>C</h3>', '<h2 id="x">A</h2>\n<h3 id="b">B</h3>\n<h4>C</h4>'),
    ("B4 quote", block("quote", "<blockquote><p>A</p><cite>B</cite></blockquote>"), "<blockquote><p>A</p><p><cite>B</cite></p></blockquote>"),
    ("B4 pullquote", block("pullquote", '<figure class="wp-block-pullquote"><blockquote><p>A</p><cite>B</cite></blockquote></figure>'), "<blockquote><p>A</p><p><cite>B</cite></p></blockquote>"),
    ("B4 list", block("list", '<ol start="3" reversed>' + block("list-item", "<li>A</li>") + "</ol>"), '<ol start="3" reversed=""><li>A</li></ol>'),
    ("B4 table", block("table", '<figure class="wp-block-table"><table><tbody><tr><td>A</td><td>B</td></tr></tbody></table><figcaption>C</figcaption></figure>'), "<table><caption>C</caption><tbody><tr><td>A</td><td>B</td></tr></tbody></table>"),
    ("B4 code", block("code", "<pre><code>a\n\n  [gallery] &lt;b&gt;</code></pre>"), "<pre><code>a\n\n  [gallery] &lt;b&gt;</code></pre>"),
    ("B4 verse", block("verse", '<pre class="wp-block-verse">A <em>b</em>\n  c</pre>'), "<p>A <em>b</em><br>c</p>"),
    ("B4 details", block("details", "<details><summary>A</summary><p>B</p></details>"), "<p><strong>A</strong></p>\n<p>B</p>"),
    ("B5", '<!-- wp:calendar /--><p>A</p>' + block("spacer", '<div aria-hidden="true"></div>') + block("query", block("post-title", "<h2>X</h2>") + "<p>No results</p>"), "<p>A</p>"),
    ("B6 button", block("buttons", "<div>" + block("button", '<div class="wp-block-button"><a class="wp-block-button__link" href="https://example.org/">A</a></div>') + "</div>"), '<p><a href="https://example.org/">A</a></p>'),
    ("B6 file", block("file", f'<div class="wp-block-file"><a href="{FILES}/report.pdf">A report</a><a href="{FILES}/report.pdf" class="wp-block-file__button" download>Download</a></div>'), '<p><a href="/documents/report.pdf">A report</a> (PDF, 4 MB)</p>'),
    ("B6 file without name", block("file", "<div></div>", f'{{"href":"{FILES}/other.pdf"}}'), '<p><a href="/news/files/other.pdf">Download</a> (PDF)</p>'),
    ("B6 social", block("social-links", '<ul class="wp-block-social-links"><!-- wp:social-link {"url":"https://example.org/x","service":"mastodon"} /--></ul>'), '<ul><li><a href="https://example.org/x">Mastodon</a></li></ul>'),
    ("B7", '<!-- wp:block {"ref":9} /-->', '<p>Write to the editors:</p>\n<p><a href="/documents/a.mp3">Listen: a.mp3</a> (MP3, 4 MB)</p>'),
    ("B7 cycle", '<!-- wp:block {"ref":10} /-->', "<p>ten</p>"),
    ("B7 classic", '<!-- wp:block {"ref":11} /-->', "<p>one<br>two</p>"),
    ("B8", block("html", "<form><input><p>no</p></form><p>A\nB</p><script>x()</script>"), "<p>A B</p>"),
    ("B9", block("acme/box", "<div><p>A</p></div>") + '<!-- wp:acme/map {"zoom":3} /-->' + block("jetpack/image-compare", f'<figure>{BOAT}<img src="{FILES}/quay.jpg"><figcaption>C</figcaption></figure>'), '<p>A</p>\n<figure><img data-image="1" alt="A boat at sea"></figure>\n<figure><img data-image="2" alt=""><figcaption>C <cite>Ana Ruiz</cite></figcaption></figure>'),
    ("W1", "a\nb\n\nc", "<p>a<br>b</p>\n<p>c</p>"),
    ("W1 between blocks", block("paragraph", "<p>a\nb</p>") + "\n\nc\nd\n\n" + block("paragraph", "<p>e</p>"), "<p>a b</p>\n<p>c<br>d</p>\n<p>e</p>"),
    ("W1 next to blocks", "<h2>a</h2>\nb\n<ul>\n<li>c\nd</li>\n</ul>\ne", '<h2 id="a">a</h2>\n<p>b</p>\n<ul><li>c<br>d</li></ul>\n<p>e</p>'),
    ("W1 in marks", "<strong>a\n\nb</strong>\n\nc", "<p><strong>a</strong></p>\n<p><strong>b</strong></p>\n<p>c</p>"),
    ("W1 pre", "a\n<pre>b\n\n  c</pre>\nd", "<p>a</p>\n<pre>b\n\n  c</pre>\n<p>d</p>"),
    ("W1 breaks", "a<br />\nb\n<br>c", "<p>a<br>b<br>c</p>"),
    ("W1 quotation", "<blockquote>a\n\nb</blockquote>", "<blockquote><p>a</p><p>b</p></blockquote>"),
    ("W1 source", "<blockquote>a\nb\n<cite>c</cite></blockquote>", "<blockquote><p>a<br>b</p><p><cite>c</cite></p></blockquote>"),
    ("H1 prose", "He laughed [laughing] on a [simple boat] in [2019] [NU].", "<p>He laughed [laughing] on a [simple boat] in [2019] [NU].</p>"),
    ("H1 escaped", "[[gallery]] and [[caption id=1]x[/caption]]", "<p>[gallery] and [caption id=1]x[/caption]</p>"),
    ("H1 protected", '<pre>[gallery]</pre><code>[caption]</code> <a href="/news/x?[gallery]">a</a>', '<pre>[gallery]</pre>\n<p><code>[caption]</code> <a href="/news/x?[gallery]">a</a></p>'),
    ("H1 unknown pair", '[box color="red"]a [em]b[/em][/box]', "<p>a b</p>"),
    ("H1 unknown title", '[toggle title="More"]a[/toggle]', "<p><strong>More</strong></p>\n<p>a</p>"),
    ("H1 formula", "It is [where x=3 and y=4] or [x=3] or [E =mc2].", "<p>It is [where x=3 and y=4] or [x=3] or [E =mc2].</p>"),
    ("H1 settings", "a [box color=red size=2] b [map zoom=“3”]", "<p>a b</p>"),
    ("H1 alone", "a\n[market_share]\nb [market_share] c", "<p>a</p>\n<p>b [market_share] c</p>"),
    ("H1 proven", '[credits a="1"]\n\nb [credits 5.6]', "<p>b</p>"),
    ("H1 in a block", block("shortcode", "<p>[credits 5.5]</p>") + "<p>[credits 5.6] a</p>", "<p>a</p>"),
    ("H1 brackets", "[caption id=\"attachment_9\" caption=\"a [b] c\"]" + BOAT, '<p>c"]</p>\n<figure><img data-image="1" alt="A boat at sea"><figcaption><cite>Ana Ruiz</cite></figcaption></figure>'),
    ("H2", f'[caption id="attachment_1" align="alignleft" width="300"]{BOAT} Boat[/caption]', '<figure class="start"><img data-image="1" alt="A boat at sea"><figcaption>Boat <cite>Ana Ruiz</cite></figcaption></figure>'),
    ("H2 old", f'[wp_caption caption="A &amp; <em>b</em>"]{BOAT}[/wp_caption]', '<figure><img data-image="1" alt="A boat at sea"><figcaption>A &amp; <em>b</em> <cite>Ana Ruiz</cite></figcaption></figure>'),
    ("H2 without picture", '[caption width="3"]<iframe src="//www.youtube.com/embed/dQw4w9WgXcQ"></iframe> A film[/caption]', f"{YOUTUBE}\n<p>A film</p>"),
    ("H2 by number", '[caption id="attachment_7"]<img src="/theme/x.png"> Quay[/caption]', '<figure><img data-image="2" alt=""><figcaption>Quay</figcaption></figure>'),
    ("H2 link to file", f'[caption]<a href="{FILES}/boat.jpg">{BOAT}</a> Boat[/caption]', '<figure><img data-image="1" alt="A boat at sea"><figcaption>Boat <cite>Ana Ruiz</cite></figcaption></figure>'),
    ("H2 link kept", f'[caption]<a href="https://example.org/"><img src="{FILES}/quay.jpg"> Boat[/caption] c', '<figure><img data-image="2" alt=""><figcaption><a href="https://example.org/">Boat</a></figcaption></figure>\n<p>c</p>'),
    ("H3", '[gallery columns=2 ids="7,9"]', IN_GALLERY),
    ("H3 of the post", "[gallery]", IN_GALLERY),
    ("H3 one", "[gallery exclude=9]", QUAY),
    ("H3 block", block("gallery", f'<figure class="wp-block-gallery has-nested-images">{block("image", f"<figure><img src={FILES}/quay.jpg></figure>")}{block("image", "<figure><img src=/x.jpg><figcaption>The <em>w</em></figcaption></figure>", chr(123) + chr(34) + "id" + chr(34) + ":9}")}<figcaption class="blocks-gallery-caption">All</figcaption></figure>'), f'<figure class="gallery">{QUAY}<figure><img data-image="3" alt=""><figcaption>The <em>w</em></figcaption></figure></figure>\n<p>All</p>'),
    ("H3 old block", block("gallery", f'<ul class="wp-block-gallery"><li class="blocks-gallery-item"><figure><img src="{FILES}/quay.jpg"><figcaption>a</figcaption></figure></li><li><figure><img src="x.jpg" data-id="9"></figure></li></ul>'), f'<figure class="gallery"><figure><img data-image="2" alt=""><figcaption>a</figcaption></figure>{WALL}</figure>'),
    ("H3 block of ids", block("gallery", "", '{"ids":[7,9]}'), IN_GALLERY),
    ("H4 block", block("embed", '<figure><div class="wp-block-embed__wrapper">\nhttps://youtu.be/dQw4w9WgXcQ?si=abc&amp;feature=share\n</div><figcaption>C</figcaption></figure>', '{"url":"x"}'), f"{YOUTUBE}\n<p>C</p>"),
    ("H4 old block", block("core-embed/youtube", "", '{"url":"https:\\/\\/youtu.be\\/dQw4w9WgXcQ"}'), YOUTUBE),
    ("H4 own line", "a\nhttps://youtu.be/dQw4w9WgXcQ\nb", f"<p>a</p>\n{YOUTUBE}\n<p>b</p>"),
    ("H4 unknown", "<p>https://www.houzz.example/x?a=1&amp;b=2</p>", '<p><a href="https://www.houzz.example/x?a=1&amp;b=2">https://www.houzz.example/x?a=1&amp;b=2</a></p>'),
    ("H4 in a sentence", "see https://youtu.be/dQw4w9WgXcQ there", "<p>see https://youtu.be/dQw4w9WgXcQ there</p>"),
    ("H4 shortcodes", "[embed width=3]https://youtu.be/dQw4w9WgXcQ[/embed]\n[youtube=https://youtu.be/dQw4w9WgXcQ&w=640]\n[youtube dQw4w9WgXcQ]\n[vimeo id=76979871]\n[gist 12ab]", f'{YOUTUBE}\n{YOUTUBE}\n{YOUTUBE}\n<p>https://vimeo.com/76979871</p>\n<p><a href="https://gist.github.com/12ab">https://gist.github.com/12ab</a></p>'),
    ("H5", '<iframe src="//www.youtube.com/embed/dQw4w9WgXcQ"></iframe>\n\n<iframe src="https://example.org/f" title="A map"></iframe >b', f'{YOUTUBE}\n<p><a href="https://example.org/f">See A map</a></p>\n<p>b</p>'),
    ("H5 object", '<object width="1"><param name="movie" value="https://www.youtube.com/v/dQw4w9WgXcQ"><embed src="https://www.youtube.com/v/dQw4w9WgXcQ">no</object>a', f"{YOUTUBE}\n<p>a</p>"),
    ("H5 given code", '<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/BpmueLLgEn_/?utm_source=x"><p>View this</p></blockquote><script async src="//www.instagram.com/embed.js"></script>', "<p>https://www.instagram.com/p/BpmueLLgEn_/</p>"),
    ("H5 given code", '<blockquote class="twitter-tweet"><p>A tweet</p>— <a href="https://twitter.com/a/status/1">day</a></blockquote>', '<blockquote><p>A tweet</p><p>— <a href="https://twitter.com/a/status/1">day</a></p></blockquote>'),
    ("H5 given code", '<div class="flourish-embed" data-src="visualisation/123"><script src="https://public.flourish.studio/resources/embed.js"></script></div>', '<p><a href="https://public.flourish.studio/visualisation/123/">See public.flourish.studio</a></p>'),
    ("H5 given code", '<script src="https://gist.github.com/a/12ab.js"></script><div class="fb-video" data-href="https://www.facebook.com/x/videos/1/"></div>', '<p><a href="https://gist.github.com/a/12ab">See gist.github.com</a></p>\n<p><a href="https://www.facebook.com/x/videos/1/">See www.facebook.com</a></p>'),
    ("H5 given code", '<div id="x"><script src="https://datawrapper.dwcdn.net/aB3cD/embed.js"></script></div>', "<p>https://datawrapper.dwcdn.net/aB3cD/</p>"),
    ("H1 page builder", '[vc_row][vc_column width="1/2"][vc_column_text]a\n\nb[/vc_column_text][vc_single_image image="7"][et_pb_image src="' + FILES + '/quay.jpg"][/vc_column][/vc_row]', f"<p>a</p>\n<p>b</p>\n{QUAY}\n{QUAY}"),
    ("H4 other shortcode", '[my_film url="https://youtu.be/dQw4w9WgXcQ" width="3"]\n[fve]https://youtu.be/dQw4w9WgXcQ[/fve]', f"{YOUTUBE}\n{YOUTUBE}"),
    ("H6", f"[audio {FILES}/a.mp3]", '<p><a href="/documents/a.mp3">Listen: a.mp3</a> (MP3, 4 MB)</p>'),
    ("H6 playlist", '[playlist ids="12"]', '<p><a href="/documents/b.mp3">Listen: b.mp3</a> (MP3)</p>'),
    ("H6 video", f'<figure class="wp-block-video"><video poster="{FILES}/quay.jpg"><source src="https://x.example/a.mov">no</video><figcaption>C</figcaption></figure>', '<figure><img data-image="2" alt=""><figcaption>C</figcaption></figure>\n<p><a href="https://x.example/a.mov">Watch: a.mov</a> (MOV)</p>'),
    ("H6 unclosed", '<audio src="https://x.example/a.ogg">the text goes on', '<p><a href="https://x.example/a.ogg">Listen: a.ogg</a> (OGG)</p>\n<p>the text goes on</p>'),
    ("H7 plugin", "A[efn_note]A <em>note</em>[/efn_note].", '<p>A<a href="#fn-1" id="fnref-1"><sup>1</sup></a>.</p>\n<ol><li id="fn-1">A <em>note</em> <a href="#fnref-1">↩</a></li></ol>'),
    ("H8", "A<!--more Read on-->B<!--noteaser-->", "<p>A</p>\n<p>B</p>"),
    ("H9", block("paragraph", "<p>A</p>") + block("nextpage", "<!--nextpage-->") + block("paragraph", "<p>B</p>"), "<p>A</p>\n<p>B</p>"),
    ("H10", '[sourcecode language="Python"]import sys\n\nx = "[gallery]" < 3[/sourcecode]', '<pre><code>import sys\n\nx = "[gallery]" &lt; 3</code></pre>'),
    ("H10 escaped", "[code]a &lt;b&gt;[/code]", "<pre><code>a &lt;b&gt;</code></pre>"),
    ("H11", "<!--[if gte mso 9]><xml>x</xml><![endif]-->A<o:p></o:p><!-- note -->", "<p>A</p>"),
    ("H12", "<!--:fr-->Sous le ciel<!--:--><!--:en-->Under heaven<!--:-->", "<p>Sous le ciel</p>"),
    ("I1 file name", f'<img src="{FILES}/boat-300x200.jpg" alt="boat" class="wp-image-7">', QUAY),
    ("I1 file name with its size", f'<img src="{FILES}/boat-300x200.jpg" alt="Boat 300x200" class="wp-image-7">', QUAY),
    ("I2", BOAT, '<figure><img data-image="1" alt="A boat at sea"><figcaption><cite>Ana Ruiz</cite></figcaption></figure>'),
    ("I6", '<figure><img src="http://lh3.example/x.png" alt="A wall"><figcaption>C</figcaption></figure>', '<p><a href="http://lh3.example/x.png">Picture: A wall</a></p>\n<p>C</p>'),
    ("I8 emoji", 'a <img src="https://s.w.org/images/core/emoji/13/72x72/1f30a.png" alt="🌊" class="emoji"> b', "<p>a 🌊 b</p>"),
    ("I8", '<p style="background-image:url(bg1.jpg);color:red" title="x">A</p>', "<p>A</p>"),
    ("I8 places", f'<figure class="alignright size-large"><img src="{FILES}/quay.jpg"></figure><img class="alignfull" src="{FILES}/quay.jpg">', '<figure class="end"><img data-image="2" alt=""></figure>\n<figure class="wide"><img data-image="2" alt=""></figure>'),
    ("I8 cover", block("cover", f'<div class="wp-block-cover" style="background-image:url({FILES}/quay.jpg)"><div class="wp-block-cover__inner-container"><p>A</p></div></div>', f'{{"url":"{FILES}/quay.jpg"}}'), f"{QUAY}\n<p>A</p>"),
    ("I8 old cover", block("cover-image", f'<section class="wp-block-cover-image" style="background-image:url({FILES}/quay.jpg)"><p>A</p></section>'), f"{QUAY}\n<p>A</p>"),
    ("I8 media-text", block("media-text", f'<div><figure><img src="{FILES}/quay.jpg"></figure><div><p>A</p></div></div>'), f"{QUAY}\n<p>A</p>"),
    ("L1", '<a href="http://www.site.example/news/?p=9#x">a</a>', '<p><a href="/2021/07/22/slug/#x">a</a></p>'),
    ("L1 other path", '<a href="https://site.example/download">a</a>', '<p><a href="https://site.example/download">a</a></p>'),
    ("L1 relative", '<a href="../../22/slug/">a</a>', '<p><a href="/2021/07/22/slug/">a</a></p>'),
    ("L1 itself", '<h2 id="x">b</h2><a href="https://site.example/news/2021/07/22/here#x">a</a>', '<h2 id="x">b</h2>\n<p><a href="#x">a</a></p>'),
    ("L2", '<a href="/news/wp-admin/post.php?post=9">edit</a> <a href="/news/?p=4&amp;preview=true">b</a>', "<p>edit b</p>"),
    ("L3", '<h2 id="sources">S</h2><p id="p1">a</p><a href="#sources">b</a><a href="#p1">c</a>', '<h2 id="sources">S</h2>\n<p id="p1">a</p>\n<p><a href="#sources">b</a><a href="#p1">c</a></p>'),
    ("L4", "see http://site.example/news/a/ for more", "<p>see http://site.example/news/a/ for more</p>"),
    ("characters", "C:\\xampp “a” –\u00a0b 🌊", "<p>C:\\xampp “a” –&nbsp;b 🌊</p>"),
    ("struck out", '<del datetime="2008">a</del><acronym title="b">c</acronym>', '<p><s>a</s><abbr title="b">c</abbr></p>'),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "given", "made"), RULES, ids=[rule for rule, _, _ in RULES])
def test_rule(rule, given, made):
    found = converted(given)
    assert found.html == made
    assert converted(given, with_html=False) == replace(found, html="")


def test_what_was_left_out_is_told_of_a_text_that_begins_with_the_lead_picture():
    body = f"{BOAT}<p>A</p><svg><text>Words in a drawing</text></svg>"
    found = converted(body, lead=1)
    assert found.lead_figure
    assert found.notes == converted(body).notes != ()


class TestWithOptions:
    def test_a_language_can_be_chosen(self):
        body = "[:en]Under heaven[:fr]Sous le ciel[:] 2021"
        assert html(body, options=options(language="fr")) == "<p>Sous le ciel 2021</p>"
        assert html(body, options=options(language="de")) == "<p>Under heaven 2021</p>"

    def test_a_headline_has_one_language_too(self):
        assert one_language("<!--:fr-->Ciel<!--:--><!--:en-->Heaven<!--:-->", "en") == "Heaven"
        assert one_language("[laughing]", "en") == "[laughing]"

    def test_double_brackets_can_be_footnotes(self):
        assert html("a((b))") == "<p>a((b))</p>"
        assert '<li id="fn-1">b ' in html("a((b))", options=options(has_footnote_marks=True))

    def test_the_site_may_have_shortcodes_of_its_own(self):
        assert html("a [laughing] b", options=options(shortcodes=frozenset({"laughing"}))) == "<p>a b</p>"


class TestFootnotes:
    META = '[{"id":"q","content":"A <em>note</em>"},{"id":"r","content":"Another"},{"id":"s","content":"Unmarked"}]'
    MARK = '<sup data-fn="{0}" class="fn"><a href="#{0}" id="{0}-link">7</a></sup>'

    def test_stand_where_wordpress_had_them_in_the_order_of_the_text(self):
        body = f"<p>A{self.MARK.format('r')} B{self.MARK.format('q')} C{self.MARK.format('r')}</p>"
        body = block("paragraph", body) + "<!-- wp:footnotes /-->" + block("paragraph", "<p>End</p>")
        assert html(body, footnotes=self.META) == (
            '<p>A<a href="#fn-1" id="fnref-1"><sup>1</sup></a> B<a href="#fn-2" id="fnref-2"><sup>2</sup></a>'
            ' C<a href="#fn-1"><sup>1</sup></a></p>\n<ol><li id="fn-1">Another <a href="#fnref-1">↩</a></li>'
            '<li id="fn-2">A <em>note</em> <a href="#fnref-2">↩</a></li><li>Unmarked</li></ol>\n<p>End</p>'
        )

    @pytest.mark.parametrize("meta", ["", "[", "{}", "[1]", "null", "[" * 100_000])
    def test_that_can_not_be_read_are_none(self, meta):
        assert html("<p>A</p>", footnotes=meta) == "<p>A</p>"


class TestLead:
    def test_is_shown_once_if_the_text_begins_with_it(self):
        body = f"<figure>{BOAT}<figcaption>C</figcaption></figure><p>a</p><figure>{BOAT}</figure>"
        assert html(body, lead=1).startswith("<p>a</p>\n<figure>")
        assert html(body, lead=2) == html(body)


class TestFindings:
    def test_count_what_was_left_out_by_kind_and_name(self):
        body = '<!-- wp:calendar /--><!-- wp:calendar {"a":1} /--><!-- wp:block {"ref":404} /-->[contact-form-7 id="1"]'
        found = {(one.kind, one.name): (one.count, one.example) for one in converted(body).left_out}
        assert found == {
            (Kind.BLOCK, "calendar"): (2, "<!-- wp:calendar /-->"),
            (Kind.REUSABLE_BLOCK, "404"): (1, '<!-- wp:block {"ref":404} /-->'),
            (Kind.SHORTCODE, "contact-form-7"): (1, '[contact-form-7 id="1"]'),
        }

    def test_tell_of_galleries_of_which_no_picture_is_there(self):
        found = converted('a [gallery ids="404,405"] b')
        assert found.html == "<p>a b</p>"
        assert [(one.name, one.example) for one in found.left_out] == [
            ("gallery without pictures", "404 405")
        ]

    def test_name_forms_scripts_frames_and_links_for_the_staff(self):
        body = '<form></form><script>x</script><iframe src="https://a.example/"></iframe><a href="/news/wp-login.php">b</a>'
        assert [(one.kind, one.name) for one in converted(body).left_out] == [
            (Kind.ELEMENT, "form"),
            (Kind.ELEMENT, "script"),
            (Kind.FRAME, "a.example"),
            (Kind.LINK, "for people who are logged in"),
        ]

    def test_name_pictures_documents_and_links_that_lead_nowhere(self):
        body = f'{BOAT}{BOAT}<img src="/x.png" data-id="5"><a href="/news/gone/?a=1#b">c</a>[audio {FILES}/b.mp3]'
        found = converted(body)
        assert [(one.address, one.attachment, one.is_found) for one in found.pictures] == [
            (f"{FILES}/boat.jpg", "", True),
            ("https://site.example/x.png", "5", False),
        ]
        assert found.links_not_found == ("/news/gone/?a=1#b",)
        assert found.documents == (f"{FILES}/b.mp3",)
        assert found.files_linked == ()
        assert '<a href="/news/gone/?a=1#b">c</a>' in found.html

    def test_name_the_files_to_which_the_text_links(self):
        body = f'<a href="{FILES}/report.pdf#page=2">a</a><a href="{FILES}/boat.jpg">b</a><a href="/news/c.html">c</a>'
        found = converted(body)
        assert found.files_linked == (f"{FILES}/report.pdf", f"{FILES}/boat.jpg")
        assert '<a href="/documents/report.pdf#page=2">a</a>' in found.html

    def test_keep_the_requests_of_galleries_and_the_number_of_pages(self):
        body = '[gallery]a<!--nextpage-->b<!-- nextpage -->[gallery id=4 include="7, 9" orderby="rand"]'
        found = converted(body)
        assert found.pages == 3
        assert found.galleries == (GalleryRequest(), GalleryRequest(("7", "9"), (), "4", "rand"))
