"""`press run --jobs 2`: other processes walk over everything while the press itself prints the news."""

import os
import signal
import time
from pathlib import Path

from tests.waiting import wait_until

from .healing import Edition, assert_healed, on_the_shelf


def children_of(press):
    """The numbers of the processes that it began, also after its end."""
    return [int(number) for number in Path(f"/proc/{press}/task/{press}/children").read_text().split()]


def is_running(number):
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


class TestTwoMoreProcesses:
    def test_fill_the_shelf_beside_the_news_and_end_with_a_press_that_is_killed(self, site):
        edition = Edition(site, "walk in processes")
        old = [edition.publish() for _ in range(3)]
        press = site.press("run", "--jobs", "2")
        try:
            site.wait_for_press(site.editors)
            wait_until(lambda: len(children_of(press.pid)) == 2)
            started = children_of(press.pid)
            for story in old:
                for file in (site.shelf / "pages" / story.address.strip("/")).iterdir():
                    file.unlink()
            # Another release has everything printed anew, and what is missing is printed.
            (site.shelf / "release").write_text("another")
            (site.shelf / "position.json").unlink()
            site.kill_press(press)
            wait_until(lambda: not any(map(is_running, started)))
            press = site.press("run", "--jobs", "2")
            news = edition.publish()
            wait_until(lambda: on_the_shelf(site, news.address))
            wait_until(lambda: all(on_the_shelf(site, story.address) for story in old))
            wait_until(lambda: not (site.shelf / "walk.json").exists())
            os.kill(press.pid, signal.SIGTERM)
            began = time.monotonic()
            press.wait(10)
            assert time.monotonic() - began < 10
        finally:
            site.kill_press(press)
        assert_healed(site, edition)

    def test_one_that_is_ended_from_outside_is_named_and_the_press_can_be_begun_again(self, site):
        press = site.press("run", "--jobs", "2")
        wait_until(lambda: len(children_of(press.pid)) == 2)
        os.kill(children_of(press.pid)[0], signal.SIGKILL)
        (site.shelf / "walk.json").write_text("{}")
        press.wait(30)
        said = site.kill_press(press)
        assert "A process that printed pages was ended from outside" in said
        assert "Traceback" not in said
        press = site.press("run", "--jobs", "2")
        wait_until(lambda: not (site.shelf / "walk.json").exists())
        site.kill_press(press)
