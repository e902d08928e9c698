"""A browser and a system in words, of what the browser calls itself. It may call itself anything."""

# The first that is found counts: browsers name those that they are like, too.
BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS X": "Mac",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


def in_words(agent: str) -> str:
    """Like “Firefox on Windows”."""
    browser, system = named(agent, BROWSERS, "A browser"), named(agent, SYSTEMS, "")
    return f"{browser} on {system}" if system else browser


def named(agent: str, names: dict[str, str], otherwise: str) -> str:
    return next((name for sign, name in names.items() if sign in agent), otherwise)
