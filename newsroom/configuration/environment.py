"""What the operator says in the environment and in .env, read once and judged as a whole.

Nothing set at all means: a newsroom on this computer, reachable as localhost only. Its secret is made
once and kept under var/. As soon as SITE_URL names a host that others can reach, everything that such a
site needs must be set. What is missing, wrong, unreadable or misspelt is named in one message, and the
site does not start.
"""

import difflib
import os
import re
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError, ValidationError, validate

from newsroom.configuration import dotenv_file

from .picture_store import store_mistakes
from .site_address import address_mistakes, is_local

# A line break, or a byte that is no UTF-8, belongs into no setting and does harm in a header or a page.
UNFIT = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
# Other programs have variables in the environment too. Only a long name that differs from one of ours by a
# letter or two is taken for a misspelt one there.
LONG, ALIKE = 7, 0.87
# What must not stand in a backup that anybody can read. Addresses are among them that may have a key in them.
SECRETS = frozenset(
    {
        *("SECRET_KEY", "DATABASE_URL", "EMAIL_HOST_PASSWORD", "PICTURES_KEY_ID", "PICTURES_SECRET"),
        *("PRESS_PURGE_API", "PRESS_PURGE_TOKEN", "PICTURES_PURGE_API", "PICTURES_PURGE_TOKEN"),
        *("WEBSUB_HUB", "INDEXNOW_KEY", "INDEXNOW_ADDRESS"),
        *("ALARM_WEBHOOK", "METRICS_TOKEN", "SENTRY_DSN", "OIDC_CLIENT_SECRET"),
        *("BACKUP_KEY_ID", "BACKUP_SECRET"),
    }
)
# Browsers' preload list takes no shorter promise.
PRELOAD_DAYS = 365


class Said:
    """The environment and .env, read with types; the environment wins. What can't be used stands at its
    default until refuse_mistakes() names it, together with everything else."""

    def __init__(self, file):
        self.env = Env()
        self.names = set()
        self.written = dotenv_file.read(file)
        self.mistakes = self.written.mistakes
        self.from_file = frozenset(self.written.values.keys() - os.environ.keys())
        for name in self.from_file:
            os.environ[name] = self.written.values[name]

    def read(self, kind, name, default, *, write="", **options):
        """`kind` is one of environs' types. `write` says what to write instead; where it is empty, the
        validator's own message does."""
        self.names.add(name)
        said = os.environ.get(name, "")
        if UNFIT.search(said):
            self.mistakes.append(
                f"{name} holds a line break or another character that cannot be shown; write it on one line, "
                "with a quote at both ends or at none."
            )
            return default
        try:
            return getattr(self.env, kind)(name, default, **options)
        except EnvError as error:
            sentence = f"is {said!r}; write {write}." if write else error.error_messages[0]
            self.mistakes.append(f"{name} {sentence}")
            return default

    def text(self, name, default, *, check=None):
        """`check` raises ValidationError with the rest of a sentence that begins with the name."""
        return self.read("str", name, default, validate=check)

    def parsed(self, name, default, parse):
        """What `parse` makes of the text. It raises ValidationError as `check` does."""
        said = self.text(name, None, check=parse)
        return default if said is None else parse(said)

    def matching(self, name, default, pattern, *, write):
        return self.read("str", name, default, validate=validate.Regexp(pattern), write=write)

    def one_of(self, name, default, known, *, write):
        return self.read("str", name, default, validate=validate.OneOf(known), write=write)

    def switch(self, name, default):
        return self.read("bool", name, default, write="on or off")

    def number(self, name, default, *, lowest, highest):
        write = f"a whole number from {lowest} to {highest}"
        return self.read("int", name, default, validate=validate.Range(lowest, highest), write=write)

    def folder(self, name, default, *, base):
        """A relative one begins at `base`, wherever a command is given."""
        write = "a folder's whole path, like /srv/newsroom/var"
        return base / self.read("path", name, default, validate=check_folder, write=write)

    def misspelt(self):
        """A sentence for each name that nothing reads but that one of ours was meant by."""
        for name, line in self.written.lines.items():
            if name not in self.names:
                near = nearest(name, self.names, alike=0.6)
                instead = (
                    f"write {near}" if near else "take it out; docs/operating/settings.md lists all settings"
                )
                yield f"{name}, in line {line} of .env, is no setting; {instead}."
        for name in sorted(set(os.environ) - self.names - set(self.written.lines)):
            near = nearest(name, self.names - set(os.environ), alike=ALIKE)
            if near and len(name) >= LONG:
                yield f"{name} is set in the environment and is no setting; write {near}, or unset it."


def nearest(name, names, *, alike):
    spelt = name.upper().replace("-", "_")
    return next(iter(difflib.get_close_matches(spelt, sorted(names), n=1, cutoff=alike)), None)


def check_folder(path):
    if path == Path() or path.parts[0].startswith("~"):
        raise ValidationError("An empty path would be the folder of the moment, and only a shell knows ~.")


def public_mistakes(*, site_url, secret_key, debug):
    """What only a site that others can reach has to care about."""
    if is_local(site_url):
        return
    if not secret_key:
        yield (
            "SECRET_KEY is not set; make one with: "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'."
        )
    elif len(secret_key) < 50 or len(set(secret_key)) < 5:
        yield "SECRET_KEY is too weak; it takes at least 50 characters, made at random."
    if debug:
        yield "DEBUG is on while SITE_URL names a public host; readers would see its insides. Unset it."
    if site_url.startswith("http:"):
        yield (
            f"SITE_URL is {site_url!r}, and without https the editors' logins travel readable; "
            f"write {site_url.replace('http:', 'https:', 1)}."
        )


def preload_mistakes(*, days, subdomains, preload):
    if preload and not (subdomains and days >= PRELOAD_DAYS):
        yield (
            "HSTS_PRELOAD is on, and browsers' list also asks for HSTS_SUBDOMAINS=on and "
            f"HSTS_DAYS={PRELOAD_DAYS} or more; write both, or take it out."
        )


def refuse_mistakes(said, *others, site_url, hosts, secret_key, debug, hsts, pictures):
    """`others` are sentences, too. `hsts`: the days that browsers stay with https, whether subdomains are
    meant, whether lists are."""
    days, subdomains, preload = hsts
    found = [
        *said.mistakes,
        *others,
        *address_mistakes(site_url, hosts),
        *public_mistakes(site_url=site_url, secret_key=secret_key, debug=debug),
        *preload_mistakes(days=days, subdomains=subdomains, preload=preload),
        *store_mistakes(pictures),
        *said.misspelt(),
    ]
    if found:
        raise ImproperlyConfigured(
            "\n".join(["the settings have to be corrected first.", *(f" - {m}" for m in found)])
        )
