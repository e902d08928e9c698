from urllib.parse import urlsplit

import pytest

from articles.body import FRAME_HOSTS, find_embed

VIDEO = "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"
TRACK = "4uLU6hMCjMI75M1A2tKUQC"

FRAMED = [
    ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", "YouTube", f"{VIDEO}?autoplay=1"),
    ("https://www.youtube.com/watch?app=desktop&v=dQw4w9WgXcQ&t=1m30s", "YouTube", f"{VIDEO}?start=90&autoplay=1"),
    ("https://youtu.be/dQw4w9WgXcQ?si=x&t=42", "YouTube", f"{VIDEO}?start=42&autoplay=1"),
    ("http://m.youtube.com/watch?v=dQw4w9WgXcQ#t=1h2m3s", "YouTube", f"{VIDEO}?start=3723&autoplay=1"),
    ("https://www.youtube.com/shorts/dQw4w9WgXcQ", "YouTube", f"{VIDEO}?autoplay=1"),
    ("https://www.youtube.com/live/dQw4w9WgXcQ?feature=share", "YouTube", f"{VIDEO}?autoplay=1"),
    ("https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?start=7", "YouTube", f"{VIDEO}?start=7&autoplay=1"),
    ("https://www.youtube.com/playlist?list=PL1234567890ab", "YouTube", "https://www.youtube-nocookie.com/embed/videoseries?list=PL1234567890ab"),
    ("https://vimeo.com/76979871", "Vimeo", "https://player.vimeo.com/video/76979871?dnt=1&autoplay=1"),
    ("https://vimeo.com/76979871/abcdef0123", "Vimeo", "https://player.vimeo.com/video/76979871?h=abcdef0123&dnt=1&autoplay=1"),
    ("https://player.vimeo.com/video/76979871?h=abcdef0123", "Vimeo", "https://player.vimeo.com/video/76979871?h=abcdef0123&dnt=1&autoplay=1"),
    ("https://x.com/jack/status/20", "X", "https://platform.twitter.com/embed/Tweet.html?id=20&dnt=true"),
    ("https://twitter.com/jack/status/20?s=20", "X", "https://platform.twitter.com/embed/Tweet.html?id=20&dnt=true"),
    ("https://www.instagram.com/p/CUbHfhpswxt/?img_index=1", "Instagram", "https://www.instagram.com/p/CUbHfhpswxt/embed/captioned/"),
    ("https://www.instagram.com/natgeo/reel/CUbHfhpswxt/", "Instagram", "https://www.instagram.com/reel/CUbHfhpswxt/embed/captioned/"),
    ("https://www.tiktok.com/@scout2015/video/6718335390845095173", "TikTok", "https://www.tiktok.com/player/v1/6718335390845095173"),
    (f"https://open.spotify.com/track/{TRACK}?si=1", "Spotify", f"https://open.spotify.com/embed/track/{TRACK}"),
    (f"https://open.spotify.com/intl-de/episode/{TRACK}", "Spotify", f"https://open.spotify.com/embed/episode/{TRACK}"),
    ("https://soundcloud.com/forss/flickermood", "SoundCloud", "https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2Fforss%2Fflickermood&auto_play=true"),
    ("https://mastodon.social/@Gargron/109318821117356215", "Mastodon", "https://mastodon.social/@Gargron/109318821117356215/embed"),
    ("https://bsky.app/profile/bsky.app/post/3l6oveex3ii2l", "Bluesky", "https://embed.bsky.app/embed/bsky.app/app.bsky.feed.post/3l6oveex3ii2l"),
    ("https://datawrapper.dwcdn.net/aBc12/3/", "Datawrapper", "https://datawrapper.dwcdn.net/aBc12/"),
    ("https://www.datawrapper.de/_/aBc12/", "Datawrapper", "https://datawrapper.dwcdn.net/aBc12/"),
    ("https://www.google.com/maps/embed?pb=!1m18!1m12", "Google Maps", "https://www.google.com/maps/embed?pb=%211m18%211m12"),
    ("https://www.google.com/maps/place/Harrow+Point/@51.5,-0.12,15z/data=!3m1", "Google Maps", "https://www.google.com/maps?q=Harrow+Point&ll=51.5%2C-0.12&z=15&output=embed"),
    ("https://www.google.com/maps/@51.5,-0.12,15z", "Google Maps", "https://www.google.com/maps?q=51.5%2C-0.12&z=15&output=embed"),
    ("https://www.google.com/maps/d/u/0/viewer?mid=1abcDEF", "Google Maps", "https://www.google.com/maps/d/embed?mid=1abcDEF"),
]  # fmt: skip
CARDS = [
    ("https://social.example/@ruth/109318821117356215", "Mastodon"),
    ("https://maps.app.goo.gl/abcDEF12345", "Google Maps"),
    ("https://vm.tiktok.com/ZMabc123/", "TikTok"),
]
REFUSED = [
    "", "dQw4w9WgXcQ", "https://www.youtube.com/", "https://www.youtube.com/watch?v=short", "https://www.youtube.com/@channel",
    "https://www.youtube.com/watch?v=dQw4w9WgXcQ and more", "javascript:https://youtu.be/dQw4w9WgXcQ",
    "https://www.youtube.com@evil.example/watch?v=dQw4w9WgXcQ", "https://user:pw@www.youtube.com/watch?v=dQw4w9WgXcQ",
    "https://www.youtube.com:8443/watch?v=dQw4w9WgXcQ", "https://www.youtube.com./watch?v=dQw4w9WgXcQ",
    "https://www.youtube.com.evil.example/watch?v=dQw4w9WgXcQ", "https://evil.example/www.youtube.com/watch?v=dQw4w9WgXcQ",
    "https://www.youtube.com\\@evil.example/watch?v=dQw4w9WgXcQ", "https://evil.example\\.youtube.com/watch?v=dQw4w9WgXcQ",
    "https://www.yоutube.com/watch?v=dQw4w9WgXcQ", "https://ｗｗｗ.youtube.com/watch?v=dQw4w9WgXcQ",
    "https://www.youtube.com/watch?v=dQw4w9WgXc\"", "//youtu.be/dQw4w9WgXcQ",
    "https://vimeo.com/about", "https://x.com/jack", "https://www.instagram.com/natgeo/", "https://open.spotify.com/user/x",
    "https://soundcloud.com/forss", "https://www.google.com/search?q=maps", "https://www.google.com/maps", "https://[::1",
    "https://localhost/@a/109318821117356215", "https://youtu.be/" + "a" * 3000,
]  # fmt: skip


class TestFindEmbed:
    @pytest.mark.parametrize(("url", "provider", "frame"), FRAMED)
    def test_knows_the_provider_and_its_frame(self, url, provider, frame):
        embed = find_embed(url)
        assert (embed.provider, embed.frame_url) == (provider, frame)

    @pytest.mark.parametrize(("url", "provider"), CARDS)
    def test_makes_a_card_of_what_no_frame_may_show(self, url, provider):
        embed = find_embed(url)
        assert (embed.provider, embed.frame_url, embed.url) == (provider, "", url)

    @pytest.mark.parametrize("url", REFUSED)
    def test_refuses_what_only_looks_like_one(self, url):
        assert find_embed(url) is None

    @pytest.mark.parametrize("url", [url for url, *_ in FRAMED])
    def test_finds_the_same_in_the_address_it_gives(self, url):
        embed = find_embed(url)
        assert find_embed(embed.url) == embed

    def test_tells_tall_from_wide(self):
        assert find_embed("https://www.youtube.com/shorts/dQw4w9WgXcQ").ratio == "9:16"
        assert find_embed("https://youtu.be/dQw4w9WgXcQ").ratio == "16:9"


class TestFrameHosts:
    @pytest.mark.parametrize("url", [url for url, *_ in FRAMED])
    def test_list_every_frame(self, url):
        parts = urlsplit(find_embed(url).frame_url)
        assert parts.scheme == "https"
        assert parts.netloc in FRAME_HOSTS

    def test_are_plain_hosts(self):
        assert all(host == urlsplit(f"https://{host}/").hostname and "*" not in host for host in FRAME_HOSTS)
