"""newsroom/settings.py itself, with an environment and a .env of the test's own."""

import contextlib
import os
import runpy
import shutil

import pytest
from django.conf import global_settings
from django.core.exceptions import ImproperlyConfigured

from tests.servers.application import ROOT

ORDINARY_USER = 65534
STRONG = "k3yG-mVb2Qx9rT7wZ1nL5pD8sF4hJ6cA0eU-iO_yXqW2zR9tB7vN"
PUBLIC = {"SITE_URL": "https://news.example.org", "SECRET_KEY": STRONG}


class Site:
    """A folder with the settings in it; beside them, what an operator wrote."""

    def __init__(self, folder):
        self.folder = folder
        self.file = folder / ".env"
        (folder / "newsroom").mkdir()
        shutil.copy(ROOT / "newsroom" / "settings.py", folder / "newsroom")

    def settings(self, text=""):
        if text:
            self.file.write_text(text)
        return runpy.run_path(str(self.folder / "newsroom" / "settings.py"))

    def mistakes(self, text=""):
        """What the one message at start names."""
        with pytest.raises(ImproperlyConfigured) as refused:
            self.settings(text)
        first, *rest = str(refused.value).split("\n - ")
        assert first == "the settings have to be corrected first."
        assert not (self.folder / "var").exists()
        return rest


@pytest.fixture
def site(tmp_path, monkeypatch):
    monkeypatch.setattr(
        os, "environ", {"PATH": os.environ["PATH"], "LANGUAGE": "en_GB:en", "OMP_THREADS": "1"}
    )
    return Site(tmp_path)


@contextlib.contextmanager
def as_an_ordinary_user(folder):
    """Root may read everything. The folders on the way are opened: those of pytest are root's alone."""
    is_root = os.geteuid() == 0
    if is_root:
        for each in (folder, *folder.parents):
            each.chmod(each.stat().st_mode | 0o011)
        os.seteuid(ORDINARY_USER)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)


class TestSettings:
    def test_need_nothing_on_ones_own_computer(self, site):
        found = site.settings()
        assert found["SITE_URL"] == "http://localhost:8000"
        assert found["DATABASES"]["default"]["NAME"] == str(site.folder / "var" / "newsroom.sqlite3")
        assert found["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
        assert found["SECRET_KEY"] == (site.folder / "var" / "secret-key.txt").read_text()
        assert found["SECURE_HSTS_SECONDS"] == 0

    def test_are_read_from_a_file(self, site):
        found = site.settings(
            "# the paper\n\nexport NEWSROOM_NAME='The ${Paper} #1'\nPORT = 9000\r\nDEBUG=yes # now\n"
        )
        assert found["NEWSROOM"]["NAME"] == "The ${Paper} #1"
        assert found["SITE_URL"] == "http://localhost:9000"
        assert found["DEBUG"] is True

    def test_are_read_from_the_environment_first(self, site):
        os.environ["PORT"] = "9001"
        assert site.settings("PORT=9000")["PORT"] == 9001

    def test_let_a_public_site_start_that_is_set_up_well(self, site):
        os.environ.update(PUBLIC)
        found = site.settings()
        assert found["ALLOWED_HOSTS"] == ["news.example.org"]
        assert found["SECRET_KEY"] == STRONG

    def test_let_a_site_keep_its_files_elsewhere(self, site):
        found = site.settings(f"VAR_DIR={site.folder}/w#1 100%\nPRESS_SHELF=shelf\n")
        assert found["DATABASES"]["default"]["NAME"] == f"{site.folder}/w#1 100%/newsroom.sqlite3"
        assert found["PRESS"]["SHELF"] == site.folder / "shelf"

    def test_take_an_address_without_the_port_that_goes_without_saying(self, site):
        os.environ.update(PUBLIC | {"SITE_URL": "https://News.Example.org:443/"})
        assert site.settings()["CSRF_TRUSTED_ORIGINS"] == ["https://news.example.org"]


class TestCookies:
    def test_of_a_public_site_belong_to_its_host_alone(self, site):
        """What browsers ask of `__Host-`: https, the path /, and no domain."""
        os.environ.update(PUBLIC)
        found = site.settings()
        for cookie in ("SESSION", "CSRF"):
            said = {
                name: found.get(
                    f"{cookie}_COOKIE_{name}", getattr(global_settings, f"{cookie}_COOKIE_{name}")
                )
                for name in ("NAME", "SECURE", "PATH", "DOMAIN", "SAMESITE")
            }
            assert said.pop("NAME").startswith("__Host-")
            assert said == {"SECURE": True, "PATH": "/", "DOMAIN": None, "SAMESITE": "Lax"}

    def test_of_ones_own_computer_need_no_https(self, site):
        found = site.settings()
        assert not found["SESSION_COOKIE_SECURE"]
        assert not {"SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME"} & set(found)


class TestHsts:
    """What browsers are told to keep to, at a public site."""

    def said(self, site, **more):
        os.environ.update(PUBLIC | more)
        found = site.settings()
        return tuple(found[f"SECURE_HSTS_{name}"] for name in ("SECONDS", "INCLUDE_SUBDOMAINS", "PRELOAD"))

    def test_binds_this_host_for_a_day(self, site):
        assert self.said(site) == (86_400, False, False)

    def test_binds_more_where_that_is_asked_for(self, site):
        more = {"HSTS_DAYS": "730", "HSTS_SUBDOMAINS": "on", "HSTS_PRELOAD": "on"}
        assert self.said(site, **more) == (63_072_000, True, True)

    def test_is_left_out_for_no_day(self, site):
        assert self.said(site, HSTS_DAYS="0") == (0, False, False)

    @pytest.mark.parametrize("more", ["HSTS_DAYS=364\nHSTS_SUBDOMAINS=on", "HSTS_DAYS=365"])
    def test_is_refused_for_the_browsers_list_where_that_would_not_take_it(self, site, more):
        (said,) = site.mistakes(f"HSTS_PRELOAD=on\n{more}")
        assert "HSTS_SUBDOMAINS=on and HSTS_DAYS=365" in said


# What stands in .env, and how the sentence about it begins. "…" is anything.
WRONG = [
    ("DEBUG=maybe", "DEBUG is 'maybe'; write on or off."),
    ("DEBUG=", "DEBUG is ''; write on or off."),
    ("BEHIND_PROXY=nginx", "BEHIND_PROXY is 'nginx'; write on or off."),
    ("PRESS_EMBEDDED=perhaps", "PRESS_EMBEDDED is 'perhaps'; write on or off."),
    ("THREADS=many", "THREADS is 'many'; write a whole number from 3 to 500."),
    ("THREADS=0", "THREADS is '0'; write a whole number from 3 to 500."),
    ("THREADS=-3", "THREADS is '-3'; write a whole number from 3 to 500."),
    ("PRESS_MEMORY_MB=-4", "PRESS_MEMORY_MB is '-4'; write a whole number from 0 to 65536."),
    ("PRESS_MEMORY_MB=32MB", "PRESS_MEMORY_MB is '32MB'; write a whole number from 0 to 65536."),
    ("PORT=0", "PORT is '0'; write a whole number from 1 to 65535."),
    ("PORT=70000", "PORT is '70000'; write a whole number from 1 to 65535."),
    ("PORT=80.5", "PORT is '80.5'; write a whole number from 1 to 65535."),
    ("HSTS_DAYS=a year", "HSTS_DAYS is 'a year'; write a whole number from 0 to 3650."),
    ("TIME_ZONE=Mars/Olympus", "TIME_ZONE is 'Mars/Olympus'; write a zone's name, like Europe/London."),
    ("LANGUAGE_CODE=en_GB", "LANGUAGE_CODE is 'en_GB'; write a language that Django knows, like en-gb."),
    ("LOG_LEVEL=loud", "LOG_LEVEL is 'loud'; write one of DEBUG, INFO, WARNING, ERROR, CRITICAL."),
    ("NEWSROOM_NAME=", "NEWSROOM_NAME is ''; write the paper's name."),
    ("VAR_DIR=", "VAR_DIR is ''; write a folder's whole path, like /srv/newsroom/var."),
    ("VAR_DIR=~/var", "VAR_DIR is '~/var'; write a folder's whole path, like /srv/newsroom/var."),
    ("PRESS_SHELF=~ana/s", "PRESS_SHELF is '~ana/s'; write a folder's whole path, like /srv/newsroom/var."),
    ("PRESS_CACHE_CONTROL=max-agee=0", "PRESS_CACHE_CONTROL is 'max-agee=0'; write what HTTP knows …"),
    ("ARTICLES_MUST_HAVE=tags,credits", "ARTICLES_MUST_HAVE holds 'credits'; write names of this list…"),
    ("PRESS_PURGE_ADDRESSES=varnish", "PRESS_PURGE_ADDRESSES holds 'varnish'; write addresses …"),
    (
        "CORRECTIONS_POLICY=about",
        "CORRECTIONS_POLICY is 'about'; write the path of one of the paper's own pages, …",
    ),
    ("MASTHEAD=//evil.example/", "MASTHEAD is '//evil.example/'; write the path of …"),
    ("ETHICS_POLICY=/about", "ETHICS_POLICY is '/about'; write the path of …"),
    ("PRESS_PURGE_API=cdn", "PRESS_PURGE_API is no address; write one like …"),
    ("PRESS_PURGE_TOKEN='a b'", "PRESS_PURGE_TOKEN holds a space …"),
    (
        "PICTURES_PURGE_ADDRESSES=https://cdn.example.org",
        "PICTURES_PURGE_ADDRESSES is set, and PICTURES_HOST is not; write the host, or use PRESS_PURGE_….",
    ),
    ("ALLOWED_HOSTS=localhost;x", "ALLOWED_HOSTS holds 'localhost;x'; write host names alone, …"),
    ("ALLOWED_HOSTS=www.example.org", "ALLOWED_HOSTS lacks SITE_URL's own host…"),
    ("DATABASE_URL=mysql://db/paper", "DATABASE_URL names no kind of database …"),
    ("DATABASE_URL=postgres://db/paper?ssl_mode=require", "DATABASE_URL has the option 'ssl_mode', …"),
    ("SITE_URL=http://localhost:8000/paper", "SITE_URL is more than the address of a host…"),
    ("SITE_URL https://x.example", "Line 1 of .env (SITE_URL …) cannot be read; write NAME=value…"),
    ("\n# a\n\nSITE_URL", "Line 4 of .env (SITE_URL …) cannot be read; write NAME=value…"),
    ("SITE_URL: https://x.example", "Line 1 of .env (SITE_URL …) cannot be read; write NAME=value…"),
    ('PORT=80\nNEWSROOM_NAME="Paper\nDEBUG=on', "Line 2 of .env (NEWSROOM_NAME …) cannot be read…"),
    ("NEWSROOM_NAME='It''s'", "Line 1 of .env (NEWSROOM_NAME …) cannot be read…"),
    ("=x", "Line 1 of .env cannot be read…"),
    ('NEWSROOM_NAME="A\nPORT=80\nNEWSROOM_TAGLINE="', "NEWSROOM_NAME holds a line break …"),
    ("PORT=80\nPORT=81", "PORT stands twice in .env, in lines 1 and 2; keep one."),
    ("SITEURL=https://x.example", "SITEURL, in line 1 of .env, is no setting; write SITE_URL."),
    ("site_url=https://x.example", "site_url, in line 1 of .env, is no setting; write SITE_URL."),
    ("PORT=80\nFAVOURITE=1", "FAVOURITE, in line 2 of .env, is no setting; take it out…"),
    ("DB_URL=postgres://db/paper", "DB_URL, in line 1 of .env, is no setting; write DATABASE_URL."),
    (
        "SENTRY_DSN=https://sentry.example.org/s3cret",
        "SENTRY_DSN is no DSN; copy it from the project's settings in Sentry (Client Keys).",
    ),
    ("METRICS=9464", "METRICS is '9464'; write an address and a port, like 127.0.0.1:9464."),
    (
        "METRICS=::1:9464",
        "METRICS is '::1:9464'; write an address and a port, like 127.0.0.1:9464 or [::1]:9464.",
    ),
    (
        "METRICS=0.0.0.0:9464",
        "METRICS is 0.0.0.0, which others can reach, and METRICS_TOKEN is not set; set it, or write 127.0.0.1 as the address.",
    ),
    ("METRICS=[::1]:8000", "METRICS and PORT are both 8000; write another port for METRICS."),
    (
        "METRICS=10.0.0.5:9464\nMETRICS_TOKEN=short",
        "METRICS_TOKEN is too short; it takes at least 20 characters…",
    ),
    (
        "ALARM_EMAIL=ops@example.org",
        "ALARM_EMAIL is set, and EMAIL_HOST is not, so no alarm could be sent; set EMAIL_HOST, or use ALARM_WEBHOOK.",
    ),
    (
        "EMAIL_HOST=mail\nALARM_EMAIL=ops@example.org, olu",
        "ALARM_EMAIL holds 'olu'; write e-mail addresses with commas between them, like ops@example.org.",
    ),
    (
        "ALARM_WEBHOOK=chat.example.org/hooks/s3cret",
        "ALARM_WEBHOOK is no address; write one like https://chat.example.org/hooks/….",
    ),
]


class TestMistakes:
    @pytest.mark.parametrize(("text", "sentence"), WRONG)
    def test_is_named_with_what_to_write_instead(self, site, text, sentence):
        (said,) = site.mistakes(text)
        assert said.startswith(sentence.removesuffix("…"))
        assert sentence.endswith("…") or said == sentence

    def test_are_all_named_in_one_message(self, site):
        """What of SITE_URL is wrong or right, of the others all is said."""
        said = site.mistakes(
            "SITE_URL=https://x.example/a\nSECRET_KEY=short\nDEBUG=on\nPORT=x\nTHREADS\nTIME_ZNE=Mars\nPORT=y"
        )
        beginnings = ["Line 5", "PORT stands twice", "PORT is", "SITE_URL", "SECRET_KEY", "DEBUG", "TIME_ZNE"]
        assert [
            sentence.startswith(beginning) for sentence, beginning in zip(said, beginnings, strict=True)
        ] == [True] * len(beginnings)

    @pytest.mark.parametrize(
        ("changed", "named"),
        [
            ({"SITE_URL": "http://news.example.org"}, "write https://news.example.org."),
            ({"SECRET_KEY": ""}, "SECRET_KEY is not set; make one with"),
            ({"SECRET_KEY": "short"}, "at least 50 characters"),
            ({"SECRET_KEY": "a" * 60}, "made at random"),
            ({"DEBUG": "on"}, "DEBUG is on while SITE_URL names a public host"),
        ],
    )
    def test_name_what_a_public_site_must_not_do_without(self, site, changed, named):
        os.environ.update(PUBLIC | changed)
        (said,) = site.mistakes()
        assert named in said

    @pytest.mark.parametrize("text", ["SITE_URL ", "DATABASE_URL x", "PRESS_PURGE_TOKEN='s3cret", "s3cret"])
    def test_repeat_no_line_that_cannot_be_read(self, site, text):
        """It may hold a password."""
        (said,) = site.mistakes(f"{text} s3cret-word")
        assert "s3cret-word" not in said


class TestAFile:
    @pytest.mark.parametrize(
        "written",
        ["NEWSROOM_NAME=Zürich".encode("latin-1"), "PORT=80".encode("utf-16"), "PORT=80".encode("utf-16-le")],
    )
    def test_that_is_not_utf_8_is_named(self, site, written):
        site.file.write_bytes(written)
        assert site.mistakes() == [f"{site.file} is not written in UTF-8; save it so."]

    def test_that_begins_with_a_byte_order_mark_is_read(self, site):
        site.file.write_bytes("PORT=9000".encode("utf-8-sig"))
        assert site.settings()["PORT"] == 9000

    def test_that_is_a_folder_is_named(self, site):
        site.file.mkdir()
        (said,) = site.mistakes()
        assert said.startswith(f"{site.file} cannot be read (Is a directory)")

    def test_that_the_sites_user_may_not_read_is_named_with_all_else(self, site):
        site.file.write_text("PORT=9000")
        site.file.chmod(0)
        os.environ["THREADS"] = "many"
        with as_an_ordinary_user(site.folder):
            unread, threads = site.mistakes()
        assert unread.startswith(
            f"{site.file} cannot be read (Permission denied); let the user who runs the site read it"
        )
        assert threads.startswith("THREADS is 'many'")

    def test_that_is_a_link_to_nothing_is_named(self, site):
        site.file.symlink_to(site.folder / "secrets" / ".env")
        (said,) = site.mistakes()
        assert said.startswith(f"{site.file} cannot be read (No such file or directory)")


class TestTheEnvironment:
    @pytest.mark.parametrize(
        ("name", "meant"),
        [("SITE_ULR", "SITE_URL"), ("ALLOWED_HOST", "ALLOWED_HOSTS"), ("TIMEZONE", "TIME_ZONE")],
    )
    def test_has_a_misspelt_name_named(self, site, name, meant):
        os.environ[name] = "x"
        assert site.mistakes() == [
            f"{name} is set in the environment and is no setting; write {meant}, or unset it."
        ]

    @pytest.mark.parametrize(
        "name",
        [
            "LANGUAGE",
            "TZ",
            "PORTS",
            "TEST_DATABASE_URL",
            "NEWSROOM_PORT",
            "PRESS_SERVICE_HOST",
            "SECRET_KEY_BASE",
        ],
    )
    def test_may_hold_what_other_programs_read(self, site, name):
        os.environ[name] = "x"
        site.settings()

    def test_may_hold_a_like_name_beside_the_right_one(self, site):
        os.environ.update(LOGLEVEL="x", LOG_LEVEL="debug")
        assert site.settings()["LOG_LEVEL"] == "DEBUG"

    @pytest.mark.parametrize("value", ["The\nPaper", "Z\udcfcrich", "a\tb"])
    def test_has_a_value_named_that_cannot_be_shown(self, site, value):
        os.environ["NEWSROOM_NAME"] = value
        (said,) = site.mistakes()
        assert said.startswith("NEWSROOM_NAME holds a line break or another character that cannot be shown")


class TestWhereASettingIsSaid:
    def test_names_what_the_file_says_and_the_environment_does_not(self, site, monkeypatch):
        monkeypatch.setitem(os.environ, "TIME_ZONE", "Europe/Paris")
        said = site.settings("TIME_ZONE=Asia/Tokyo\nNEWSROOM_NAME=The Coast\n")["SAID_IN_FILE"]
        assert said == {"NEWSROOM_NAME"}


class TestSingleSignOn:
    WHOLE = "OIDC_ISSUER=https://login.example.org\nOIDC_CLIENT_ID=a\nOIDC_CLIENT_SECRET=b\n"

    @pytest.mark.parametrize("line", ["OIDC_CLIENT_ID=newsroom", "OIDC_GROUPS=heads=Publishers"])
    def test_half_of_it_is_named(self, site, line):
        (said,) = site.mistakes(f"{line}\n")
        assert said.startswith(f"{line.partition('=')[0]} is set, and OIDC_ISSUER and")

    @pytest.mark.parametrize(
        ("issuer", "told"), [("login.example.org", "an address"), ("http://login.example.org", "https")]
    )
    def test_an_issuer_that_others_could_play_is_named(self, site, issuer, told):
        said = site.mistakes(self.WHOLE.replace("https://login.example.org", issuer))[0]
        assert said.startswith("OIDC_ISSUER is") and told in said

    def test_a_group_without_another_is_named(self, site):
        (said,) = site.mistakes(f"{self.WHOLE}OIDC_GROUPS=heads\n")
        assert "OIDC_GROUPS holds 'heads'" in said

    def test_groups_are_pairs(self, site):
        said = f"{self.WHOLE}OIDC_GROUPS=heads = Publishers, writers=Editors\nOIDC_SECOND_FACTOR=mfa, otp\n"
        found = site.settings(said)["OIDC"]
        assert found["OIDC_GROUPS"] == {"heads": "Publishers", "writers": "Editors"}
        assert found["OIDC_SECOND_FACTOR"] == {"mfa", "otp"}
