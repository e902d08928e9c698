"""A small old site: what the import knows of it while it converts a text."""

import re

from selectolax.lexbor import LexborHTMLParser

from articles.importers.wordpress.text import Document, OldSite, Options, Picture, convert, file_key

SITE = OldSite.of("https://site.example/news", "https://www.site.example", "https://site.example/news")
ADDRESS = "https://site.example/news/2021/07/22/here/"
BLOCK = re.compile(
    r"</?(?:p|div|li|td|th|tr|h\d|br|figure|figcaption|img|blockquote|cite|dt|dd|hr|pre|summary|section|caption|address)\b",
    re.IGNORECASE,
)
WORD = re.compile(r"\w+")


class Archive:
    """Answers from what it is given; everything else of the old site is missing."""

    pictures = {
        "site.example/news/files/boat.jpg": Picture(1, alt="A boat", caption="At anchor", credit="Ana Ruiz"),
        "site.example/news/files/quay.jpg": Picture(2),
        "site.example/news/files/wall.jpg": Picture(3, caption="The <b>wall</b>"),
    }
    attachments = {
        "7": pictures["site.example/news/files/quay.jpg"],
        "9": pictures["site.example/news/files/wall.jpg"],
    }
    links = {
        "https://site.example/news/?p=9": "/2021/07/22/slug/",
        "https://site.example/news/2021/07/22/slug/": "/2021/07/22/slug/",
        "https://site.example/news/files/report.pdf": "/documents/report.pdf",
    }
    documents = {
        "https://site.example/news/files/report.pdf": Document("/documents/report.pdf", "PDF", "4 MB"),
        "https://site.example/news/files/a.mp3": Document("/documents/a.mp3", "MP3", "4 MB"),
        "12": Document("/documents/b.mp3", "MP3"),
    }
    blocks = {
        "9": "<!-- wp:paragraph --><p>Write to the editors: </p><!-- /wp:paragraph --> [audio https://site.example/news/files/a.mp3]",
        "10": '<!-- wp:paragraph --><p>ten</p><!-- /wp:paragraph --><!-- wp:block {"ref":10} /-->',
        "11": "one\ntwo",
    }

    def link(self, address):
        return self.links.get(address)

    def picture(self, address, attachment):
        return self.pictures.get(file_key(address)) or self.attachments.get(attachment)

    def is_picture_page(self, address):
        return address.startswith("https://site.example/news/photo/")

    def document(self, address, attachment):
        return self.documents.get(address) or self.documents.get(attachment)

    def block(self, ref):
        return self.blocks.get(ref)

    def gallery(self, request):
        if request.ids:
            return [self.attachments[number] for number in request.ids if number in self.attachments]
        return [picture for number, picture in self.attachments.items() if number not in request.exclude]


def converted(body, **how):
    return convert(body, Archive(), site=SITE, address=ADDRESS, **how)


def html(body, **how):
    return converted(body, **how).html


def options(**how):
    return Options(**how)


def shown_words(markup):
    """The words that a browser shows of it."""
    tree = LexborHTMLParser(f"<!doctype html><body>{BLOCK.sub(lambda found: ' ' + found[0], markup)}")
    tree.strip_tags(["script", "style", "video", "audio", "iframe", "noscript", "form"], recursive=True)
    return WORD.findall(tree.body.text() if tree.body else "")
