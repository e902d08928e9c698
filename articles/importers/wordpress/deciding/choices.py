"""What the operator decides about terms, people and texts. states.Options says which items are taken over."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Choices:
    """`users` has the login of a user here by the folded login of a person there."""

    # Of a text or headline in several languages this one is taken; empty for the first.
    language: str = ""
    # Whether sections and tags are made that no article has.
    with_empty_terms: bool = False
    # Whether the further categories of an article become tags.
    extra_categories_as_tags: bool = True
    # Other taxonomies whose terms become tags.
    taxonomies: frozenset[str] = frozenset()
    # The words of the old addresses of categories and tags; empty if a plugin has taken them away.
    category_base: str = "category"
    tag_base: str = "tag"
    users: Mapping[str, str] = field(default_factory=dict)
    # Whether the picture that stands above the text is also shown at its beginning, if it was there.
    keep_duplicate_lead: bool = False
    # Whether meta values that are not taken over are written to a file.
    keep_meta: bool = False
