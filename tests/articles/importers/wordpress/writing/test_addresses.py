"""Which old addresses an import writes down, and where they lead."""

import json
import tempfile
from collections import Counter
from pathlib import Path

from django.db import transaction
from django.test import TestCase

from articles.importers.wordpress.writing.contents import stored_path
from articles.models import OldAddress
from tests.articles.importers.wordpress.exports import (
    category,
    element,
    export,
    item,
    items,
    meta,
    written,
)
from tests.articles.importers.wordpress.test_expectations import EXPECTATIONS, FOLDER, are_there
from tests.articles.importers.wordpress.writing.test_run import imported

HEAD = (
    "<wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://lantern.test/paper</wp:base_blog_url>"
    "<wp:author><wp:author_id>7</wp:author_id><wp:author_login>a.ruiz</wp:author_login>"
    "<wp:author_display_name>Ana Ruiz</wp:author_display_name></wp:author>"
    "<wp:category><wp:term_id>3</wp:term_id><wp:category_nicename>town</wp:category_nicename>"
    "<wp:cat_name>Town</wp:cat_name></wp:category>"
    "<wp:category><wp:term_id>4</wp:term_id><wp:category_nicename>2016</wp:category_nicename>"
    "<wp:category_parent>town</wp:category_parent><wp:cat_name>2016</wp:cat_name></wp:category>"
)
DATE = {"post_date": "2021-08-05 10:00:00", "post_date_gmt": "2021-08-05 10:00:00"}
ITEMS = (
    item(
        "<link>https://lantern.test/paper/2021/08/05/harbour/</link>",
        category("town", "Town"),
        meta("_wp_old_slug", "port"),
        meta("_wp_old_date", "2021-08-03"),
        meta("_thumbnail_id", "21"),
        element("dc:creator", "a.ruiz"),
        id=9,
        post_name="harbour",
        **DATE,
    ),
    item(
        "<link>https://lantern.test/paper/2021/08/05/fair/</link>",
        category("2016", "2016"),
        id=10,
        post_name="fair",
        body='<img class="wp-image-22" src="https://lantern.test/x.jpg">',
        **DATE,
    ),
    item("<link>https://lantern.test/paper/draft/</link>", id=11, status="draft", post_name="draft"),
    *(
        item(
            f"<link>https://lantern.test/paper/{path}</link>",
            id=number,
            type="attachment",
            status="inherit",
            post_parent=parent,
            attachment_url=f"https://lantern.test/{number}.jpg",
        )
        for number, parent, path in (
            (20, 9, "2021/08/05/harbour/boat/"),
            (21, 0, "?attachment_id=21"),
            (22, 11, "draft/photo/"),
            (23, 0, "nowhere/"),
        )
    ),
)


def ends():
    """Where each old address leads; None if it says that what was there is gone."""
    return {
        old.path: None if old.gone else old.destination
        for old in OldAddress.objects.select_related("article", "section", "tag", "author", "page")
    }


class RowsTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        with tempfile.TemporaryDirectory() as folder:
            file = written(Path(folder), export(*ITEMS, head=HEAD))
            imported([file], Path(folder))
            cls.first = ends()
            imported([file], Path(folder))

    def test_lead_to_what_was_there(self):
        harbour, fair = "/2021/08/05/harbour/", "/2021/08/05/fair/"
        self.assertEqual(
            self.first,
            {
                "/paper/": "/",
                "/paper/2021/08/05/harbour/": harbour,
                "/paper/2021/08/05/port/": harbour,
                "/paper/2021/08/03/harbour/": harbour,
                "/paper/2021/08/03/port/": harbour,
                "/paper/2021/08/05/fair/": fair,
                "/paper/category/town/": "/town/",
                "/paper/category/town/2016/": "/town/2016-section/",
                "/?cat=3": "/town/",
                "/?cat=4": "/town/2016-section/",
                "/?author=7": "/author/a-ruiz/",
                "/paper/2021/08/05/harbour/boat/": harbour,
                "/?attachment_id=20": harbour,
                "/?attachment_id=21": harbour,
                "/paper/draft/photo/": fair,
                "/?attachment_id=22": fair,
                "/paper/nowhere/": None,
                "/?attachment_id=23": None,
                **{path: to for path, to in self.first.items() if "uncategorized" in path},
            },
        )

    def test_a_second_run_changes_none(self):
        self.assertEqual(ends(), self.first)


def test_paths_are_stored_as_they_are_asked_for():
    host = "https://lantern.test"
    assert stored_path(f"{host}/K%c3%bcste/") == stored_path(f"{host}/Ku%CC%88ste/") == "/K%C3%BCste/"
    assert stored_path(f"{host}//a///b") == "/a/b"
    # A slug that WordPress has cut inside a letter.
    assert stored_path(f"{host}/%d0%bf%d1/") == "/%D0%BF%D1/"
    assert stored_path("http://[") == "/"


@are_there
class RealFilesTest(TestCase):
    def test_as_many_as_were_counted(self):
        files = json.loads(EXPECTATIONS.read_text())["files"]
        for name, expected in files.items():
            if "addresses" in expected:
                with self.subTest(name), transaction.atomic(), tempfile.TemporaryDirectory() as folder:
                    imported([FOLDER / "wxr" / name], Path(folder))
                    self.assertEqual(+rows_of(FOLDER / "wxr" / name), wanted(expected))
                    transaction.set_rollback(True)


def rows_of(file):
    """How many addresses of the export are redirects, by what they are in it."""
    rows = set(OldAddress.objects.exclude(path__contains="?").values_list("path", flat=True))
    found = Counter(section=sum("/category/" in path for path in rows))
    for each in items(file):
        path = stored_path(each.link)
        if each.type == "attachment":
            found["attachment page"] += path in rows
        elif path in rows and each.status == "publish" and path != own_form(each):
            found["permalink"] += 1
            folder = path.rstrip("/").rpartition("/")[0]
            found["old slug"] += sum(f"{folder}/{slug}/" in rows for slug in each.all_meta("_wp_old_slug"))
    return found


def own_form(item):
    """Kept as they were counted; here they move where our zone has another day than theirs."""
    return f"/{item.date[:10].replace('-', '/')}/{item.slug}/"


def wanted(expected):
    return +Counter(expected["addresses"]["redirect_rows"])
