"""ARTICLES_MUST_HAVE: what an article should have, and at this paper must have before it is published."""

from environs import ValidationError

# As in articles/publishing/article/advice/all.py, which needs the database.
SHOULDS = (
    "headline_length",
    "title_length",
    "standfirst",
    "description",
    "tags",
    "lead_picture",
    "credit",
    "rights",
    "picture_size",
    "headings",
    "long_sentences",
    "long_paragraphs",
    "places",
)


def parse_musts(text):
    names = [name for part in text.split(",") if (name := part.strip().lower())]
    if wrong := [name for name in names if name not in SHOULDS]:
        raise ValidationError(
            f"holds {', '.join(map(repr, wrong))}; write names of this list, with commas between them: "
            f"{', '.join(SHOULDS)}."
        )
    return frozenset(names)
