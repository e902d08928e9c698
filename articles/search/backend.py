"""The interface that both databases have for an index: postgres.py and sqlite.py."""

from collections.abc import Collection, Iterable
from typing import NamedTuple, Protocol

from .documents import Document
from .question import Question
from .time_limit import TimeLimit

# The mark that every document has, for questions that name nothing else.
ANY = "@"


class Hit(NamedTuple):
    """`rank` says how well the article fits, the higher the better, and compares within one answer only."""

    key: int
    article: int
    rank: float


class Backend(Protocol):
    def put(self, documents: Iterable[Document]) -> list[Document]:
        """Store these documents, instead of what there is of the same articles, and return them."""

    def remove(self, articles: Collection[int]) -> None: ...

    def newest(self, question: Question, most: int, limit: TimeLimit) -> list[Hit]:
        """The newest that fit, unranked, the newest first. TookTooLong, as of ranked()."""

    def ranked(self, question: Question, most: int, most_headlines: int, limit: TimeLimit) -> list[Hit]:
        """The newest that fit, in no order. If there are more than `most`, also the newest of those that
        have all words in the headline, which may be older."""
