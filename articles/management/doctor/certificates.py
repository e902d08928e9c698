"""The certificates that nginx has for the host of SITE_URL."""

import datetime
import os
import re
import shutil
import subprocess
from pathlib import Path

from django.utils import timezone

from articles.conf import paper

from .finding import unwise, wrong

CONFIGURATION = Path("/etc/nginx")
# certbot renews 30 days before the end. Whoever has fewer left has something that does not work.
SOON = datetime.timedelta(days=14)
NAMED = re.compile(r"^\s*(ssl_certificate(?:_key)?)\s+([^;\s$]+)\s*;", re.MULTILINE)


def certificates(folder=CONFIGURATION):
    if not paper().url.startswith("https:") or not folder.is_dir():
        return
    named = list(files_named(folder))
    for path in (path for word, path in named if word == "ssl_certificate_key"):
        if is_readable_by_all(path):
            yield wrong(f"{path} is a private key, and everybody can read it; run: chmod 600 {path}")
    found = [path for word, path in named if word == "ssl_certificate"]
    if not found:
        return
    program = shutil.which("openssl")
    if not program:
        yield unwise("Certificates were not looked at: openssl is not installed (apt install openssl).")
        return
    there = [path for path in found if may_read(path)]
    hidden = [path for path in found if path not in there and is_hidden(path)]
    for path in hidden:
        # As certbot keeps them: in a folder that is root's alone.
        yield unwise(
            f"This user can't read the certificate {path}, so nobody has looked when it ends; run: "
            "sudo certbot certificates"
        )
    ours = [path for path in there if is_for(program, path, paper().host)]
    if not ours and not hidden:
        yield wrong(
            f"No certificate of {folder} that can be read is for {paper().host}; browsers would warn "
            "their readers."
        )
    for path in ours:
        yield from end_of(program, path)


def files_named(folder):
    for file in sorted({*folder.rglob("*.conf"), *folder.glob("sites-enabled/*"), *folder.glob("conf.d/*")}):
        if file.is_file() and may_read(file):
            for word, path in NAMED.findall(file.read_text(errors="replace")):
                yield word, folder / path.strip("\"'")


def is_readable_by_all(path):
    try:
        return bool(path.stat().st_mode & 0o004)
    except OSError:
        return False


def may_read(path):
    return os.access(path, os.R_OK, effective_ids=True)


def is_hidden(path):
    """Whether it may be there, and this user is not let near it."""
    try:
        return path.exists()
    except PermissionError:
        return True


def is_for(program, path, host):
    return "does match" in asked(program, path, "-checkhost", host)


def end_of(program, path):
    said = asked(program, path, "-enddate", "-dateopt", "iso_8601") or asked(program, path, "-enddate")
    end = read_date(said.partition("=")[2].strip())
    left = end - timezone.now()
    if left < datetime.timedelta():
        yield wrong(
            f"The certificate {path} is no longer valid since {end:%d %B %Y}; renew it: certbot renew",
            trouble=f"certificate {path}",
        )
    elif left < SOON:
        yield wrong(
            f"The certificate {path} is valid for {left.days} days only, so it was not renewed by itself; "
            "look at why: certbot renew",
            trouble=f"certificate {path}",
        )


def read_date(text):
    """Like “2026-12-30 12:00:00Z”, or as older versions say it, “Dec 30 12:00:00 2026 GMT”."""
    for form in ("%Y-%m-%d %H:%M:%SZ", "%b %d %H:%M:%S %Y %Z"):
        try:
            return datetime.datetime.strptime(text, form).replace(tzinfo=datetime.UTC)
        except ValueError:
            continue
    raise ValueError(text)


def asked(program, path, *question):
    command = [program, "x509", "-noout", "-in", path, *question]
    return subprocess.run(command, capture_output=True, text=True).stdout  # noqa: S603 - no shell, and files of nginx
