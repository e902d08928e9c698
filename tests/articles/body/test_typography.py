import pytest

from articles.body import sanitise
from articles.body.typography import typographic_body


@pytest.mark.parametrize(
    ("html", "made"),
    [
        ('<p>He said "<em>well</em>, no"</p>', "<p>He said “<em>well</em>, no”</p>"),
        ('<p><a href="https://a.example/">"it\'s"</a></p>', '<p><a href="https://a.example/">“it’s”</a></p>'),
        ('<h2>"Head"</h2>', "<h2>“Head”</h2>"),
        ('<p>write <code>a = "b"</code>, "so"</p>', '<p>write <code>a = "b"</code>, “so”</p>'),
        ('<pre>"x"</pre>', '<pre>"x"</pre>'),
        (
            '<blockquote lang="de"><p>"Gut"</p></blockquote>',
            '<blockquote lang="de"><p>„Gut“</p></blockquote>',
        ),
        ('<p>"a" <span lang="de">"b"</span></p>', '<p>“a” <span lang="de">"b"</span></p>'),
        ('<ul><li>"a"</li></ul>', "<ul><li>“a”</li></ul>"),
        (
            "<p>https://www.youtube.com/watch?v=abcde--hijk</p>",
            "<p>https://www.youtube.com/watch?v=abcde--hijk</p>",
        ),
    ],
)
def test_prose_has_the_signs_of_its_language(html, made):
    assert typographic_body(html, "en") == made


def test_the_spaces_of_french_are_stored():
    made = typographic_body('<p>"Oui" ! Non ?</p>', "fr")
    assert made == "<p>«&nbsp;Oui&nbsp;»\u202f! Non\u202f?</p>"
    assert sanitise(made) == made
