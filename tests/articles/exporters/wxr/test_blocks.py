"""Texts as WordPress's editor opens them: each block as its own code would have saved it."""

import re

from django.test import SimpleTestCase
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.body import as_stored
from articles.exporters.wxr.blocks import Blocks, Shown

OPENED = re.compile(r"<!-- (/?)wp:([a-z-]+)(?: \{[^\n]*?\})? -->")


def shown(number):
    return Shown(number * 4 + 2, f"https://paper.test/uploads/boat-{number}.jpg") if number < 100 else None


def in_blocks(body):
    return Blocks(shown, "https://paper.test", "https://files.test/").text_of(body)


class BlocksTest(SimpleTestCase):
    def assertBlocks(self, body, *wanted):
        self.assertEqual(as_stored(body).html, body, "this is how a body is stored")
        self.assertEqual(in_blocks(body), "\n\n".join(wanted))

    def test_paragraphs_and_headings(self):
        self.assertBlocks(
            '<p>One.</p>\n<h2 id="two">Two</h2>\n<h3 id="three">Three</h3>\n<h4>Four</h4>',
            "<!-- wp:paragraph -->\n<p>One.</p>\n<!-- /wp:paragraph -->",
            '<!-- wp:heading -->\n<h2 class="wp-block-heading" id="two">Two</h2>\n<!-- /wp:heading -->',
            '<!-- wp:heading {"level":3} -->\n<h3 class="wp-block-heading" id="three">Three</h3>\n<!-- /wp:heading -->',
            '<!-- wp:heading {"level":4} -->\n<h4 class="wp-block-heading">Four</h4>\n<!-- /wp:heading -->',
        )

    def test_a_box_is_a_block_of_html(self):
        box = '<aside class="facts"><h2>The wall</h2><p>4 m</p></aside>'
        self.assertBlocks(box, f"<!-- wp:html -->\n{box}\n<!-- /wp:html -->")

    def test_a_picture_has_its_number_its_side_and_its_words(self):
        self.assertBlocks(
            '<figure class="start"><img data-image="7" alt="A &quot;boat&quot;"><figcaption>Dusk <cite>Bo</cite></figcaption></figure>',
            '<!-- wp:image {"id":30,"sizeSlug":"full","linkDestination":"none","align":"left"} -->\n'
            '<figure class="wp-block-image alignleft size-full">'
            '<img src="https://paper.test/uploads/boat-7.jpg" alt="A &quot;boat&quot;" class="wp-image-30"/>'
            '<figcaption class="wp-element-caption">Dusk <cite>Bo</cite></figcaption></figure>\n<!-- /wp:image -->',
        )

    def test_a_picture_that_is_gone_leaves_its_words(self):
        self.assertBlocks(
            '<figure><img data-image="100" alt=""><figcaption>Dusk</figcaption></figure>',
            "<!-- wp:paragraph -->\n<p>Dusk</p>\n<!-- /wp:paragraph -->",
        )

    def test_several_pictures_are_a_gallery_and_two_that_belong_together_stand_beside_each_other(self):
        def image(number):
            return in_blocks(f'<figure><img data-image="{number}" alt="{number}"></figure>')

        def figure(number, words=""):
            return f'<figure><img data-image="{number}" alt="{number}">{words}</figure>'

        gone = figure(100, "<figcaption>Dusk</figcaption>")
        end = "</figure>\n<!-- /wp:gallery -->"
        words = "<!-- wp:paragraph -->\n<p>Dusk</p>\n<!-- /wp:paragraph -->"
        gallery = (
            '<!-- wp:gallery {"linkTo":"none"} -->\n'
            '<figure class="wp-block-gallery has-nested-images columns-default is-cropped">'
        )
        pair = gallery.replace('{"', '{"columns":2,"').replace("columns-default", "columns-2")
        three, two = ("".join(map(figure, numbers)) for numbers in ((1, 2, 3), (1, 2)))
        self.assertBlocks(
            f'<figure class="gallery">{three}</figure>', gallery + "".join(map(image, (1, 2, 3))) + end
        )
        self.assertBlocks(f'<figure class="pair">{two}</figure>', pair + "".join(map(image, (1, 2))) + end)
        # Of one that is gone the words are left, after the others.
        self.assertBlocks(
            f'<figure class="gallery">{gone}{two}</figure>', gallery + image(1) + image(2) + end, words
        )
        self.assertBlocks(f'<figure class="pair">{gone}{figure(1)}</figure>', image(1), words)

    def test_an_address_of_a_known_provider_is_an_embed(self):
        address = "https://www.youtube.com/watch?v=dQw4w9WgXcQ&amp;t=4s"
        self.assertBlocks(
            f"<p>{address}</p>",
            '<!-- wp:embed {"url":"https://www.youtube.com/watch?v=dQw4w9WgXcQ\\u0026t=4s"} -->\n'
            '<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">\n'
            f"{address}\n</div></figure>\n<!-- /wp:embed -->",
        )

    def test_lists_are_blocks_in_blocks(self):
        self.assertBlocks(
            '<ol start="3"><li>Three<ul><li>Below</li></ul></li></ol>',
            '<!-- wp:list {"ordered":true,"start":3} --><ol start="3" class="wp-block-list">'
            '<!-- wp:list-item --><li>Three<!-- wp:list --><ul class="wp-block-list"><!-- wp:list-item --><li>Below</li>'
            "<!-- /wp:list-item --></ul><!-- /wp:list --></li><!-- /wp:list-item --></ol><!-- /wp:list -->",
        )

    def test_a_quotation_has_its_source_where_wordpress_has_it(self):
        self.assertBlocks(
            "<blockquote><p>Words.</p><p><cite>Ana</cite></p></blockquote>",
            '<!-- wp:quote -->\n<blockquote class="wp-block-quote"><!-- wp:paragraph -->\n<p>Words.</p>\n'
            "<!-- /wp:paragraph --><cite>Ana</cite></blockquote>\n<!-- /wp:quote -->",
        )

    def test_a_table_has_its_caption_below(self):
        self.assertBlocks(
            "<table><caption>Walls</caption><tbody><tr><td>4</td></tr></tbody></table>",
            '<!-- wp:table {"hasFixedLayout":false} -->\n<figure class="wp-block-table"><table><tbody><tr><td>4</td></tr>'
            '</tbody></table><figcaption class="wp-element-caption">Walls</figcaption></figure>\n<!-- /wp:table -->',
        )

    def test_what_wordpress_has_no_block_for_is_html(self):
        body = '<ol type="a"><li>One</li></ol>'
        self.assertBlocks(body, f"<!-- wp:html -->\n{body}\n<!-- /wp:html -->")

    def test_brackets_are_no_shortcodes(self):
        self.assertIn("<p>&#91;gallery] and &#91;sic].</p>", in_blocks("<p>[gallery] and [sic].</p>"))

    def test_links_within_the_paper_name_it(self):
        document = '<p><a href="/media/documents/ab/report.pdf">Report</a> (PDF, 4 MB)</p>'
        self.assertIn('<a href="https://files.test/documents/ab/report.pdf">', in_blocks(document))
        html = in_blocks('<p><a href="/world/">w</a> <a href="#part">p</a> <a href="//b.test/">b</a></p>')
        self.assertIn('<a href="https://paper.test/world/">', html)
        self.assertIn('<a href="#part">', html)
        self.assertIn('<a href="//b.test/">', html)

    def test_text_that_nobody_has_sanitised_is_kept_as_html(self):
        for body in ("Loose text", "<div>A</div> B", "<p>Not ended", "</p>A", "<ul><li>A"):
            words = re.sub(r"<[^>]*>", "", body)
            self.assertEqual(re.sub(r"<[^>]*>", "", in_blocks(body)).split(), words.split(), body)

    @settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
    @given(
        st.lists(
            st.sampled_from(
                "<p> </p> <ul> <ol> <li> </li> </ul> </ol> <blockquote> </blockquote> <table><tr><td> </table> <pre> </pre>"
                " <figure> </figure> <figure><img&data-image=7></figure> <h2> </h2> <cite> </cite> <hr> a b--> [c] & <!--".split()
            ),
            max_size=25,
        )
    )
    def test_whatever_is_stored_keeps_its_words_and_its_blocks_are_closed(self, parts):
        body = as_stored(" ".join(parts).replace("&data", " data")).html
        html = in_blocks(body)
        open_ = []
        for end, name in OPENED.findall(html):
            if end:
                self.assertEqual(open_.pop(), name, html)
            else:
                open_.append(name)
        self.assertEqual(open_, [], html)
        plain = re.sub(r"<[^>]*>", " ", html).replace("&#91;", "[")
        self.assertEqual(plain.split(), re.sub(r"<[^>]*>", " ", body).split())
