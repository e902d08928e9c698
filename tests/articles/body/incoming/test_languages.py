import pytest

from articles.body import prepare, sanitise


class TestKept:
    @pytest.mark.parametrize(
        ("html", "stored"),
        [
            (
                '<p>He said <span lang="ar" dir="rtl">مرحبا</span> twice.</p>',
                '<p>He said <span lang="ar" dir="rtl">مرحبا</span> twice.</p>',
            ),
            ('<p><span lang="FR">Bonjour</span></p>', '<p lang="fr">Bonjour</p>'),
            ('<p lang="pt_BR">Olá</p>', '<p lang="pt-br">Olá</p>'),
            ('<h2 lang="fr">Titre</h2>', '<h2 lang="fr">Titre</h2>'),
            (
                '<blockquote lang="fr"><p>Bonjour</p><p>Le monde</p></blockquote>',
                '<blockquote lang="fr"><p>Bonjour</p><p>Le monde</p></blockquote>',
            ),
            (
                '<ul><li dir="rtl">واحد</li><li><p dir="rtl">اثنان</p></li></ul>',
                '<ul dir="rtl"><li>واحد</li><li>اثنان</li></ul>',
            ),
            (
                '<ol><li lang="fr">un</li><li>two</li></ol>',
                '<ol><li lang="fr">un</li><li>two</li></ol>',
            ),
            (
                '<table><tr><th lang="fr">a</th><td>b</td></tr></table>',
                '<table><tbody><tr><th lang="fr">a</th><td>b</td></tr></tbody></table>',
            ),
            (
                '<p lang="de"><i>Wort <b lang="fr">mot</b></i> Wort</p>',
                '<p lang="de"><em>Wort </em><span lang="fr"><strong><em>mot</em></strong></span> Wort</p>',
            ),
            (
                '<p dir="rtl" lang="he">שלום <span dir="ltr">NATO</span> עולם</p>',
                '<p lang="he" dir="rtl">שלום <span lang="he" dir="ltr">NATO</span> עולם</p>',
            ),
            (
                '<ul dir="rtl"><li>א <span dir="ltr">b</span></li><li>ב</li></ul>',
                '<ul dir="rtl"><li>א <span dir="ltr">b</span></li><li>ב</li></ul>',
            ),
            ('<p>a <abbr lang="en">WHO</abbr></p>', '<p>a <span lang="en">WHO</span></p>'),
            ('<p>a <q dir="rtl">abc</q></p>', '<p>a <span dir="rtl">“abc”</span></p>'),
            ('<p>by <bdi>حسن</bdi></p>', '<p>by <span dir="auto">حسن</span></p>'),
            (
                '<p><a href="https://example.org/">x <span lang="fr">y</span></a></p>',
                '<p><a href="https://example.org/">x <span lang="fr">y</span></a></p>',
            ),
        ],
    )  # fmt: skip
    def test_as_it_is_stored(self, html, stored):
        assert sanitise(html) == stored
        assert sanitise(stored) == stored

    def test_for_readers(self):
        html = prepare(
            '<p>He said <span lang="ar" dir="rtl">مرحبا</span>.</p><p dir="rtl">ع</p>', language="en"
        ).html
        assert '<span lang="ar" dir="rtl">مرحبا</span>' in html
        assert '<p dir="rtl">ع</p>' in html

    def test_an_inner_direction_keeps_the_language_around_it(self):
        assert sanitise('<p lang="ar">a <span dir="rtl">b</span></p>') == (
            '<p lang="ar">a <span lang="ar" dir="rtl">b</span></p>'
        )


class TestNotKept:
    @pytest.mark.parametrize(
        "html",
        [
            '<div lang="de"><p>a</p></div>',
            '<body lang="EN-GB" dir="ltr"><p>a</p></body>',
            '<p lang="">a</p>',
            '<p lang="x-none">a</p>',
            '<p lang="und">a</p>',
            '<p lang="english please">a</p>',
            """<p lang='en"onclick="x'>a</p>""",
            '<p dir="up">a</p>',
            '<p class="MsoNormal" lang="EN-US">a</p>',
            '<span id="docs-internal-guid-7"><p dir="ltr">a</p></span>',
            '<meta name="generator" content="LibreOffice 24.2 (Linux)"><p lang="en-GB">a</p>',
        ],
    )
    def test_what_a_page_or_a_program_says_of_everything(self, html):
        assert sanitise(html) == "<p>a</p>"

    def test_but_programs_are_believed_from_right_to_left(self):
        assert (
            sanitise('<p class="MsoNormal" dir="RTL" lang="AR-SA">ع</p>') == '<p lang="ar-sa" dir="rtl">ع</p>'
        )

    def test_code_has_none(self):
        assert sanitise('<pre lang="fr">a</pre>') == "<pre>a</pre>"
