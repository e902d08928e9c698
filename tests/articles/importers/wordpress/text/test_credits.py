"""The credit at the end of a caption, if whoever imports says that it is one."""

import pytest

from .old_site import html, options

FIGURE = '<figure><img src="https://site.example/news/files/quay.jpg">{}</figure>'


def caption(text, **how):
    made = html(FIGURE.format(f"<figcaption>{text}</figcaption>"), options=options(**how))
    return made.partition("<figcaption>")[2].partition("</figcaption>")[0]


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("The quay (Photo: Ana Ruiz)", "The quay <cite>Photo: Ana Ruiz</cite>"),
        ("The quay [Foto: dpa/Müller]", "The quay <cite>Foto: dpa/Müller</cite>"),
        ("The quay. Credit: Ana Ruiz", "The quay. <cite>Credit: Ana Ruiz</cite>"),
        ("The quay. © Ana Ruiz", "The quay. <cite>© Ana Ruiz</cite>"),
        ("<em>The quay</em>. Photo by: Ana", "<em>The quay</em>. <cite>Photo by: Ana</cite>"),
        ("Photograph: Ana Ruiz", "<cite>Photograph: Ana Ruiz</cite>"),
        # These say nothing of who made it.
        ("The quay (left)", "The quay (left)"),
        ("A photo: the quay", "A photo: the quay"),
        ("A <em>good</em> photo: the quay", "A <em>good</em> photo: the quay"),
        ("Photo: Ana. At the quay.<br>Today", "Photo: Ana. At the quay. Today"),
        ("The quay <cite>Bo</cite> (Photo: Ana)", "The quay <cite>Bo</cite> (Photo: Ana)"),
    ],
)
def test_is_the_last_bracket_or_sentence(text, made):
    assert caption(text, credit_from_caption=True) == made


def test_is_a_part_of_the_caption_unless_that_is_asked_for():
    assert caption("The quay (Photo: Ana Ruiz)") == "The quay (Photo: Ana Ruiz)"


def test_whatever_a_caption_holds_it_can_be_looked_at():
    for text in ("(photo:" * 40_000, "©" * 200_000, ". " * 100_000, "<figcaption>" * 20_000):
        assert "<cite></cite>" not in caption(text, credit_from_caption=True)
