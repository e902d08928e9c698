"""PostgreSQL's machine is frozen: it has accepted connections, accepts more, and answers nothing."""

import shutil
from concurrent.futures import ThreadPoolExecutor

from tests.servers import ask
from tests.waiting import wait_until

from .healing import LISTS, Edition, assert_healed, printing

AT_ONCE = 12  # more than the application has threads


class TestPostgresIsSilent:
    def test_readers_get_what_is_printed_and_are_told_of_the_rest(self, site):
        edition = Edition(site, "silent database")
        story = edition.publish()
        with printing(site):
            site.wait_for_press(site.editors)
        port = site.application.port

        def status(path, **headers):
            return ask(port, path, timeout=60, **headers).status

        with ThreadPoolExecutor(AT_ONCE) as readers:
            chosen = {"cookie": "site_version=desktop"}
            # Every connection of the pool has been used.
            assert set(readers.map(lambda _: status("/world/", **chosen), range(AT_ONCE))) == {200}
            shutil.rmtree(site.shelf / "pages/tag/coast")
            with site.postgres.silent():
                asked = [readers.submit(status, "/world/", **chosen) for _ in range(AT_ONCE // 2)]
                asked += [readers.submit(status, "/tag/coast/") for _ in range(AT_ONCE // 2)]
                assert {request.result() for request in asked} == {503}
                printed = {*LISTS, story.address} - {"/tag/coast/"}
                assert {path: status(path) for path in printed} == dict.fromkeys(printed, 200)
                assert status("/health/live") == 200
                assert status("/health/ready") == 503
        wait_until(lambda: status("/tag/coast/") == 200)
        wait_until(lambda: status("/health/ready") == 200)
        assert_healed(site, edition)
