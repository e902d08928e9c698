"""Texts of real exports, where CORPORA names a folder that has some."""

import re
from collections import Counter
from xml.parsers import expat

import pytest

from articles.body import plain_text, sanitise
from articles.importers.wordpress.text import Kind, OldSite, Picture, convert
from tests import corpora

from .old_site import WORD, Archive, shown_words

EXPORTS = corpora.files("wxr/*.xml")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
CAPTION = re.compile(r'(\[caption\b[^\]]*?)\scaption="([^"]*)"([^\]]*\])')
SHORTCODE = re.compile(r"\[/?(?:caption|gallery|audio|wpcredits)\b[^\]]*\]")
PROTECTED = re.compile(r"<pre>.*?</pre>", re.DOTALL)
ADDRESS = re.compile(r'https?://[^\s<>"]+')
BUTTON = re.compile(r'<a [^>]*class="wp-block-file__button"[^>]*>.*?</a>')
OF_WORDPRESS = re.compile(r"<!--|\[/?(?:caption|wp_caption|gallery|audio|video|playlist|embed)\b")


def bodies(path):
    """Each filled text with the address of its item. No namespaces: one of the files breaks their rules."""
    found, path_now, item = [], [], {}

    def begin(name, attrs):
        path_now.append(name)
        if name == "item":
            item.clear()

    def text(data):
        if path_now[-1] in ("content:encoded", "link", "wp:base_blog_url"):
            item[path_now[-1]] = item.get(path_now[-1], "") + data

    def end(name):
        path_now.pop()
        if name == "item" and item.get("content:encoded", "").strip():
            found.append((item["content:encoded"], item.get("link", "")))

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.CharacterDataHandler, parser.EndElementHandler = begin, text, end
    parser.ParseFile(path.open("rb"))
    base = re.search(rb"<wp:base_blog_url>([^<]*)<", path.read_bytes())
    return found, OldSite.of(base[1].decode() if base else "http://site.example")


class WholeArchive(Archive):
    """Has every picture that is asked for."""

    def picture(self, address, attachment):
        return Picture(1)


class EmptyArchive(Archive):
    """Has none. What has been put in its place by its number can't be converted again."""

    def picture(self, address, attachment):
        return None

    def gallery(self, request):
        return []


def words_of_old(body):
    """What a reader saw, counted; addresses are compared by other tests."""
    body = BUTTON.sub("", CAPTION.sub(r"\1\3 \2", body))
    return Counter(shown_words(ADDRESS.sub(" ", SHORTCODE.sub(" ", COMMENT.sub(" ", body)))))


@pytest.mark.skipif(not EXPORTS, reason="no exports among the corpora")
@pytest.mark.parametrize("path", EXPORTS, ids=lambda path: path.name)
class TestRealTexts:
    def test_lose_no_word_and_keep_nothing_of_wordpress(self, path):
        texts, site = bodies(path)
        assert texts
        for body, address in texts:
            made = convert(body, WholeArchive(), site=site, address=address)
            lost = words_of_old(body) - Counter(WORD.findall(plain_text(made.html)))
            left_out = {one.name for one in made.left_out if one.kind is Kind.SHORTCODE}
            assert not lost, (address, lost)
            assert left_out <= {"wpcredits"}
            assert not OF_WORDPRESS.search(PROTECTED.sub("", made.html)), address
            assert sanitise(made.html) == made.html

    def test_are_the_same_when_they_are_converted_again(self, path):
        texts, site = bodies(path)
        for body, address in texts:
            once = convert(body, EmptyArchive(), site=site, address=address).html
            assert convert(once, EmptyArchive(), site=site, address=address).html == once
