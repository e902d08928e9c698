import pytest

from articles.body import fill_pictures, pictures_named, prepare


def figure(image, *, alt="", side="", caption="Low tide"):
    alone = f' class="{side}"' if side else ""
    return f'<figure{alone}><img data-image="{image}" alt="{alt}"><figcaption>{caption}</figcaption></figure>'


def prepared(html):
    return prepare(html, language="en").html


def filled(html, *, there=range(100)):
    """Each picture as its number, role and alt text, so that what was asked for can be read."""
    return fill_pictures(
        prepared(html), lambda image, role, alt: f"[{image} {role} {alt}]" if image in there else None
    )


class TestPicturesNamed:
    def test_are_those_of_the_body_each_once(self):
        assert pictures_named(prepared(figure(3) + figure(1, alt="A quay") + figure(3))) == {1, 3}

    def test_are_none_of_a_body_without_figures(self):
        assert pictures_named(prepared("<p>Words.</p>")) == set()


class TestGalleries:
    BODY = f'<p>a</p><figure class="gallery">{figure(1)}{figure(2)}</figure><p>b</p>'

    def test_lose_the_figures_whose_images_are_gone(self):
        assert filled(self.BODY, there=[2]).count("<figure") == 2

    def test_go_with_their_last_picture(self):
        assert filled(self.BODY, there=[]) == "<p>a</p>\n<p>b</p>"


class TestFilling:
    def test_puts_each_picture_where_it_stood_and_leaves_the_rest_as_it_is(self):
        body = (
            "<p>a</p>" + figure(1, side="wide") + "<p>b</p>" + figure(2, alt="A quay", caption="<b>Bold</b>")
        )
        assert filled(body) == (
            "<p>a</p>\n"
            '<figure class="figure figure--wide">[1 figure-wide None]<figcaption>Low tide</figcaption></figure>\n'
            "<p>b</p>\n"
            '<figure class="figure">[2 figure A quay]<figcaption><strong>Bold</strong></figcaption></figure>'
        )

    def test_hands_on_the_alt_text_as_it_was_written(self):
        said = "Tom &amp; &quot;Jo&quot; &lt;here&gt;&nbsp;1 &amp;amp; 2"
        assert '[1 figure Tom & "Jo" <here>\xa01 &amp; 2]' in filled(figure(1, alt=said))

    def test_leaves_out_a_figure_whose_image_is_gone_with_its_caption(self):
        body = "<p>a</p>" + figure(100, caption="Gone") + "<p>b</p>" + figure(1)
        assert filled(body) == (
            '<p>a</p>\n<p>b</p>\n<figure class="figure">[1 figure None]<figcaption>Low tide</figcaption></figure>'
        )

    def test_leaves_embeds_alone(self):
        body = prepared("<p>https://youtu.be/dQw4w9WgXcQ</p>")
        assert filled("<p>https://youtu.be/dQw4w9WgXcQ</p>") == body

    @pytest.mark.parametrize(
        "html",
        [
            '<picture data-image="7" data-role="figure"></picture>',
            '<figure class="figure"><picture data-image="7" data-role="figure"></picture></figure>',
            "<p>&lt;picture data-image=\"7\" data-role=\"figure\"&gt;&lt;/picture&gt;</p>",
            '<p><a href="/x" title=\'<figure class="figure"><picture data-image="7" data-role="figure"></picture>\'>a</a></p>',
            figure(1, alt='&lt;picture data-image=&quot;7&quot; data-role=&quot;figure&quot;&gt;&lt;/picture&gt;'),
            figure(1, alt="&quot;></picture><picture data-image=&quot;7"),
            figure(1, caption='&lt;/figure&gt;<picture data-image="7" data-role="figure"></picture>'),
        ],
    )  # fmt: skip
    def test_takes_nothing_that_was_typed_for_a_placeholder(self, html):
        assert pictures_named(prepared(html)) <= {1}
        assert "[7 " not in filled(html)
