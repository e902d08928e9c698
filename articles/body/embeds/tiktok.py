"""TikTok's videos."""

from urllib.parse import SplitResult

from .embed import TALL, Embed, match_path, with_https

HOSTS = "tiktok.com www.tiktok.com m.tiktok.com vm.tiktok.com vt.tiktok.com".split()
FRAME_HOSTS = ("www.tiktok.com",)


def find(parts: SplitResult) -> Embed | None:
    match = match_path(
        r"/(?:@[\w.-]{1,40}/(?:video|photo)|embed/v2|embed|player/v1|v)/(\d{10,25})(?:\.html)?/?", parts
    )
    if match is None:
        # A short link says nothing about the video, and nothing is fetched to find out.
        short = match_path(r"/t/\w+/?", parts) or (
            parts.hostname != "www.tiktok.com" and match_path(r"/\w{5,20}/?", parts)
        )
        return Embed("TikTok", "Watch on TikTok", with_https(parts), "", TALL) if short else None
    url = with_https(parts) if "/@" in parts.path else f"https://www.tiktok.com/@/video/{match[1]}"
    return Embed("TikTok", "Watch on TikTok", url, f"https://www.tiktok.com/player/v1/{match[1]}", TALL)
