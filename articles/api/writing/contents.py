"""What a program has written → the content that a verb saves, and back."""

from collections.abc import Iterator
from dataclasses import replace

from django.core.exceptions import ValidationError

from articles.admin.desk.form.body_editor import excess
from articles.api.errors import Unable
from articles.api.reading.shown import path_of
from articles.body.outgoing.parts import as_stored
from articles.models import Article, Author, Image, Section
from articles.publishing import BylineContent, Content, Problem

from .schemas import ContentWritten

# Those that have validators of their own in the model.
CHECKED = ("slug", "language", "direction", "canonical_url")
AS_WRITTEN = (
    *("headline", "kicker", "standfirst", "lead_alt", "lead_caption", "lead_credit"),
    *("kind", "reviewed", "rating"),
    *("search_title", "search_description", "noindex", *CHECKED),
)


def written_over(content: Content, written: ContentWritten) -> tuple[Content, tuple[str, ...]]:
    """The content with what was sent in its place, and what was left out of the body. Unable names everything
    that cannot be taken."""
    sent = written.dict(exclude_unset=True)
    problems, changes = [], {name: sent[name] for name in AS_WRITTEN if name in sent}
    problems += checked(changes)
    for name, read in READ.items():
        if name in sent:
            changes |= read(sent[name], problems)
    notes = ()
    if "html" in sent:
        problems += [Problem("html", sentence)] if (sentence := excess(sent["html"])) else []
        if not problems:
            body = as_stored(sent["html"], content.body)
            changes["body"], notes = body.html, body.notes
    if problems:
        raise Unable(422, " ".join(problem.message for problem in problems), problems)
    return replace(content, **changes), notes


def checked(changes: dict) -> Iterator[Problem]:
    for name in CHECKED:
        if changes.get(name):
            try:
                Article._meta.get_field(name).clean(changes[name], None)
            except ValidationError as error:
                yield Problem(name, " ".join(error.messages))


def section_in(path, problems):
    found = path and Section.objects.at(*path.strip("/").split("/"))
    if path and not found:
        problems.append(Problem("section", f"There is no section “{path}”."))
    return {"section_id": found.pk if found else None}


def authors_in(signed, problems):
    there = dict(Author.objects.filter(slug__in=[line["slug"] for line in signed]).values_list("slug", "pk"))
    for line in signed:
        if line["slug"] not in there:
            problems.append(Problem("authors", f"There is no author “{line['slug']}”."))
    numbers = {there[line["slug"]]: line["role"] for line in signed if line["slug"] in there}
    return {"bylines": tuple(BylineContent(number, role) for number, role in numbers.items())}


def lead_in(number, problems):
    if number and not Image.objects.filter(pk=number).exists():
        problems.append(Problem("lead_image", f"There is no picture {number}."))
    return {"lead_image_id": number}


READ = {
    "section": section_in,
    "authors": authors_in,
    "tags": lambda tags, problems: {"tags": tuple(tags)},
    "lead_image": lead_in,
}


def content_shown(content: Content) -> dict:
    section = content.section_id and Section.objects.select_related("parent").get(pk=content.section_id)
    slugs = dict(
        Author.objects.filter(pk__in=[line.author_id for line in content.bylines]).values_list("pk", "slug")
    )
    return {
        **{name: getattr(content, name) for name in AS_WRITTEN},
        "html": content.body,
        "section": path_of(section) if section else None,
        "authors": [
            {"slug": slugs[line.author_id], "role": line.role}
            for line in content.bylines
            if line.author_id in slugs
        ],
        "tags": list(content.tags),
        "lead_image": content.lead_image_id,
    }
