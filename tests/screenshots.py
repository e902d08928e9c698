"""make screenshots: the pictures in README.md, taken by Chromium of the demo newsroom.

python -m tests.screenshots [--var FOLDER]      FOLDER: the var/ of a newsroom that has the demo already
"""

import argparse
import contextlib
import io
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.browser.people import CHROMIUM, DESK, DESKTOP, PHONE
from tests.servers import Application, find_chromium

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
# The long read: it has the most parts, so its page shows the most of what an article page can.
LONG_READ = "from articles.models import Article as A; print(max(A.objects.published(), key=lambda a: len(a.contents)).get_absolute_url())"


@dataclass(frozen=True)
class Shot:
    name: str
    path: str
    screen: dict
    width: int  # of the picture in README.md


def main():
    parser = argparse.ArgumentParser(prog="make screenshots ARGS=…")
    parser.add_argument("--var", type=Path, help="var/ of a newsroom that has the demo already")
    with demo_site(parser.parse_args().var) as site:
        name, password = site.manage("editor").stdout.split()
        article = site.manage("shell", "--verbosity=0", "-c", LONG_READ).stdout.strip()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM)
            for shot in shots(article):
                save(shot, take(browser.new_page(**shot.screen), site.url, shot))
            page = browser.new_page(**DESK)
            log_in(page, site.url, name, password)
            save(*desk_shot(page, site.url + article))
            browser.close()


@contextlib.contextmanager
def demo_site(var):
    with tempfile.TemporaryDirectory(prefix="newsroom-screenshots-") as folder:
        site = Application(Path(folder), var=var and var.resolve()).prepare()
        if var is None:
            site.manage("demo")
        with site:
            yield site


def shots(article):
    yield Shot("front-desktop", "/", DESKTOP, 1200)
    yield Shot("front-phone", "/", PHONE, 390)
    yield Shot("article-desktop", article, DESKTOP, 1200)
    yield Shot("article-phone", article, PHONE, 390)


def take(page, url, shot):
    page.goto(url + shot.path, wait_until="networkidle")
    return page.screenshot()


def log_in(page, url, name, password):
    page.goto(f"{url}/admin/login/")
    page.fill("#id_username", name)
    page.fill("#id_password", password)
    page.press("#id_password", "Enter")
    page.wait_for_load_state("networkidle")


def desk_shot(page, address):
    """The writing desk, found as an editor finds it: by the link on the public page."""
    page.goto(address, wait_until="networkidle")
    page.get_by_role("link", name=re.compile("^Edit")).first.click()
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1500)
    return Shot("desk", address, DESK, 1200), page.screenshot()


def save(shot, png):
    FOLDER.mkdir(parents=True, exist_ok=True)
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    height = round(picture.height * shot.width / picture.width)
    picture.resize((shot.width, height), Image.Resampling.LANCZOS).save(
        FOLDER / f"{shot.name}.webp", quality=80, method=6
    )


if __name__ == "__main__":
    main()
