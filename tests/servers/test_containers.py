"""Dockerfile and compose file, as far as they can be tried without Docker: what they copy is there and enough for the
site's commands, nginx takes the configuration as a user other than root, and no container may do more than it needs."""

import os
import re
import shutil
import subprocess
import sys

import pytest
import yaml

from tests.newsroom.test_documented import read_by_settings
from tests.servers import Missing, ServerProcess, ask, find_nginx, free_port
from tests.servers.application import ROOT
from tests.servers.fixtures import link_files, skip_or_fail

FOLDER = ROOT / "docs" / "operating" / "containers"
COMPOSE = yaml.safe_load((FOLDER / "compose.yaml").read_text())
SERVICES = COMPOSE["services"]
INSTRUCTIONS = re.findall(
    r"^([A-Z]+) (.*(?:\\\n.*)*)$", re.sub(r"^#.*\n", "", (ROOT / "Dockerfile").read_text(), flags=re.M), re.M
)
NOBODY = 65534
# What the image has by itself and the settings of somebody's site.
SITE = {
    "SITE_URL": "https://news.example.org",
    "SECRET_KEY": "k3yG-mVb2Qx9rT7wZ1nL5pD8sF4hJ6cA0eU-iO_yXqW2zR9tB7vN",
    "PATH": os.environ["PATH"],
}


def copies():
    """(source, target) of the files that come from the project."""
    for name, words in INSTRUCTIONS:
        if name == "COPY" and not words.startswith("--from"):
            *sources, target = words.split()
            yield from ((source, target) for source in sources)


def sent_to_the_builder():
    kept = (ROOT / ".dockerignore").read_text().splitlines()
    return {line.removeprefix("!") for line in kept if line.startswith("!")}


@pytest.fixture(scope="module")
def image(tmp_path_factory):
    """The folder of the project as the image has it."""
    folder = tmp_path_factory.mktemp("image")
    for source, target in copies():
        if target.startswith("/srv/newsroom"):
            to = folder / target.removeprefix("/srv/newsroom").strip("/")
            if (ROOT / source).is_dir():
                shutil.copytree(ROOT / source, to, ignore=shutil.ignore_patterns("demo"))
            else:
                shutil.copy(ROOT / source, to)
    return folder


@pytest.fixture(scope="module")
def prepared_in_it(image, prepared, tmp_path_factory):
    """VAR_DIR after what the service `prepare` does there, without the tables."""
    var = tmp_path_factory.mktemp("containers") / "var"
    link_files(prepared.var / "static", var / "static")
    for line in SERVICES["prepare"]["command"][0].splitlines():
        # Compressing the static files anew would take half a minute.
        command = line.replace("web:8000", "127.0.0.1:1").replace("--noinput", "--noinput --dry-run").split()
        if "migrate" not in command:
            variables = SITE | {"VAR_DIR": str(var)}
            subprocess.run(
                [sys.executable, *command[1:]], cwd=image, env=variables, check=True, capture_output=True
            )
    return var


class TestTheImage:
    def test_copies_what_is_there_and_is_sent_to_the_builder(self):
        sources = {source for source, _ in copies()}
        assert [source for source in sources if not (ROOT / source).exists()] == []
        assert sources == sent_to_the_builder()

    def test_runs_as_somebody_else_than_root(self):
        users = [words for name, words in INSTRUCTIONS if name == "USER"]
        assert users == ["newsroom"]
        assert [name for name, _ in INSTRUCTIONS].index("USER") > max(
            at for at, (name, _) in enumerate(INSTRUCTIONS) if name == "RUN"
        )

    def test_has_a_python_that_the_site_takes_and_the_client_of_its_database(self):
        bases = [words.split()[0] for name, words in INSTRUCTIONS if name == "FROM"]
        assert bases == ["python:3.11-slim-bookworm"] * 2
        [client] = re.findall(r"postgresql-client-(\d+)", (ROOT / "Dockerfile").read_text())
        assert SERVICES["postgres"]["image"].startswith(f"postgres:{client}-")

    def test_has_all_that_the_commands_need(self, prepared_in_it):
        assert "listen 8080" in (prepared_in_it / "nginx" / "newsroom.conf").read_text()


class TestTheContainers:
    def test_are_the_four_and_one_that_prepares(self):
        assert set(SERVICES) == {"postgres", "prepare", "web", "press", "nginx"}

    @pytest.mark.parametrize("name", SERVICES)
    def test_may_do_no_more_than_they_need(self, name):
        service = SERVICES[name]
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        user = service.get("user", "newsroom" if service["image"].startswith("newsroom:") else "root")
        assert user.partition(":")[0] not in ("root", "0")
        assert not {"privileged", "cap_add", "network_mode", "pid"} & set(service)

    @pytest.mark.parametrize("name", sorted(set(SERVICES) - {"prepare"}))
    def test_say_whether_they_are_well(self, name):
        assert SERVICES[name]["healthcheck"]["test"]
        assert SERVICES[name]["restart"] == "unless-stopped"

    def test_have_a_version_and_never_just_the_newest(self):
        assert not [
            s["image"] for s in SERVICES.values() if s["image"].endswith(":latest") or ":" not in s["image"]
        ]

    def test_keep_the_database_to_themselves(self):
        assert COMPOSE["networks"]["inside"] == {"internal": True}
        assert SERVICES["postgres"]["networks"] == ["inside"]
        published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
        assert published == {"nginx": ["127.0.0.1:8080:8080"]}

    def test_are_one_host_if_they_share_what_the_site_writes(self):
        """One of them looks after the site for all, and tells of troubles under its name."""
        ours = [service for service in SERVICES.values() if service["image"].startswith("newsroom:")]
        assert {service["hostname"] for service in ours} == {"newsroom"}

    def test_name_volumes_that_are_there(self):
        named = {
            volume.split(":")[0] for service in SERVICES.values() for volume in service.get("volumes", [])
        }
        assert {name for name in named if not name.startswith(".")} == set(COMPOSE["volumes"])

    def test_are_told_settings_that_the_site_knows(self):
        assert set(SERVICES["web"]["environment"]) <= read_by_settings()


class NginxOfTheContainer(ServerProcess):
    """With the configuration of the container, at ports that are free and in folders of the test's."""

    name = "nginx"

    def __init__(self, folder, var):
        super().__init__(folder)
        self.health = free_port()
        self.var = var

    def account(self):
        return {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}

    def command(self):
        site = self.var / "nginx" / "newsroom.conf"
        here = re.sub(r"\n    listen \[::\]:8080.*", "", site.read_text()).replace(
            "listen 8080", f"listen 127.0.0.1:{self.port}"
        )
        # Debian's nginx has a module for brotli, the image has none.
        site.write_text(re.sub(r"brotli_static (on|off);", "", here))
        text = (FOLDER / "nginx.conf").read_text().replace("8081", str(self.health))
        own = self.folder / "nginx.conf"
        # In this order: the test's folders may be in /tmp, too.
        text = text.replace("/tmp/", f"{self.folder}/")  # noqa: S108 - the container's own
        own.write_text(text.replace("/srv/newsroom/var", str(self.var)))
        return [find_nginx(), "-c", own, "-e", "stderr", "-g", "daemon off;"]


def hand_over(folder):
    """To nobody, who has to get through the folders above it, too."""
    subprocess.run(["chown", "-R", f"{NOBODY}:{NOBODY}", folder], check=True)
    for above in folder.parents:
        if above.stat().st_uid == 0 and not above.stat().st_mode & 0o001:
            above.chmod(above.stat().st_mode | 0o011)


@pytest.mark.nginx
class TestNginx:
    def test_serves_as_somebody_else_than_root_and_says_that_it_is_well(self, prepared_in_it, tmp_path):
        try:
            nginx = NginxOfTheContainer(tmp_path / "nginx", prepared_in_it)
            nginx.command()
        except Missing as missing:
            skip_or_fail(missing)
        if os.geteuid() == 0:
            hand_over(tmp_path / "nginx")
            hand_over(prepared_in_it)
        with nginx:
            assert ask(nginx.health, "/").status == 204
            page = ask(nginx.port, "/", host="news.example.org")
            assert (page.status, page.is_whole) == (503, True)
            assert ask(nginx.port, "/", host="other.example").status == 0
        assert SERVICES["nginx"]["healthcheck"]["test"][-1] == "http://127.0.0.1:8081/"
        assert SERVICES["nginx"]["command"][1:3] == ["-c", "/etc/newsroom/nginx.conf"]
