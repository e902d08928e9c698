from types import SimpleNamespace

import pytest
from jinja2 import DictLoader, TemplateNotFound

from articles.images import PictureSource
from articles.views.shared import templates

SOURCE = PictureSource(image_id=7, key="0123abcd", width=2000, height=1500, alt="A <harbour>")


def render(text, **context):
    written = templates.environment(autoescape=True).from_string(text)
    return written.render({"pictures_named": []} | context)


class TestIncluded:
    FILES = {
        "page.html": '{% for n in [1, 2] %}{% with m=n %}{% include "row.html" %}{% endwith %}{% endfor %}',
        "row.html": '{{ m }}{{ outer }}{% include "end.html" %}',
        "end.html": ";\n",
    }

    def made(self, *, debug):
        return templates.environment(
            autoescape=True, loader=DictLoader(self.FILES), auto_reload=debug, keep_trailing_newline=True
        )

    def test_comes_out_the_same_put_in_or_apart(self):
        for debug in (False, True):
            written = self.made(debug=debug).get_template("page.html").render(outer="<")
            assert written == "1&lt;;\n2&lt;;\n"

    def test_is_not_looked_up_when_the_page_is_written(self):
        made = self.made(debug=False)
        page = made.get_template("page.html")
        made.loader = DictLoader({})
        assert page.render(outer="") == "1;\n2;\n"

    def test_is_named_if_it_is_not_there(self):
        page = self.made(debug=False).from_string('{% include "none.html" %}')
        with pytest.raises(TemplateNotFound, match="none.html"):
            page.render()


class TestPicture:
    def test_is_drawn_in_its_role(self):
        html = render('{{ picture(image, "card") }}', image=SOURCE)
        assert html.startswith("<picture>")
        assert 'alt="A &lt;harbour&gt;"' in html
        assert 'loading="lazy"' in html

    def test_comes_first_where_asked(self):
        html = render('{{ picture(image, "lead", eager=True) }}', image=SimpleNamespace(source=SOURCE))
        assert 'fetchpriority="high"' in html

    def test_may_be_left_to_the_words_beside_it(self):
        assert 'alt=""' in render('{{ picture(image, "portrait", alt="") }}', image=SOURCE)

    def test_is_nothing_without_a_picture(self):
        assert render('{{ picture(image, "card") }}', image=None) == ""

    def test_adds_the_files_that_it_names_to_those_of_the_page(self):
        named = []
        html = render('{{ picture(image, "thumb") }}', image=SOURCE, pictures_named=named)
        assert len(named) == 6
        assert all(f"/media/{file}" in html for file in named)

    def test_of_an_unknown_role_is_a_mistake(self):
        with pytest.raises(KeyError):
            render('{{ picture(image, "poster") }}', image=SOURCE)


class TestWebName:
    @pytest.mark.parametrize(
        ("address", "name"),
        [
            ("https://www.mastodon.example/@mara/", "mastodon.example/@mara"),
            ("http://example.org", "example.org"),
            ("nothing", "nothing"),
        ],
    )
    def test_is_what_a_reader_would_call_it(self, address, name):
        assert templates.web_name(address) == name
