"""Limited inks, as a print shop has them: each picture is pulled from one palette of seven."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    paper: str
    light: str
    mid: str
    deep: str
    ink: str
    accent: str
    second: str


HARBOUR = Palette("#efe4cf", "#c3d3cf", "#6f98a0", "#2f5a6b", "#16293a", "#d9542f", "#e9b44c")
DUSK = Palette("#f6dcc0", "#eda98a", "#c8616a", "#613a64", "#231c3b", "#f6c453", "#f08a4b")
MEADOW = Palette("#f4ecd4", "#cfd8a4", "#8aa66b", "#3d6b57", "#1b3538", "#dd6a36", "#f0c05a")
NIGHT = Palette("#f6eccf", "#8fa9c9", "#45659a", "#24386b", "#101a38", "#ffcf5c", "#e8734a")
EMBER = Palette("#f8e2c4", "#f0a25a", "#d2562b", "#7b2a2a", "#261a22", "#ffd166", "#4f7f86")
ICE = Palette("#f4f4ec", "#cfe3e6", "#8fbccb", "#3f7d99", "#173a54", "#e4572e", "#f2b84b")
ROSE = Palette("#f9ecdc", "#f0c3b5", "#dd7f7a", "#8f3f5b", "#38203b", "#2f8f83", "#f0b64a")
OLIVE = Palette("#f3e9cd", "#d9cb8e", "#a39a52", "#5c6136", "#2a2c22", "#c8472b", "#3d7a7a")
SLATE = Palette("#eeeae0", "#c6c9c6", "#8b959b", "#4d5a66", "#22282f", "#d64a33", "#e6b450")
CITRUS = Palette("#fcf2d6", "#f7d98a", "#f0a43a", "#c65d2e", "#3b2a2a", "#2f7f86", "#e05a47")
PLUM = Palette("#f4e7e2", "#cdb6cf", "#8d74a8", "#4c3f78", "#221f44", "#f2994a", "#f2d16b")
SAND = Palette("#faefd9", "#ecc996", "#d59a5c", "#a05a3a", "#3a2530", "#2e7d86", "#e8b23c")
LAGOON = Palette("#f3ead4", "#a8d0c4", "#4f9d97", "#1f6470", "#0f2f40", "#f06a4a", "#f4c95d")
