"""A payload in each field of an export: wherever it comes to, it runs for nobody, neither reader nor operator."""

import re
from itertools import count
from xml.sax.saxutils import escape

from selectolax.lexbor import LexborHTMLParser

from articles.models import Article, Author, Imported, ImportRun, OldAddress, Page, Section, Tag
from tests.articles.body.incoming.test_hostile import DANGEROUS
from tests.articles.importers.wordpress.exports import element, export, meta, written
from tests.articles.importers.wordpress.writing.test_run import ImportTestCase
from tests.factories import editor

NUMBERS = count(1)
PAYLOADS = (
    '"><script>alert({n})</script>',
    "'><img src=x onerror=alert({n})>",
    "javascript:alert({n})",
    "</title></style></textarea></script><svg onload=alert({n})>",
    '" autofocus onfocus="alert({n})',
    "<a href='java&#10;script:alert({n})'>a{n}</a>",
    "&lt;script&gt;alert({n})&lt;/script&gt;",
)


def parts(payload):
    """An export whose every field has the payload, as well as it can: what is needed as a number or a date stays one."""

    def field(name, begin=""):
        return element(name, begin + payload.format(n=next(NUMBERS)))

    def inside(name, *fields):
        return f"<{name}>{''.join(fields)}</{name}>"

    def label(domain, slug):
        written_in = escape(slug + payload.format(n=next(NUMBERS)), {'"': "&quot;"})
        return f'<category domain="{domain}" nicename="{written_in}">{element("b", "")}</category>'.replace(
            element("b", ""), f"<![CDATA[{payload.format(n=next(NUMBERS))}]]>"
        )

    def values(*names):
        return "".join(meta(name, payload.format(n=next(NUMBERS))) for name in names)

    person = ("login", "display_name", "first_name", "last_name", "description")
    terms = [
        inside("wp:author", *(field(f"wp:author_{name}") for name in person)),
        inside(
            "wp:category",
            *map(
                field,
                ("wp:category_nicename", "wp:cat_name", "wp:category_parent", "wp:category_description"),
            ),
        ),
        inside("wp:tag", *map(field, ("wp:tag_slug", "wp:tag_name", "wp:tag_description"))),
    ]
    items = []
    for number, kind in enumerate(
        ("post", "page", "attachment", "nav_menu_item", "wp_block", "guest-author", "other"), 1
    ):
        fields = [
            element("wp:post_id", str(number)),
            element("wp:post_type", kind),
            element("wp:status", "inherit" if kind == "attachment" else "publish"),
            element("wp:post_date_gmt", "2020-01-01 10:00:00"),
            *map(
                field, ("title", "dc:creator", "content:encoded", "excerpt:encoded", "wp:post_name", "guid")
            ),
            field("link", "https://lantern.test/"),
            field("wp:attachment_url", "https://lantern.test/"),
            *(label(domain, "a") for domain in ("category", "post_tag", "author", "region")),
            values("_yoast_wpseo_title", "_yoast_wpseo_metadesc", "_yoast_wpseo_canonical", "_wp_old_slug"),
            values(
                "_wp_attached_file", "_wp_attachment_image_alt", "_media_credit", "enclosure", "footnotes"
            ),
            values("cap-display_name", "cap-description", "_menu_item_url", "odd_key"),
            inside(
                "wp:comment",
                *map(field, ("wp:comment_author", "wp:comment_content")),
                element("wp:comment_approved", "1"),
            ),
        ]
        items.append(inside("item", *fields))
    head = "<wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://lantern.test</wp:base_blog_url>"
    head += "".join(map(field, ("title", "description", "language", "generator", "link")))
    return head, [*terms, *items]


def assert_runs_nothing(html, where):
    tree = LexborHTMLParser(html)
    for node in tree.css("*"):
        for name, value in node.attributes.items():
            assert not (name.startswith("on") and "alert(" in (value or "")), (where, node.html[:300])
            if name in ("href", "src", "action", "formaction", "data-frame"):
                assert not DANGEROUS.match(re.sub(r"[\x00-\x20]", "", value or "").lower()), (
                    where,
                    node.html[:300],
                )
    for script in tree.css("script:not([type='application/ld+json'])"):
        assert "alert(" not in (script.text() or ""), where


class EveryFieldTest(ImportTestCase):
    def test_has_a_payload_that_runs_for_nobody(self):
        self.client.force_login(editor())
        for payload in PAYLOADS:
            with self.subTest(payload):
                self.look(payload)

    def look(self, payload):
        for model in (Imported, ImportRun, Article, Page, OldAddress, Tag, Author):
            model.objects.all().delete()
        Section.objects.exclude(parent=None).delete()
        Section.objects.all().delete()
        head, items = parts(payload)
        report = self.run_it(written(self.folder, export(*items, head=head), name=f"{next(NUMBERS)}.xml"))
        self.assertEqual(report["sum"]["results"]["imported"], 2, report["sum"])
        assert_runs_nothing((self.folder / "report" / "report.html").read_text(), "the report")
        article, page = Article.objects.get(), Page.objects.get()
        self.assertNotIn("<script", article.body + page.body)
        paths = {
            thing.get_absolute_url() for thing in (article, page, *Section.objects.all(), *Tag.objects.all())
        }
        paths |= {author.get_absolute_url() for author in Author.objects.all()}
        desk = "/admin/articles/"
        paths |= {"/", f"{desk}article/", f"{desk}article/{article.pk}/change/", f"{desk}oldaddress/"}
        paths |= {f"{desk}{name}/" for name in ("section", "tag", "author", "page")}
        seen = 0
        for path in sorted(paths):
            answer = self.client.get(path, headers={"accept": "text/html"})
            if answer.status_code == 200:
                seen += 1
                assert_runs_nothing(answer.content.decode(), path)
        self.assertGreater(seen, 9)
        for path in ("/feed/", "/feed/atom/"):
            self.assertNotIn(b"<script", self.client.get(path).content)
