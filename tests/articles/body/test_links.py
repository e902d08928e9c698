import pytest

from articles.body.links import host_of, is_external, safe_href, unwrap_redirect


class TestSafeHref:
    @pytest.mark.parametrize(
        "href",
        [
            "https://example.org/a?b=c#d",
            "http://example.org",
            "mailto:desk@example.org",
            "tel:+441234567",
            "/world/",
            "#part",
        ],
    )
    def test_keeps_what_a_story_may_link_to(self, href):
        assert safe_href(href) == href

    @pytest.mark.parametrize(
        "href",
        [
            "", " ", "#", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", "\x01javascript:alert(1)",
            "data:text/html,x", "vbscript:x", "file:///etc/passwd", "blob:https://x", "//evil.example", "/\\evil.example",
            "\\\\evil.example", "https:\\\\evil.example", "https://", "https:///x", "http://[::1", "story.html", "../up",
            "ftp://example.org/x", "http://a b/", "https://" + "a" * 5000,
        ],
    )  # fmt: skip
    def test_refuses_the_rest(self, href):
        assert safe_href(href) is None

    def test_completes_an_address_as_people_write_it(self):
        assert safe_href("www.example.org/x") == "https://www.example.org/x"
        assert safe_href("desk@example.org") == "mailto:desk@example.org"

    def test_trims_what_was_copied_along(self):
        assert safe_href(" \n https://example.org/a\nb ") == "https://example.org/ab"


class TestRedirects:
    @pytest.mark.parametrize(
        "wrapped",
        [
            "https://www.google.com/url?q=https://example.org/a%3Fb%3D1&sa=D&usg=x",
            "https://www.google.com/url?sa=t&url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1",
            "https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1&h=AT0",
            "https://eur02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1&data=05",
            "https://www.google.com/url?q=https%3A%2F%2Fl.facebook.com%2Fl.php%3Fu%3Dhttps%253A%252F%252Fexample.org%252Fa%253Fb%253D1",
        ],
    )
    def test_are_unwrapped(self, wrapped):
        assert unwrap_redirect(wrapped) == "https://example.org/a?b=1"

    @pytest.mark.parametrize(
        "href",
        [
            "https://www.google.com/search?q=https://example.org",
            "https://www.google.com/url?q=javascript:alert(1)",
            "https://notgoogle.example/url?q=https://example.org",
            "https://www.google.com@evil.example/url?q=https://example.org",
        ],
    )
    def test_of_other_kinds_stay(self, href):
        assert unwrap_redirect(href) == href

    def test_to_what_is_not_allowed_are_refused(self):
        assert safe_href("https://www.google.com/url?q=https://[") is None


class TestExternal:
    def test_is_every_other_host(self):
        hosts = {"paper.example", "www.paper.example"}
        assert is_external("https://example.org/", hosts)
        assert is_external("https://paper.example.evil.example/", hosts)
        assert is_external("https://paper.example@evil.example/", hosts)
        assert not is_external("https://WWW.paper.example/x", hosts)
        assert not is_external("/x", hosts)
        assert not is_external("mailto:a@example.org", hosts)

    def test_host_is_the_one_a_browser_goes_to(self):
        assert host_of("https://a.example:8443/x") == "a.example"
        assert host_of("https://a.example\\@b.example/") == ""
