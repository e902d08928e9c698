"""If-Match: every act names what its sender has seen, so that nobody undoes what others have decided
unknowingly."""

from django.http import HttpRequest

from articles.api.errors import Unable
from articles.models import Article
from articles.publishing.article.merging.older_forms import meanwhile, token_of

WANTED = "Send the header If-Match with the ETag of the article as you have seen it."
UNKNOWN = "This is not the ETag of the article as it is now; read it again."


def etag_of(article: Article) -> str:
    return f'"{token_of(article)}"'


def seen_in(request: HttpRequest) -> str:
    """The ETag that the sender has seen, without its quotation marks. “Any” is none."""
    said = request.headers.get("If-Match", "").strip().removeprefix("W/")
    seen = said.strip('"')
    if not seen or seen == "*":
        raise Unable(428, WANTED)
    return seen


def refuse_older(article: Article, seen: str) -> None:
    """412 with who has done what meanwhile. The caller has locked the article."""
    if seen != token_of(article):
        raise Unable(412, meanwhile(article, seen) or UNKNOWN, headers={"ETag": etag_of(article)})
