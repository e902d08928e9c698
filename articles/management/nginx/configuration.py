"""What nginx needs of us, as files in var/nginx: configuration, headers of our pages, a page of its own."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import validate_host
from django.test import RequestFactory

from articles.conf import (
    counts_reads,
    log_of_reads,
    log_of_requests,
    metrics_settings,
    paper,
    picture_store,
    press_settings,
    project_folder,
    var_folder,
)
from articles.documents import KINDS as DOCUMENTS
from articles.documents import SHAPE, SHOWN
from articles.http.caching import ALWAYS_ASKED, with_charset
from articles.http.content_policy import HEADER, OF_DOCUMENTS, OF_EMBEDS, OF_FILES, OF_PAGES
from articles.http.robot_names import PATTERN
from articles.middleware.headers import security_headers
from articles.models.addresses.paths import ASKED_AFRESH, BREAKING
from articles.press.serve.counted_requests import KINDS
from articles.press.shelf.addresses import SHAPES
from articles.press.shelf.interface import CONTENT_TYPES
from articles.views.errors import RETRY_AFTER, away
from articles.whole_files import write_whole

from .blocks import (
    CHALLENGES,
    COUNTED,
    OTHER_NAME,
    PICTURE_STORE,
    PICTURES_IN_STORE,
    PICTURES_ON_DISK,
    READS,
    REDIRECT,
)
from .server import Server, check_words, read_server

# What the operator said, kept beside what was made of it.
SAID = "server.json"
RELOAD = "nginx -t && nginx -s reload"
TEMPLATE = "docs/operating/nginx.conf"
# For TLS 1.2, as Mozilla's intermediate configuration has them; those of TLS 1.3 are all good.
CIPHERS = (
    *("ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-RSA-AES128-GCM-SHA256"),
    *("ECDHE-ECDSA-AES256-GCM-SHA384", "ECDHE-RSA-AES256-GCM-SHA384"),
    *("ECDHE-ECDSA-CHACHA20-POLY1305", "ECDHE-RSA-CHACHA20-POLY1305"),
)
# Of the headers of pages, those that mean something for a picture or a style sheet.
NAMES_FOR_FILES = (
    HEADER,
    "X-Content-Type-Options",
    "Referrer-Policy",
    "Cross-Origin-Opener-Policy",
    "Strict-Transport-Security",
)
# A word of an address, as nginx sees it: the bytes outside ASCII are those of letters.
WORD = r"[A-Za-z0-9_\x80-\xff-]{1,240}"


def folder() -> Path:
    return var_folder() / "nginx"


def write_files(server: Server) -> Path:
    """Write all of them; answers the path of the configuration."""
    check_words([folder(), press_settings().shelf, settings.STATIC_ROOT, settings.MEDIA_ROOT, server.log])
    check_words(server.certificate or ())
    for name, text in files(server).items():
        write_whole(folder() / name, text)
    write_whole(folder() / SAID, server.as_json())
    return folder() / "newsroom.conf"


def files(server: Server) -> dict[str, str]:
    return {
        "page-headers.conf": page_headers(),
        "file-headers.conf": file_headers(OF_FILES),
        "document-headers.conf": file_headers(OF_DOCUMENTS),
        "away-headers.conf": away_headers(),
        "newsroom-away.html": away_page(),
        "newsroom.conf": configuration(server),
    }


def nginx_advice() -> Iterator[str]:
    """A sentence if nginx was told something that settings or another version say otherwise by now."""
    if not (folder() / "newsroom.conf").exists():
        return
    server = read_server(folder() / SAID)
    if not server:
        yield f"nginx's files in {folder()} are another version's; run: python manage.py nginx … and {RELOAD}"
        return
    changed = [name for name, text in files(server).items() if not is_so(folder() / name, text)]
    if changed:
        yield (
            f"nginx's files in {folder()} do not fit the settings or this version any more "
            f"({', '.join(changed)}); run: {server.command()} and {RELOAD}"
        )


def is_so(file: Path, text: str) -> bool:
    return file.exists() and file.read_text() == text


def configuration(server: Server) -> str:
    words = {
        "REDIRECT": REDIRECT if server.certificate else "",
        "OTHER_NAME": OTHER_NAME if other_host() else "",
        "OTHER_HOST": other_host(),
        "URL": paper().url,
        "CHALLENGES": CHALLENGES,
        "APPLICATION": server.application,
        "LISTEN_DEFAULT": server.directives(" default_server"),
        "LISTEN_PLAIN": server.plain_directives() if server.certificate else "",
        "LISTEN": server.directives(),
        "PORT": port_of_https(),
        "TLS": tls(server),
        "HOSTS": " ".join(hosts()),
        "PROTO": "$scheme" if server.certificate else urlsplit(paper().url).scheme,
        "BROTLI": "brotli_static on;" if server.brotli else "",
        "NO_BROTLI": "brotli_static off;" if server.brotli else "",
        "CACHE_CONTROL": press_settings().cache_control,
        "BREAKING": re.escape(BREAKING),
        "ALWAYS_ASKED": ALWAYS_ASKED,
        "POLICY_OF_PAGES": OF_PAGES,
        "FRAMING": settings.X_FRAME_OPTIONS,
        "POLICY_OF_EMBEDS": OF_EMBEDS,
        "POLICY_OF_FILES": OF_FILES,
        **what_is_printed(),
        **what_documents_are(),
        "SHELF": press_settings().shelf,
        "STATIC": settings.STATIC_ROOT,
        **where_pictures_are(),
        "MEDIA": settings.MEDIA_ROOT,
        "FOLDER": folder(),
        "LOG_LINE": log_lines(server.log),
        "COUNTED": counted() if metrics_settings().is_on else "",
        "READS": READS.replace("@LOG@", str(log_of_reads())) if counts_reads() else "",
        "ROBOTS": PATTERN,
    }
    text = (project_folder() / TEMPLATE).read_text()
    for name, value in words.items():
        text = text.replace(f"@{name}@", str(value))
    # A line whose word was empty goes.
    return re.sub(r"\n[ \t]+(?=\n)", "", text)


def what_is_printed() -> dict[str, str]:
    """The addresses, content types and files of printed pages, from the tables of the shelf."""
    kinds = CONTENT_TYPES.items()
    # nginx names the charset of HTML by itself.
    texts = [name for name in CONTENT_TYPES if with_charset(name) != name and name != "text/html"]
    return {
        "NEVER_PRINTED": "|".join(sorted(ASKED_AFRESH)),
        "SHAPES": on_lines(4, [f'"~^{shape.replace("WORD", WORD)}$" pages;' for shape in SHAPES]),
        "TYPES": on_lines(8, [f"{content_type} {ending};" for content_type, ending in kinds]),
        "TEXTS": " ".join(texts),
        "FILES": on_lines(12, [f"/$newsroom_tree$uri/index.{ending}" for _, ending in kinds]),
    }


def where_pictures_are() -> dict[str, str]:
    store = picture_store()
    if store is None:
        return {"PICTURES": PICTURES_ON_DISK, "PICTURE_STORE": ""}
    words = {
        "SERVER": store.server,
        "SCHEME": store.scheme,
        "BUCKET": store.bucket,
        "HOST": store.host,
        "NAME": store.name,
    }
    filled = {"PICTURES": PICTURES_IN_STORE, "PICTURE_STORE": PICTURE_STORE}
    for word, value in words.items():
        filled = {name: text.replace(f"@{word}@", value) for name, text in filled.items()}
    return filled


def what_documents_are() -> dict[str, str]:
    """The addresses and content types of documents, and those that browsers may show."""
    types = [f"{kind.media_type} {kind.ending};" for kind in DOCUMENTS.values()]
    return {
        "DOCUMENT": SHAPE.replace("(?P<ending>", "(?:"),
        "DOCUMENT_TYPES": on_lines(12, types),
        "SHOWN": "|".join(SHOWN),
    }


def on_lines(indent: int, lines: list[str]) -> str:
    return f"\n{' ' * indent}".join(lines)


def log_lines(log: str) -> str:
    """“Off” would take back every other log of the same server."""
    lines = [] if log == "off" else [f'access_log "{log}" newsroom if=$newsroom_logged;']
    if metrics_settings().is_on:
        lines.append(f'access_log "{log_of_requests()}" newsroom_counted buffer=32k flush=5s;')
    return on_lines(4, lines or ["access_log off;"])


def counted() -> str:
    """The same kinds as the application server counts."""
    kinds = [f'"~^{begin}" {kind};' for begin, kind in KINDS.items()]
    return COUNTED.replace("@KINDS@", on_lines(4, [*kinds, '"~^/sitemap" sitemap;', '"~/feed/" feed;']))


def tls(server: Server) -> str:
    if not server.certificate:
        return ""
    certificate, key = server.certificate
    return (
        f'ssl_certificate "{certificate}"; ssl_certificate_key "{key}"; ssl_protocols TLSv1.2 TLSv1.3;'
        f" ssl_ciphers {':'.join(CIPHERS)};"
    )


def port_of_https() -> str:
    """What follows the host in readers' address, if it is another than https has by itself."""
    found = urlsplit(paper().url)
    return f":{found.port}" if found.scheme == "https" and found.port else ""


def hosts() -> list[str]:
    """A leading dot means all below, to Django and to nginx alike."""
    return list(dict.fromkeys([paper().host, *settings.ALLOWED_HOSTS]))


def other_host() -> str:
    """The name with www, or without it if readers' address has it; empty if that is served anyway."""
    host = paper().host
    other = host.removeprefix("www.") if host.startswith("www.") else f"www.{host}"
    is_name = "." in host and not host.replace(".", "").isdigit() and ":" not in host
    return other if is_name and not validate_host(other, hosts()) else ""


def page_headers() -> str:
    """Some headers differ from page to page. nginx sends none of which the value is empty."""
    cache = [("Cache-Control", "$newsroom_lifetime"), ("Vary", "Accept-Encoding")]
    by_page = {"X-Frame-Options": "$newsroom_framing"}
    headers = [(name, by_page.get(name, value)) for name, value in security_headers("$newsroom_policy")]
    return as_lines([*cache, *headers, ("X-Robots-Tag", "$newsroom_robots")])


def file_headers(policy: str) -> str:
    return as_lines(pair for pair in security_headers(policy) if pair[0] in NAMES_FOR_FILES)


def away_headers() -> str:
    headers = [("Cache-Control", "no-store"), ("Retry-After", str(RETRY_AFTER)), *security_headers(OF_PAGES)]
    return as_lines(headers)


def away_page() -> str:
    """Asks the database nothing, so that it can be made before there is one."""
    request = RequestFactory(HTTP_HOST=paper().host).get("/")
    return away(request).content.decode()


def as_lines(headers) -> str:
    return "".join(f'add_header {name} "{value}" always;\n' for name, value in headers)
