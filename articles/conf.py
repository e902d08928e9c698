"""The one place that reads our own settings."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings


@dataclass(frozen=True)
class Paper:
    """What the newsroom is called and where it stands."""

    name: str
    tagline: str
    url: str
    language: str

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""


def paper() -> Paper:
    said = settings.NEWSROOM
    return Paper(name=said["NAME"], tagline=said["TAGLINE"], url=said["URL"], language=said["LANGUAGE"])


def languages() -> list[tuple[str, str]]:
    return list(settings.LANGUAGES)
