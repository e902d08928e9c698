"""Two people saved one article: what the other one wrote, beside one's own."""

from dataclasses import dataclass

from articles.models import Author, Image, Section
from articles.publishing import Content

TOLD = {
    "headline": "Headline",
    "kicker": "Kicker",
    "standfirst": "Standfirst",
    "section_id": "Section",
    "tags": "Tags",
    "bylines": "Bylines",
    "lead_image_id": "Lead picture",
    "slug": "Slug",
}


@dataclass(frozen=True)
class Clash:
    """`lines` are the blocks of the newer body, each with whether it is missing in one's own; `meanwhile`
    names what was done since."""

    revision: object
    differing: list
    lines: list
    meanwhile: str


def clash_of(article, mine, meanwhile):
    """The newest revision and how it differs from what was typed."""
    revision = article.revisions.select_related("by").first()
    theirs = Content.newest(article)
    mine = mine.cleaned(theirs.body)
    differing = [
        (label, told(name, getattr(theirs, name)))
        for name, label in TOLD.items()
        if getattr(theirs, name) != getattr(mine, name)
    ]
    known = set(mine.body.split("\n"))
    lines = [(block, block not in known) for block in theirs.body.split("\n")]
    return Clash(revision, differing, lines if theirs.body != mine.body else [], meanwhile)


def told(name, value):
    if not value:
        return "none"
    if name == "tags":
        return ", ".join(value)
    if name == "bylines":
        authors = Author.objects.in_bulk([line.author_id for line in value])
        return ", ".join(f"{line.role} {authors.get(line.author_id, '')}".strip() for line in value)
    model = {"section_id": Section, "lead_image_id": Image}.get(name)
    return str(model.objects.filter(pk=value).first() or "none") if model else value
