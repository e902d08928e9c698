import json
from urllib.parse import parse_qs

import pytest

from articles.conf import TellingSettings
from articles.press.telling import services as told
from articles.press.telling.services import Hub, IndexNow, TellingFailed, services

from .hub import running_hub


@pytest.fixture
def server():
    with running_hub() as hub:
        yield hub


class TestHub:
    def test_is_told_of_each_feed_with_its_whole_address(self, server):
        Hub(server.url).tell(["/feed/", "/tag/k%C3%BCste/feed/atom/"])
        assert [parse_qs(body) for body, _ in server.heard] == [
            {"hub.mode": ["publish"], "hub.url": [f"http://localhost:8000{path}"]}
            for path in ("/feed/", "/tag/k%C3%BCste/feed/atom/")
        ]

    @pytest.mark.parametrize("status", [301, 400, 404, 429, 500])
    def test_has_taken_it_only_if_it_says_so(self, server, status):
        server.status = status
        with pytest.raises(TellingFailed, match=f"127.0.0.1:.* answered {status}"):
            Hub(server.url).tell(["/feed/"])
        assert len(server.heard) == 1

    def test_that_is_slow_or_away_is_not_waited_for(self, server, monkeypatch):
        monkeypatch.setattr(told, "TIMEOUT", 0.05)
        server.goes_on.clear()
        with pytest.raises(TellingFailed, match="does not answer"):
            Hub(server.url).tell(["/feed/"])
        with pytest.raises(TellingFailed, match="does not answer"):
            Hub("http://127.0.0.1:9/").tell(["/feed/"])

    def test_keeps_what_is_secret_in_its_address_to_itself(self, server):
        server.status = 500
        with pytest.raises(TellingFailed) as refusal:
            Hub(server.url.replace("127", "user:secret@127").replace("/hub", "/hub?key=secret")).tell(["/"])
        assert "secret" not in str(refusal.value)


class TestIndexNow:
    def test_is_told_of_many_addresses_with_the_key_and_where_it_stands(self, server):
        IndexNow(server.url, "0a1b2c3d").tell(["/2026/11/22/sea-wall/", "/2026/11/22/k%C3%BCste/"])
        ((body, _),) = server.heard
        assert json.loads(body) == {
            "host": "localhost:8000",
            "key": "0a1b2c3d",
            "keyLocation": "http://localhost:8000/indexnow.txt",
            "urlList": [
                "http://localhost:8000/2026/11/22/sea-wall/",
                "http://localhost:8000/2026/11/22/k%C3%BCste/",
            ],
        }


class TestServices:
    def test_are_those_that_the_settings_name(self):
        assert services() == []
        both = services(TellingSettings("https://hub.example/", "0a1b2c3d", "https://index.example/"))
        assert [each.name for each in both] == ["websub", "indexnow"]
