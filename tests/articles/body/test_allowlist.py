import pytest

from articles.body.allowlist import ATTRIBUTES, STORED, TAGS, stored_value


class TestStoredValue:
    """The filter of nh3: a value that it refuses is dropped, one on which it raises only reaches a log."""

    @pytest.mark.parametrize(
        ("tag", "name", "value"),
        [
            ("a", "href", "https://example.org/"), ("a", "title", "any <text>"), ("h2", "id", "a-part"),
            ("img", "data-image", "12"), ("img", "width", "1200"), ("img", "src", "/i/1.jpg"), ("figure", "class", "wide"), ("figure", "class", "gallery"), ("figure", "class", "pair"),
            ("th", "scope", "col"), ("td", "colspan", "2"), ("ol", "start", "3"), ("img", "alt", ""),
        ],
    )  # fmt: skip
    def test_keeps_what_a_body_may_hold(self, tag, name, value):
        assert stored_value(tag, name, value) == value

    @pytest.mark.parametrize(
        ("tag", "name", "value"),
        [
            ("a", "href", "javascript:x"), ("a", "href", "//evil.example"), ("a", "href", " https://example.org/"),
            ("h2", "id", "main"), ("h2", "id", "a b"), ("img", "data-image", "1x"), ("img", "data-image", "٣"),
            ("img", "data-image", "9" * 30), ("img", "width", "-1"), ("img", "src", "data:image/png;base64,AA"),
            ("figure", "class", "wide start"), ("th", "scope", "evil"), ("td", "colspan", "999"), ("p", "style", "x"),
        ],
    )  # fmt: skip
    def test_refuses_the_rest(self, tag, name, value):
        assert stored_value(tag, name, value) is None

    @pytest.mark.parametrize("value", ["", "\x00", "é", "&", "🙂" * 1000, "0", "[", "http://["])
    def test_never_raises(self, value):
        for tag, names in ATTRIBUTES.items():
            for name in names:
                stored_value(tag, name, value)


class TestAllowlist:
    def test_lets_no_element_in_that_can_run_load_or_send(self):
        assert not TAGS & set(
            "script style iframe frame object embed svg math form input button link meta base".split()
        )

    def test_lets_no_such_attribute_in(self):
        names = set().union(*ATTRIBUTES.values())
        assert not {name for name in names if name.startswith("on")} | names & {
            "style",
            "srcset",
            "target",
            "rel",
            "formaction",
        }

    def test_works_by_itself(self):
        html = '<p onclick="x">a<script>b</script><a href="javascript:x">c</a><img src=x onerror=x data-image=7></p>'
        assert STORED.clean(html) == '<p>a<a>c</a><img data-image="7"></p>'
