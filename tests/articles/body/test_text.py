import pytest

from articles.body import excerpt, plain_text, prepare, words_of


class TestPlainText:
    def test_has_a_line_for_each_block(self):
        html = "<h2>a</h2><p>b <b>c</b><br>d</p><ul><li>e<ul><li>f</li></ul></li></ul><table><tr><td>g<td>h</table>"
        assert plain_text(html) == "a\nb c d\ne\nf\ng\nh"

    def test_has_captions_and_credits(self):
        assert (
            plain_text(
                '<figure><img data-image="1" alt="z"><figcaption>a <cite>b</cite></figcaption></figure>'
            )
            == "a b"
        )

    def test_leaves_out_addresses_of_embeds(self):
        assert plain_text("<p>a</p><p>https://youtu.be/dQw4w9WgXcQ</p>") == "a"


class TestExcerpt:
    def test_is_the_beginning_of_the_text(self):
        assert (
            excerpt(
                "<h2>No</h2><figure><img data-image='1'><figcaption>no</figcaption></figure><p>a</p><p>b</p>"
            )
            == "a b"
        )

    def test_is_cut_between_words(self):
        assert excerpt("<p>The sea took another four, metres</p>", 28) == "The sea took another four…"

    @pytest.mark.parametrize("length", [20, 50, 160])
    @pytest.mark.parametrize(
        "text", ["The sea took four metres. " * 20, "海は岬をさらに四メートル削った。" * 20, "x" * 400]
    )
    def test_is_never_longer_than_asked(self, text, length):
        cut = excerpt(f"<p>{text}</p>", length)
        assert length // 2 <= len(cut) <= length
        assert cut.endswith("…")

    def test_of_a_script_without_spaces_ends_at_a_pause(self):
        assert excerpt("<p>" + "海は岬を削った。" * 20 + "</p>", 30) == "海は岬を削った。" * 3 + "…"

    def test_of_a_short_text_is_the_text(self):
        assert excerpt("<p>a &amp; b</p>") == "a & b"


class TestWordsOf:
    def test_has_every_word_of_a_stored_or_prepared_body_and_no_tag(self):
        html = (
            "<h2>A <em>wa</em>ll</h2><p>of “sea” &amp; sto<strong>ne</strong><br>x &lt;b&gt;</p>"
            "<ul><li><p>one</p></li></ul><figure><img src='/a' alt='no > tag'><figcaption>A sea</figcaption></figure>"
        )
        expected = "A wall\nof “sea” & stone\nx <b>\none\nA sea"
        assert words_of(html.replace("no > tag", "no &gt; tag")) == expected
        assert words_of(prepare(html, language="en", site_hosts=()).html).startswith(
            expected.partition("\nA")[0]
        )

    def test_keeps_the_number_of_a_note_off_the_word_before_it(self):
        assert words_of('<p>wall<sup id="n"><a href="#m">1</a></sup></p>').split("\u200b") == [
            "wall",
            "1",
            "",
        ]
