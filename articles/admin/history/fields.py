"""What two versions say besides their bodies, field by field, as an editor reads it."""

from dataclasses import dataclass

from articles.models import Article, Author, Image, Section
from articles.models.articles.kinds import Kind
from articles.publishing.article.content.content import LEAD

LABELS = {
    "headline": "Headline",
    "kicker": "Kicker",
    "standfirst": "Standfirst",
    "section_id": "Section",
    "tags": "Tags",
    "bylines": "Bylines",
    "lead_image_id": "Lead picture",
    "lead_alt": "Alt text of the lead picture",
    "lead_caption": "Caption of the lead picture",
    "lead_credit": "Credit of the lead picture",
    "slug": "Last word of the address",
    "language": "Language",
    "direction": "Direction",
    "kind": "Kind",
    "reviewed": "What is reviewed",
    "rating": "Rating",
    "search_title": "Title in results",
    "search_description": "Description",
    "canonical_url": "First published at",
    "noindex": "Not in search engines",
    "pinned": "Related articles",
    "meant": "Meant as written",
}


@dataclass(frozen=True)
class Difference:
    name: str
    label: str
    old: str
    new: str


def differences(old, new):
    """Of two contents, all fields but the body."""
    return [
        Difference(name, label, in_words(name, getattr(old, name)), in_words(name, getattr(new, name)))
        for name, label in LABELS.items()
        if getattr(old, name) != getattr(new, name)
    ]


def labels_of(names):
    return [LABELS.get(name, "Text") for name in names]


def in_words(name, value):
    if value is None and name in LEAD[1:]:
        return "as in the library"
    if name == "noindex":
        return "yes" if value else "no"
    if not value:
        return "none"
    if name == "kind":
        return dict(Kind.choices).get(value, value)
    if name == "rating":
        return f"{value} of 5"
    if name == "tags":
        return ", ".join(value)
    if name == "pinned":
        articles = Article.including_bin.in_bulk(value)
        return "; ".join(str(articles.get(number, "one that is gone")) for number in value)
    if name == "bylines":
        authors = Author.objects.in_bulk([line.author_id for line in value])
        return ", ".join(
            f"{line.role} {authors.get(line.author_id, 'somebody who is gone')}".strip() for line in value
        )
    model = {"section_id": Section, "lead_image_id": Image}.get(name)
    return str(model.objects.filter(pk=value).first() or "one that is gone") if model else value
