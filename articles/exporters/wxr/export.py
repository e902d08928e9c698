"""Writes the whole export: one file, because WordPress finds lead pictures only within one, and the
pictures."""

import datetime

from articles.conf import paper
from articles.exporters.folder import Folder
from articles.exporters.pictures import Tell, documents, library, write_files
from articles.exporters.redirects import write_redirects
from articles.exporters.rows import Lists, formerly_of, images_of, stories
from articles.exporters.snapshot import slices
from articles.models import Page

from . import names, posts
from .head import head

FILE, UPLOADS = "newsroom.xml", "uploads"
END = "</channel>\n</rss>\n"
DEFAULT_UPLOADS = "/wp-content/uploads/"


def write_wxr(
    folder: Folder, *, now: datetime.datetime, uploads: str = "", with_media: bool = True, tell: Tell = print
) -> None:
    """`uploads` is the address at which WordPress will find the pictures; that of the paper itself if
    empty."""
    uploads = f"{uploads.rstrip('/')}/" if uploads else paper().url + DEFAULT_UPLOADS
    shared = posts.Paper(Lists(), uploads, now)
    counts = folder.counts
    with folder.file(FILE) as file:
        for part in head(shared.lists, shared.categories):
            file.write(part)
        for author in shared.lists.authors.values():
            file.write(posts.guest(author))
        for image in library():
            file.write(posts.attachment(image, uploads))
            counts["pictures"] += 1
        for document in documents():
            file.write(posts.document(document, uploads))
            counts["documents"] += 1
        parents = {page.path: names.post_id(page) for page in Page.objects.only("path")}
        for few in slices(Page.objects.defer("prepared_body"), text="body"):
            texts, former = posts.Texts(images_of(few), uploads), formerly_of(few, "page")
            for page in few:
                file.write(posts.page(page, former[page.pk], texts, parents))
                counts["pages"] += 1
        for part in stories(shared.lists):
            texts = posts.Texts(part.images, uploads)
            for story in part.stories:
                file.write(posts.article(story, shared, texts))
                counts["articles"] += 1
        file.write(END)
    counts["sections"], counts["authors"] = len(shared.lists.sections), len(shared.lists.authors)
    write_redirects(folder, csv_name="redirects.csv", map_name="redirects.map")
    if with_media:
        write_files(folder, UPLOADS, tell)
