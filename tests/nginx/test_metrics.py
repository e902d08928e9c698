"""Two workers, a press and nginx: their numbers are told at an address of their own, and nowhere else."""

import urllib.request

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.servers import free_port
from tests.servers.asking import ask
from tests.servers.house import furnish
from tests.waiting import wait_until


@pytest.fixture(scope="module")
def watched(start_website):
    port = free_port()
    return furnish(start_website(workers=2, METRICS=f"127.0.0.1:{port}")), port


def told(port):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=20) as answer:
        families = text_string_to_metric_families(answer.read().decode())
        return {
            (sample.name.removeprefix("newsroom_"), *sorted(sample.labels.values())): sample.value
            for family in families
            for sample in family.samples
        }


def test_are_summed_over_workers_and_nginx_and_told_to_nobody_outside(watched):
    house, port = watched
    for _ in range(30):
        assert house.ask_application(house.story).status == 200
    for _ in range(7):
        assert house.ask(house.story).status == 200
    for server in (house.site.port, house.site.application.port):
        assert ask(server, "/metrics", host="localhost").headers["location"] == "/metrics/"
        assert ask(server, "/metrics/", host="localhost").status == 404

    def found():
        numbers = told(port)
        own = numbers.get(("requests_total", "200", "memory", "page"), 0)
        own += numbers.get(("requests_total", "200", "page", "shelf"), 0)
        nginx = numbers.get(("nginx_requests_total", "200", "page"), 0)
        return (numbers, own, nginx) if own >= 30 and nginx >= 7 else None

    wait_until(found, seconds=40)
    numbers, own, nginx = found()
    # Whoever waited for the site to be there has asked for a page or two as well.
    assert 30 <= own <= 36
    assert 7 <= nginx <= 9
    assert numbers["published_seconds_count",] >= 2
    assert numbers["published_seconds_bucket", "30.0"] == numbers["published_seconds_count",]
    assert numbers["pages_printed_total", "printed"] > 5
    assert numbers["database_up",] == 1
    log = (house.site.var / "nginx" / "requests.log").read_text()
    assert all(len(line.split()) == 2 for line in log.splitlines())
