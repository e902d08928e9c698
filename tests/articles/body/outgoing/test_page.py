import pytest

from articles.body import Words, prepare


def page(html, **kwargs):
    return prepare(html, language="en", **kwargs)


FIGURE = '<figure class="{}"><img data-image="{}" alt="{}"><figcaption>Low tide <cite>R. Calloway</cite></figcaption></figure>'


class TestFigures:
    def test_hold_a_placeholder_caption_and_credit(self):
        assert page(FIGURE.format("wide", 12, "A quay")).html == (
            '<figure class="figure figure--wide">'
            '<picture data-image="12" data-role="figure-wide" data-alt="A quay"></picture>'
            '<figcaption>Low tide <span class="credit">R. Calloway</span></figcaption></figure>'
        )

    def test_say_so_where_there_is_only_a_credit(self):
        html = '<figure><img data-image="1"><figcaption><cite>R. Calloway</cite></figcaption></figure>'
        assert '<figcaption><span class="credit">R. Calloway</span></figcaption>' in page(html).html

    def test_leave_the_alt_text_to_the_image_where_the_body_has_none(self):
        assert (
            '<picture data-image="12" data-role="figure"></picture>' in page(FIGURE.format("", 12, "")).html
        )

    @pytest.mark.parametrize(
        ("side", "role"),
        [("wide", "figure-wide"), ("start", "figure-side"), ("end", "figure-side"), ("", "figure")],
    )
    def test_ask_for_the_picture_by_role(self, side, role):
        assert f'data-image="12" data-role="{role}"' in page(FIGURE.format(side, 12, "")).html


class TestGroups:
    def named(self, kind, number):
        pictures = "".join(f'<img data-image="{each}" alt="A quay">' for each in range(1, number + 1))
        return page(f'<figure class="{kind}">{pictures}</figure>').html

    def shown(self, *roles):
        return "".join(
            f'<figure class="figure"><picture data-image="{number}" data-role="{role}" data-alt="A quay"></picture></figure>'
            for number, role in enumerate(roles, start=1)
        )

    def test_are_figures_of_figures(self):
        assert self.named("gallery", 2) == (
            '<figure class="gallery" role="group" tabindex="0" aria-label="Pictures">'
            + self.shown("figure-gallery", "figure-gallery")
            + "</figure>"
        )
        assert self.named("pair", 2) == (
            f'<figure class="pair">{self.shown("figure-pair", "figure-pair")}</figure>'
        )

    def test_show_the_last_of_an_odd_number_as_wide_as_the_text(self):
        assert self.shown("figure-gallery", "figure-gallery", "figure") in self.named("gallery", 3)


class TestEmbeds:
    ADDRESS = "https://youtu.be/dQw4w9WgXcQ"

    @pytest.mark.parametrize(
        "html", [f"<p>{ADDRESS}</p>", f'<p><a href="{ADDRESS}">{ADDRESS}</a></p>', f"<p> {ADDRESS}<br></p>"]
    )
    def test_stand_where_a_paragraph_is_nothing_but_an_address(self, html):
        assert page(html).html == (
            '<figure class="embed" data-frame="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1" '
            'data-ratio="16:9" data-title="YouTube"><a class="embed__link" '
            'href="https://www.youtube.com/watch?v=dQw4w9WgXcQ" rel="noopener external">'
            '<span class="embed__provider">YouTube</span> <span class="embed__label">Watch on YouTube</span></a>'
            '<figcaption class="embed__note">Shown by YouTube after you tap; it may then set cookies.</figcaption></figure>'
        )

    @pytest.mark.parametrize(
        "html",
        [f"<p>See {ADDRESS}</p>", f'<p><a href="{ADDRESS}">the film</a></p>', f"<h2>{ADDRESS}</h2>", "<p>https://example.org/</p>",
         f'<p><a href="https://evil.example/">{ADDRESS}</a></p>'],
    )  # fmt: skip
    def test_are_not_made_of_anything_else(self, html):
        assert "embed" not in page(html).html

    def test_without_a_frame_are_a_card_with_a_link(self):
        html = page("<p>https://social.example/@ruth/109318821117356215</p>").html
        assert html.startswith('<figure class="embed embed--card"><a class="embed__link"')
        assert "data-frame" not in html

    def test_speak_the_language_of_the_page(self):
        words = Words(
            embed_note="{provider} zeigt dies", labels={"Watch on {provider}": "Auf {provider} ansehen"}
        )
        html = page(f"<p>{self.ADDRESS}</p>", words=words).html
        assert "YouTube zeigt dies" in html
        assert "Auf YouTube ansehen" in html


class TestLinks:
    def test_to_other_sites_are_marked(self):
        html = page('<p><a href="https://example.org/">a</a></p>', site_hosts=["Paper.example"]).html
        assert html == '<p><a href="https://example.org/" rel="noopener external">a</a></p>'

    @pytest.mark.parametrize(
        "href", ["/world/", "#part", "https://paper.example/x", "mailto:a@example.org", "tel:+44"]
    )
    def test_of_our_own_are_not(self, href):
        assert "rel=" not in page(f'<p><a href="{href}">a</a></p>', site_hosts=["paper.example"]).html


class TestTables:
    def test_scroll_sideways_and_are_named_by_their_caption(self):
        html = page("<table><caption>Costs</caption><tr><th>a<td>b</table>").html
        assert html == (
            '<div class="table" role="region" tabindex="0" aria-labelledby="table-1"><table><caption id="table-1">Costs'
            "</caption><tbody><tr><th>a</th><td>b</td></tr></tbody></table></div>"
        )

    def test_without_caption_are_named_all_the_same(self):
        assert 'aria-label="Table"' in page("<table><tr><td>a<td>b</table>").html

    def test_take_no_id_of_a_heading(self):
        html = page("<h2>Table 1</h2><table><caption>c</caption><tr><td>b</table>").html
        assert 'aria-labelledby="table-2"' in html


class TestPreformattedText:
    def test_scrolls_by_keyboard(self):
        assert page("<pre>a  b</pre>").html == '<pre tabindex="0">a  b</pre>'


class TestPrepared:
    def test_numbers_headings_that_nobody_numbered(self):
        prepared = page("<h2>a</h2><h2>a</h2>")
        assert prepared.html == '<h2 id="a">a</h2>\n<h2 id="a-2">a</h2>'
        assert [part.id for part in prepared.parts] == ["a", "a-2"]
        assert prepared.contents == ()

    def test_lists_contents_from_three_parts_on(self):
        assert len(page("<h2>a</h2><h2>b</h2><h2>c</h2>").contents) == 3

    def test_counts_words_and_minutes(self):
        prepared = page("<p>" + "word " * 700 + "</p>")
        assert (prepared.word_count, prepared.reading_minutes) == (700, 3)

    def test_sanitises_what_never_was(self):
        assert page("<p onclick=x>a<script>b</script></p>").html == "<p>a</p>"

    def test_of_nothing_is_nothing(self):
        prepared = page("")
        assert (prepared.html, prepared.parts, prepared.word_count, prepared.reading_minutes) == (
            "",
            (),
            0,
            1,
        )
