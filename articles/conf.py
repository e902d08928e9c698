"""The one place that reads our own settings."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from django.conf import settings


@dataclass(frozen=True)
class Paper:
    """The name and the address of the newspaper."""

    name: str
    tagline: str
    url: str
    language: str

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""


def paper() -> Paper:
    values = settings.NEWSROOM
    return Paper(
        name=values["NAME"], tagline=values["TAGLINE"], url=values["URL"], language=values["LANGUAGE"]
    )


def absolute(path: str) -> str:
    """The whole address of a path of the site."""
    return paper().url + path


def media() -> str:
    """The whole address of the pictures' folder; settings may name another host for it."""
    return urljoin(f"{paper().url}/", settings.PICTURES_URL)


def pictures_host() -> str:
    """The host from which pages load their pictures, as https://pictures.example.org; empty if it is the
    site's own."""
    found = urlsplit(settings.PICTURES_URL)
    return f"{found.scheme}://{found.netloc}" if found.netloc else ""


@dataclass(frozen=True)
class PictureStore:
    """The store from which a web server in front reads pictures, and the bucket of renditions."""

    endpoint: str
    bucket: str

    @property
    def scheme(self) -> str:
        return urlsplit(self.endpoint).scheme

    @property
    def host(self) -> str:
        """As requests name it."""
        return urlsplit(self.endpoint).netloc

    @property
    def name(self) -> str:
        return urlsplit(self.endpoint).hostname or ""

    @property
    def server(self) -> str:
        """With its port."""
        found = urlsplit(self.endpoint)
        return found.netloc if found.port else f"{found.netloc}:{443 if found.scheme == 'https' else 80}"


def picture_store() -> PictureStore | None:
    """None if pictures are kept on the disk."""
    values = settings.PICTURE_STORE
    if not values["BUCKET"]:
        return None
    region = values["REGION"] or "us-east-1"
    return PictureStore(values["ENDPOINT"] or f"https://s3.{region}.amazonaws.com", values["BUCKET"])


def take_address(url: str) -> None:
    """Set the address of the site for this process, whatever its environment says."""
    settings.NEWSROOM = {**settings.NEWSROOM, "URL": url}


def second_factor_for() -> frozenset[str]:
    """The names of groups whose members must have a second factor; “everybody” is all of the desk."""
    return settings.SECOND_FACTOR_FOR


@dataclass(frozen=True)
class SingleSignOn:
    """The provider with which people of the desk may log in (OpenID Connect)."""

    issuer: str
    client_id: str
    client_secret: str
    name: str
    # Of its values of acr and amr, those that say that it has asked for a second factor.
    second_factor: frozenset[str]
    # Its groups → ours; empty if it says nothing of those.
    groups: dict[str, str]
    groups_claim: str


def single_sign_on() -> SingleSignOn | None:
    """None if there is no provider."""
    values = settings.OIDC
    if not values["OIDC_ISSUER"]:
        return None
    return SingleSignOn(
        issuer=values["OIDC_ISSUER"],
        client_id=values["OIDC_CLIENT_ID"],
        client_secret=values["OIDC_CLIENT_SECRET"],
        name=values["OIDC_NAME"] or urlsplit(values["OIDC_ISSUER"]).hostname or "",
        second_factor=values["OIDC_SECOND_FACTOR"],
        groups=values["OIDC_GROUPS"],
        groups_claim=values["OIDC_GROUPS_CLAIM"],
    )


def log_in_days() -> int:
    """After which a log-in ends, however often it is used; 0 is never."""
    return settings.LOG_IN_DAYS


def audit_days() -> int:
    """For how long the audit log is kept; 0 is for ever."""
    return settings.AUDIT_DAYS


def languages() -> list[tuple[str, str]]:
    return list(settings.LANGUAGES)


def project_folder() -> Path:
    """The folder of manage.py."""
    return settings.BASE_DIR


def environment_as_given() -> dict[str, str]:
    """The environment without what .env says. What is started with it reads .env itself, as it is then."""
    return {name: value for name, value in os.environ.items() if name not in settings.SAID_IN_FILE}


def var_folder() -> Path:
    """Holds everything that the running site writes, unless settings move a part of it."""
    return settings.VAR_DIR


def folders_written_to() -> list[Path]:
    return list(dict.fromkeys([settings.VAR_DIR, Path(settings.MEDIA_ROOT)]))


def server() -> str:
    """What an application server loads, as "module:name"."""
    module, _, name = settings.WSGI_APPLICATION.rpartition(".")
    return f"{module}:{name}"


def port() -> int:
    return settings.PORT


def is_behind_proxy() -> bool:
    """Whether a server in front says whose requests it hands on."""
    return settings.BEHIND_PROXY


def threads() -> int:
    """How many requests a worker of the server answers at once."""
    return settings.THREADS


@dataclass(frozen=True)
class SiteFiles:
    """What the operator says in the files that machines ask every site for; None and () where nothing is
    said. `robots` is added to what we say ourselves."""

    icon: Path | None
    robots: Path | None
    ads: Path | None
    humans: Path | None
    security_contacts: tuple[str, ...]
    security_policy: str


def site_files() -> SiteFiles:
    values = settings.SITE_FILES
    return SiteFiles(
        icon=values["ICON"],
        robots=values["ROBOTS"],
        ads=values["ADS"],
        humans=values["HUMANS"],
        security_contacts=tuple(values["SECURITY_CONTACTS"]),
        security_policy=values["SECURITY_POLICY"],
    )


@dataclass(frozen=True)
class TellingSettings:
    """Who is told of changes. hub: the WebSub hub that hands feeds on; empty for none. indexnow_key: empty
    if search engines are told nothing."""

    hub: str
    indexnow_key: str
    indexnow_address: str


def telling_settings() -> TellingSettings:
    values = settings.TELLING
    return TellingSettings(
        hub=values["HUB"],
        indexnow_key=values["INDEXNOW_KEY"],
        indexnow_address=values["INDEXNOW_ADDRESS"],
    )


@dataclass(frozen=True)
class AlarmSettings:
    """Who is told when something is wrong: e-mail addresses, and an address that takes a POST."""

    email: tuple[str, ...]
    webhook: str


def alarm_settings() -> AlarmSettings:
    return AlarmSettings(email=tuple(settings.ALARMS["EMAIL"]), webhook=settings.ALARMS["WEBHOOK"])


@dataclass(frozen=True)
class MetricsSettings:
    """Where this host tells its numbers, and to whom. host: empty if it tells nobody."""

    host: str
    port: int
    token: str

    @property
    def is_on(self) -> bool:
        return bool(self.host)


def metrics_settings() -> MetricsSettings:
    host, port = settings.METRICS["ADDRESS"] or ("", 0)
    return MetricsSettings(host, port, settings.METRICS["TOKEN"])


def policies() -> dict[str, str]:
    """schema.org's name of a policy of the paper → the whole address of the page that has it."""
    return {name: absolute(path) for name, path in settings.POLICIES.items()}


def shoulds_that_are_musts() -> frozenset[str]:
    """Names of what an article need not have, but must at this paper."""
    return settings.ARTICLES_MUST_HAVE


def ended_pictures_leave() -> bool:
    """Whether pictures leave readers' pages when their licence ends."""
    return settings.ENDED_PICTURES_LEAVE


def counts_reads() -> bool:
    """Whether it is counted how often articles are opened, so that the most read ones can be shown."""
    return settings.MOST_READ


@contextmanager
def counting_no_reads() -> Iterator[None]:
    """For pages of this process that are read where nobody counts."""
    was = settings.MOST_READ
    settings.MOST_READ = False
    try:
        yield
    finally:
        settings.MOST_READ = was


def log_of_reads() -> Path:
    """Where nginx notes the articles that were opened."""
    return var_folder() / "nginx" / "reads.log"


def log_of_requests() -> Path:
    """Where nginx notes of each request what came of it, if somebody watches its numbers."""
    return var_folder() / "nginx" / "requests.log"


@dataclass(frozen=True)
class Said:
    """What the operator has said in the environment and in .env, by names: as it was written."""

    plain: dict[str, str]
    secrets: dict[str, str]


def said() -> Said:
    found = {name: os.environ[name] for name in sorted(settings.BACKUP["VARIABLES"]) if os.environ.get(name)}
    # On a computer of one's own it is made, and nobody says it.
    found["SECRET_KEY"] = settings.SECRET_KEY
    secrets = {name: value for name, value in found.items() if name in settings.BACKUP["SECRETS"]}
    return Said(
        plain={name: value for name, value in found.items() if name not in secrets},
        secrets=secrets,
    )


def files_named_by_settings() -> dict[str, Path]:
    """By the name of the setting."""
    files = site_files()
    named = {
        "NEWSROOM_ICON": files.icon,
        "ROBOTS_TXT": files.robots,
        "ADS_TXT": files.ads,
        "HUMANS_TXT": files.humans,
    }
    return {name: path for name, path in named.items() if path}


def backup_place() -> str:
    """Where backups go if no place is named: a folder's path, or s3://bucket/folder."""
    return settings.BACKUP["STORE"] or str(settings.BACKUP["FOLDER"])


def backup_folder() -> Path | None:
    """The same, if it is a folder of this computer."""
    return None if settings.BACKUP["STORE"] else settings.BACKUP["FOLDER"]


def store_of_backups() -> dict[str, object]:
    """How the store is asked that backups go to, as options of one of Django's storages."""
    return settings.BACKUP["ACCESS"]


def media_folder() -> Path:
    return Path(settings.MEDIA_ROOT)


def fonts_folder() -> Path:
    """Where fonts for drawings are looked for, besides the one that is shipped."""
    return settings.FONTS_FOLDER


@dataclass(frozen=True)
class LargestForm:
    """What can be sent at once, files aside."""

    megabytes: int
    fields: int
    files: int


def largest_form() -> LargestForm:
    return LargestForm(
        megabytes=settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024**2,
        fields=settings.DATA_UPLOAD_MAX_NUMBER_FIELDS,
        files=settings.DATA_UPLOAD_MAX_NUMBER_FILES,
    )


@dataclass(frozen=True)
class PurgeSettings:
    """The stores in front of a host that keep copies of what it serves, and how to reach them."""

    addresses: tuple[str, ...] = ()
    api: str = ""
    token: str = ""
    pictures_host: str = ""  # like https://pictures.example.org; empty for the stores of the site itself


@dataclass(frozen=True)
class PressSettings:
    """How pages are printed and handed out."""

    shelf: Path
    embedded: bool
    cache_control: str
    memory: int  # bytes of printed pages that a web worker keeps in memory
    walk_years: int  # how far back the press goes by itself when it prints everything; 0 for all of it
    purge: tuple[PurgeSettings, ...]  # of the site, and of the host of its pictures


def press_settings() -> PressSettings:
    values = settings.PRESS
    return PressSettings(
        shelf=Path(values["SHELF"]),
        embedded=values["EMBEDDED"],
        cache_control=values["CACHE_CONTROL"],
        memory=values["MEMORY"],
        walk_years=values["WALK_YEARS"],
        purge=(
            PurgeSettings(tuple(values["PURGE_ADDRESSES"]), values["PURGE_API"], values["PURGE_TOKEN"]),
            PurgeSettings(
                tuple(values["PICTURES_PURGE_ADDRESSES"]),
                values["PICTURES_PURGE_API"],
                values["PICTURES_PURGE_TOKEN"],
                pictures_host(),
            ),
        ),
    )
