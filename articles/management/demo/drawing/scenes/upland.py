"""Bogs, glaciers and what beavers do."""

import math

from ..canvas import box, curve, disc, mix, placed, points, rounded
from .motifs import walker, waves


def bog(c, p):
    """Pools, cotton grass and a stack of cut turf nobody is allowed to burn."""
    c.fill(p.light, p.paper)
    c.disc(300, 300, 76, p.accent)
    c.ridge(400, 30, mix(p.mid, p.light, 0.6))
    c.ridge(460, 22, p.mid, p.deep, "bottom", 0.9)
    c.band(520, 1000, p.mid, p.deep)
    for _ in range(20):
        y = c.rng.uniform(540, 960)
        size = 0.3 + (y - 520) / 420
        c.shape(
            curve(
                placed(
                    [(-170, 0), (-80, -18), (40, -12), (160, -4), (110, 18), (-40, 20), (-170, 0)],
                    c.rng.uniform(0, 1500),
                    y,
                    size,
                )
            ),
            p.light,
            p.second,
            "bottom",
            0.9,
        )
    turf_and_cotton_grass(c, p)


def turf_and_cotton_grass(c, p):
    for i in range(6):
        for j in range(6 - i):
            x = 980 + j * 62 + i * 31
            c.shape(
                rounded(x, 700 - i * 40, x + 56, 738 - i * 40, 6),
                [p.ink, mix(p.ink, p.deep, 0.4)][(i + j) % 2],
                p.deep,
                "top",
                0.6,
            )
    for _ in range(150):
        y = c.rng.uniform(640, 1000)
        s = (y - 480) / 420
        x = c.rng.uniform(-10, 1510)
        tip = (x + c.rng.uniform(-22, 30) * s, y - c.rng.uniform(50, 110) * s)
        c.line([(x, y), tip], 2.4 * s, p.ink)
        c.shape(disc(tip[0], tip[1], 12 * s, 9 * s), "#fffdf6")
    c.shape(curve([(520, 420), (560, 330), (600, 300), (640, 340), (690, 420)]), p.deep)
    walker(c, 520, 660, 0.9, p.ink, p.light)


def glacier(c, p):
    """Ice with no more push behind it, and the lake that took its place."""
    c.fill(p.light, p.paper)
    c.disc(1150, 210, 76, p.second)
    crest = c.peaks(360, 220, p.mid, p.deep, 5)
    for x, y in crest[1::2]:
        c.shape([(x, y), (x - 60, y + 96), (x - 16, y + 70), (x + 12, y + 104), (x + 64, y + 80)], "#ffffff")
    snowfield = curve(
        points("380 400, 470 280, 600 210, 720 250, 850 190, 1000 270, 1120 400, 900 470, 560 470")
    )
    c.shape([*snowfield, (380, 400)], "#ffffff", p.light, "bottom", 0.6)
    tongue = curve(
        points(
            "480 330, 500 430, 430 520, 330 640, 250 760, 620 790, 980 760, 1000 640, "
            "980 520, 930 420, 960 320"
        )
    )
    c.shape(tongue, "#ffffff", p.light, "bottom", 1.0)
    for i in range(9):
        y = 400 + i * 40
        c.line(
            curve([(430 + (760 - y) * 0.22, y + 20), (600, y - 8), (760, y + 14), (930, y - 4)]),
            5,
            p.mid if i % 2 else p.light,
        )
    lake_below(c, p)


def lake_below(c, p):
    c.shape(
        points(
            "250 760, 300 700, 380 730, 460 690, 560 742, 680 694, 800 744, 900 700, "
            "980 760, 970 800, 260 800"
        ),
        p.light,
        p.deep,
        "bottom",
        0.9,
    )
    c.shape([(-20, 480), (180, 500), (330, 620), (250, 820), (-20, 840)], p.deep, p.ink, "left", 0.8)
    c.shape([(1520, 420), (1260, 470), (1040, 590), (980, 790), (1520, 840)], p.deep, p.ink, "right", 0.8)
    waves(c, 784, [p.mid, mix(p.mid, p.deep, 0.5), p.deep, p.ink], 6, 420)
    for x, y, s in ((360, 850, 0.8), (720, 880, 1.3), (1090, 850, 0.7), (1240, 920, 1.0)):
        c.shape(
            placed([(-80, 0), (-50, -44), (-8, -26), (20, -66), (70, -20), (92, 0)], x, y, s),
            "#ffffff",
            p.mid,
            "bottom",
            0.7,
        )
    for i in range(5):
        c.line([(1160 + i * 44, 700 - i * 6), (1160 + i * 44, 640 - i * 6)], 6, p.accent)
    walker(c, 1130, 706, 0.62, p.accent, p.paper)


def beaver_dam(c, p):
    """The minister's field, as the beavers left it."""
    c.fill(p.second, p.paper)
    c.ridge(400, 40, p.light)
    c.ridge(470, 26, p.mid, p.deep, "bottom", 0.8)
    c.band(520, 1000, mix(p.deep, p.light, 0.55), p.deep)
    for x in (130, 250, 380, 1180, 1320, 1420):
        trunk = 470 + c.rng.uniform(-20, 30)
        c.line([(x, trunk + 150), (x, trunk - 150)], 14, p.ink)
        c.shape(disc(x, trunk - 190, 62, 92), c.rng.choice([p.deep, p.mid, p.accent]), p.ink, "right", 0.6)
        c.line([(x, trunk + 150), (x, trunk + 250)], 10, mix(p.deep, p.ink, 0.4))
    for i in range(6):
        c.line([(470 + i * 70, 690), (470 + i * 70, 596)], 11, p.paper)
    c.line([(450, 622), (850, 622)], 7, p.paper)
    c.line([(450, 660), (850, 660)], 7, p.paper)
    heap = [(c.rng.gauss(760, 260), 0) for _ in range(150)]
    for x, _ in heap:
        rise = max(0.0, 1 - abs(x - 760) / 520) * 150
        y = 812 - c.rng.uniform(0, rise)
        turn, reach = c.rng.uniform(-0.5, 0.5), c.rng.uniform(40, 110)
        c.line(
            [
                (x - reach * math.cos(turn), y - reach * math.sin(turn)),
                (x + reach * math.cos(turn), y + reach * math.sin(turn)),
            ],
            9,
            c.rng.choice([p.ink, p.deep, mix(p.second, p.ink, 0.5), mix(p.accent, p.ink, 0.4)]),
        )
    waves(c, 818, [mix(p.deep, p.light, 0.35), p.deep, p.ink], 5, 300)
    beaver(c, 980, 690, 1.35, mix(p.accent, p.ink, 0.5), p.ink)


def beaver(c, x, y, size, fur, ink):
    c.shape(placed(disc(116, 6, 74, 22, 0.3), x, y, size), ink)
    c.shape(
        placed(
            curve([(-70, 20), (-84, -40), (-40, -92), (40, -80), (88, -20), (84, 24), (-70, 24)]), x, y, size
        ),
        fur,
        ink,
        "bottom",
        0.7,
    )
    c.shape(placed(disc(-78, -74, 46, 38), x, y, size), fur, ink, "bottom", 0.5)
    c.shape(placed(disc(-56, -108, 13), x, y, size), ink)
    c.shape(placed(disc(-92, -82, 6), x, y, size), "#fffdf6")
    c.shape(placed(disc(-122, -70, 11, 8), x, y, size), ink)
    c.shape(placed(box(-118, -58, -102, -40), x, y, size), "#fffdf6")
