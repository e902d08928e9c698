import time

from .healing import Edition, assert_healed, on_the_shelf, printing


class TestTwoPresses:
    def test_the_second_says_so_and_leaves_the_first_alone(self, site):
        edition = Edition(site, "two presses")
        with printing(site) as first:
            edition.publish()
            site.wait_for_press(site.editors)
            for act in ("run", "once"):
                second = site.press(act)
                assert second.wait(30) != 0
                assert "Another press prints on" in site.kill_press(second)
            assert first.poll() is None
            story = edition.publish()
            site.wait_for_press(site.editors)
            assert on_the_shelf(site, story.address)
        assert_healed(site, edition)

    def test_started_at_the_same_moment_one_prints(self, site):
        edition = Edition(site, "race of presses")
        edition.publish()
        presses = [site.press() for _ in range(3)]
        deadline = time.monotonic() + 60
        while sum(press.poll() is None for press in presses) > 1:
            assert time.monotonic() < deadline, "more than one press runs"
            time.sleep(0.1)
        site.wait_for_press(site.editors)
        assert sum(press.poll() is None for press in presses) == 1
        for press in presses:
            site.kill_press(press)
        assert_healed(site, edition)
