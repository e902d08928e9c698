import json
import subprocess
import sys
from pathlib import Path

from tests.servers import Application

ROOT = Path(__file__).resolve().parents[3]
ROUNDS = 30


class TestAtOnce:
    def test_two_of_one_headline_and_day_are_both_published(self, postgres, tmp_path):
        site = Application(tmp_path, database_url=postgres.create_database("at_once"))
        site.manage("migrate", "--verbosity=0")
        done = subprocess.run(
            [sys.executable, "-m", "tests.articles.publishing.at_once", str(ROUNDS)],
            env=site.environment(),
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        slugs = [json.loads(line) for line in done.stdout.splitlines()]
        assert slugs == [
            [f"harbour-towns-weigh-the-price-{number}", f"harbour-towns-weigh-the-price-{number}-2"]
            for number in range(ROUNDS)
        ]
