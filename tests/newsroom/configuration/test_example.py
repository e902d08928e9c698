""".env.example names every setting that is read, and says of each what holds without it."""

import os
import re
import runpy

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.newsroom.test_documented import read_by_settings
from tests.servers.application import ROOT

EXAMPLE = (ROOT / ".env.example").read_text()
LINE = re.compile(r"^((?:# as:.*\n)?)#([A-Z_]+)=(.*)$", re.MULTILINE)
DEFAULTS = {name: value for marked, name, value in LINE.findall(EXAMPLE) if not marked}
EXAMPLES = {name: value for marked, name, value in LINE.findall(EXAMPLE) if marked}
# Files of the operator's, which are looked for.
FILES = {"NEWSROOM_ICON", "ROBOTS_TXT", "ADS_TXT", "HUMANS_TXT"}
# What anybody can know must not be a secret: the example is empty.
SECRET = {
    "SECRET_KEY": "k3yG-mVb2Qx9rT7wZ1nL5pD8sF4hJ6cA0eU-iO_yXqW2zR9tB7vN",
    "EMAIL_HOST_PASSWORD": "x",
    "PICTURES_KEY_ID": "x",
    "PICTURES_SECRET": "x",
    "BACKUP_KEY_ID": "x",
    "BACKUP_SECRET": "x",
    "PRESS_PURGE_TOKEN": "x",
    "PICTURES_PURGE_TOKEN": "x",
    "SENTRY_DSN": "https://key@sentry.example.org/1",
    "OIDC_CLIENT_SECRET": "x",
    "METRICS_TOKEN": "a-token-of-thirty-characters-or-so",
    "ALARM_WEBHOOK": "https://chat.example.org/hooks/x",
}


@pytest.fixture
def settings_with(tmp_path, monkeypatch):
    """What the settings are, apart from functions and modules, if .env says so."""
    (tmp_path / "newsroom").mkdir()
    copy = tmp_path / "newsroom" / "settings.py"
    copy.write_text((ROOT / "newsroom" / "settings.py").read_text())

    def settings_with(values):
        monkeypatch.setattr(os, "environ", {"PATH": os.environ["PATH"]})
        (tmp_path / ".env").write_text("".join(f"{name}={value!r}\n" for name, value in values.items()))
        found = runpy.run_path(str(copy))
        kinds = (str, int, bool, dict, list, tuple, frozenset, type(None), type(tmp_path))
        return {name: value for name, value in found.items() if name.isupper() and isinstance(value, kinds)}

    return settings_with


class TestExample:
    def test_names_exactly_what_is_read(self):
        named = [name for _, name, _ in LINE.findall(EXAMPLE)]
        assert sorted(named) == sorted(read_by_settings())

    def test_says_nothing_as_it_is(self):
        assert not re.findall(r"^[^#\n]", EXAMPLE, re.MULTILINE)

    def test_has_no_secret_in_it(self):
        assert {name for name, value in EXAMPLES.items() if not value} == set(SECRET)

    @pytest.mark.parametrize("name", sorted(DEFAULTS))
    def test_says_what_holds_without_the_line(self, settings_with, name):
        without, with_it = settings_with({}), settings_with({name: DEFAULTS[name]})
        assert with_it.pop("SAID_IN_FILE") == {name}
        assert not without.pop("SAID_IN_FILE")
        assert with_it == without

    def test_says_only_what_would_be_taken(self, settings_with):
        with pytest.raises(ImproperlyConfigured) as refused:
            settings_with({**DEFAULTS, **EXAMPLES, **SECRET})
        mistakes = str(refused.value).split("\n - ")[1:]
        assert {mistake.split()[0] for mistake in mistakes} == FILES
