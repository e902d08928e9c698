"""docs/operating/install.md, followed on a fresh machine: every command of it, as it stands there."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers.application import ROOT
from tests.servers.fixtures import skip_or_fail
from tests.servers.page import steps

MACHINE = Path(__file__).parent / "machine"
NEEDS_ROOT = (
    "The page of the installation is followed on a machine of its own, which takes root's right to mount"
)
MOST_COMMANDS = 25
# Which package has which command of the page, and what the site finds only if it is there.
PACKAGES = {
    *("git", "curl", "make", "python3-venv", "postgresql", "nginx", "libnginx-mod-http-brotli-static"),
    *("certbot", "logrotate", "fonts-noto-core", "libfribidi0"),
}
# What somebody sees who looks at the site afterwards.
LOOK = """
echo "=== front"; curl -sS -o /dev/null -w '%{http_code} %{http_version} %{remote_ip}\\n' https://news.example.org/
curl -sS -6 -o /dev/null -w '%{http_code} %{remote_ip}\\n' https://news.example.org/
echo "=== led"; for address in http://news.example.org/a http://www.news.example.org/a https://www.news.example.org/a; do
    curl -sS -o /dev/null -w '%{http_code} %{redirect_url}\\n' $address
done
echo "=== renewed"; certbot certonly --webroot -w /var/www/html -d news.example.org -d www.news.example.org
echo "=== stranger"; curl -sS -k -o /dev/null --resolve other.example:443:127.0.0.1 https://other.example/ 2>&1 || true
echo "=== kept"; ls /srv/backups; tar tf /srv/backups/*.tar | grep -c '^secrets.age$'
echo "=== mail"; cat /var/log/mails.txt
echo "=== private"; runuser -u nobody -- cat /srv/newsroom/.env /srv/newsroom/passphrase 2>&1 || true
runuser -u nobody -- ls /srv/newsroom/var /srv/backups 2>&1 || true
echo "=== press"; runuser -u newsroom -- .venv/bin/python manage.py press status
echo "=== reloaded"; systemctl reload newsroom-web; curl -sS https://news.example.org/health/ready
"""


def script(page):
    lines = ["set -e", "shopt -s expand_aliases"]
    for number, step in enumerate(page, 1):
        lines += [f'echo "=== {number}"', step.commands]
    # On one disk it is unwise to keep backups, and the doctor says so with 3.
    text = "\n".join(lines).replace("manage.py doctor\n", 'manage.py doctor || test "$?" = 3\n')
    return text + LOOK


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    """What was said, by step."""
    if os.geteuid():
        skip_or_fail(NEEDS_ROOT)
    file = tmp_path_factory.mktemp("install") / "script.sh"
    file.write_text(script(steps("install.md")))
    alone = ["unshare", "--mount", "--net", "--pid", "--fork", "--kill-child", "--propagation", "private"]
    command = [*alone, "bash", MACHINE / "begin.sh", ROOT, Path(sys.prefix).resolve(), file]
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert done.returncode == 0, done.stdout[-6000:]
    parts = re.split(r"^=== (\w+)\n", done.stdout, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


class TestThePage:
    def test_is_short_and_says_what_one_sees(self):
        page = list(steps("install.md"))
        assert sum(step.count for step in page) <= MOST_COMMANDS
        assert [step.title for step in page if "You see" not in step.text] == []
        assert [step.title for step in page if step.outside != ("🌐" in step.title)] == []

    def test_ends_with_a_public_site(self, said):
        assert said["10"].startswith("ready\n")
        assert said["front"] == "200 2 ::1\n200 ::1\n"
        assert said["led"].splitlines() == [
            "301 https://news.example.org/a",
            "301 https://news.example.org/a",
            "301 https://news.example.org/a",
        ]
        assert said["stranger"].startswith("curl: (")
        assert "Success" in said["renewed"]
        assert said["reloaded"] == "ready\n"

    def test_leads_through_what_it_says_that_one_sees(self, said):
        packages = set(re.findall(r"^package (\S+)$", said["1"], re.MULTILINE))
        assert packages == PACKAGES
        assert "Adding user `www-data' to group `newsroom'" in said["2"]
        assert not said["3"].strip()
        assert not said["5"].strip()
        assert re.search(r"articles\.0001_initial\.\.\. OK", said["6"])
        assert "static files copied to '/srv/newsroom/var/static'" in said["6"]
        assert re.search(r"^ana \S{10,}$", said["6"], re.MULTILINE)
        assert "newsroom.conf is written for https://news.example.org." in said["8"]
        assert "test is successful" in said["8"]
        assert said["9"].count("Created symlink") == 3

    def test_keeps_a_backup_with_its_secrets_and_sends_e_mail(self, said):
        assert re.search(r"^newsroom-news\.example\.org-\S+\.tar\n1\n", said["kept"])
        assert "To: you@example.org" in said["mail"]
        assert "From: newsroom@news.example.org" in said["mail"]

    def test_lets_nobody_else_on_the_machine_read_it(self, said):
        assert said["private"].count("Permission denied") == 4

    def test_leaves_nothing_that_the_doctor_calls_wrong(self, said):
        assert "Wrong:" not in said["10"]
        assert "Trouble" not in said["press"]
