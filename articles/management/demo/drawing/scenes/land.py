"""Hills, fields, bogs, deserts, glaciers and the people small in them."""

import math

from ..canvas import box, curve, disc, mix, placed, rounded
from .motifs import walker


def salt_road(c, p):
    """White cones, a straight road, lorries with their lights on."""
    c.fill(p.second, p.paper)
    c.disc(750, 420, 170, p.paper, p.second, "bottom", 0.7)
    c.peaks(440, 60, p.mid, p.deep, 9, 560)
    c.band(470, 1000, p.paper, p.light)
    for y in (520, 580, 660, 770):
        c.line([(-20, y), (1520, y + 4)], 2.5, p.light)
    for x, y, s in (
        (150, 560, 0.6),
        (330, 575, 0.7),
        (1180, 560, 0.6),
        (1360, 585, 0.8),
        (90, 720, 1.3),
        (1400, 760, 1.5),
        (410, 680, 1.0),
    ):
        c.shape(
            placed([(-120, 0), (-10, -130), (12, -130), (120, 0)], x, y, s), "#fffdf6", p.light, "right", 0.7
        )
        c.shape(placed(disc(0, 4, 132, 14), x, y, s), mix(p.light, p.mid, 0.3))
    c.shape([(742, 470), (758, 470), (1140, 1010), (360, 1010)], p.ink, p.deep, "top", 0.6)
    for step in range(7):
        y = 500 + step * step * 11 + step * 10
        c.shape(
            [
                (749 - step, y),
                (751 + step, y),
                (752 + step * 1.6, y + 8 + step * 6),
                (748 - step * 1.6, y + 8 + step * 6),
            ],
            p.paper,
        )
    for x, y, s in ((776, 520, 0.22), (806, 580, 0.42), (858, 720, 0.95)):
        c.shape(placed(rounded(-70, -150, 70, 0, 10), x, y, s), p.accent, p.ink, "bottom", 0.6)
        c.shape(placed([(-70, -150), (-40, -204), (46, -204), (70, -150)], x, y, s), "#fffdf6")
        c.shape(placed(box(-70, -14, 70, 6), x, y, s), p.ink)
        for side in (-48, 48):
            c.glow(x + side * s, y - 30 * s, 70 * s, "#ff5a3c", 0.9)
            c.disc(x + side * s, y - 30 * s, 11 * s, "#ff8a5c")


def post_path(c, p):
    """A postwoman, a border stone, two countries' worth of mountain."""
    c.fill(p.light, p.paper)
    c.disc(1130, 250, 92, p.second)
    c.peaks(420, 230, mix(p.light, p.mid, 0.6), "#ffffff", 5)
    crest = c.peaks(560, 190, p.mid, p.deep, 6)
    for x, y in crest[1::2]:
        c.shape([(x, y), (x - 34, y + 62), (x - 8, y + 44), (x + 10, y + 66), (x + 38, y + 52)], "#ffffff")
    c.ridge(690, 40, p.deep, p.ink, "bottom", 0.6)
    near = c.ridge(800, 34, mix(p.deep, p.second, 0.35), p.deep, "bottom", 0.7)
    path = curve([(-20, 980), (240, 900), (520, 900), (760, 850), (980, 826), (1180, 800)])
    c.line(path, 22, p.paper)
    for _ in range(40):
        x = c.rng.uniform(0, 1500)
        y = 868 + c.rng.uniform(0, 120)
        c.line([(x, y), (x + 4, y - 16)], 3, p.ink)
    c.shape(rounded(880, 700, 936, 846, 20), p.paper, p.mid, "right", 0.7)
    c.shape(box(880, 766, 936, 776), p.accent)
    walker(c, 660, 868, 1.5, p.ink, mix(p.second, p.ink, 0.25))
    c.shape(placed(rounded(-46, -94, -4, -46, 8), 660, 868, 1.5), p.accent, p.ink, "right", 0.6)
    c.shape(placed([(-12, -136), (20, -136), (30, -128), (-12, -128)], 660, 868, 1.5), p.accent)
    for x, y in near[::22]:
        for shift in (0, 26, 50):
            top = y - c.rng.uniform(60, 110)
            c.shape([(x + shift - 18, y + 8), (x + shift, top), (x + shift + 18, y + 8)], p.ink)


def fence(c, p):
    """A fence that divides one field, and a party."""
    c.fill(p.second, p.paper)
    c.ridge(430, 30, p.light)
    c.ridge(500, 30, p.mid, p.deep, "bottom", 0.8)
    c.shape([(-20, 560), (1520, 560), (1520, 1010), (-20, 1010)], p.mid)
    for i in range(22):
        x = -700 + i * 130
        c.line([(740 + (x - 740) * 0.25, 560), (x, 1010)], 12, mix(p.mid, p.light, 0.6))
    c.shape([(760, 560), (1520, 560), (1520, 1010), (980, 1010)], p.deep, p.ink, "bottom", 0.8)
    for i in range(9):
        c.line([(790 + i * 82, 562), (1040 + i * 190, 1010)], 6, mix(p.deep, p.mid, 0.4))
    posts = [(762 + 32 * i + 5 * i * i, 574 + 8 * i + 7.6 * i * i, 0.32 + 0.17 * i) for i in range(8)]
    for (x1, y1, s1), (x2, y2, s2) in zip(posts, posts[1:], strict=False):
        for share in (0.3, 0.72):
            c.line([(x1, y1 - 150 * s1 * share), (x2, y2 - 150 * s2 * share)], 4 + 5 * s2, p.paper)
    for x, y, s in posts:
        c.shape(placed(box(-13, -160, 13, 0), x, y, s), p.paper, p.ink, "right", 0.6)
    for x, y, s, tone in (
        (300, 740, 1.0, "#fffaf0"),
        (520, 660, 0.62, "#fffaf0"),
        (1270, 690, 0.7, p.accent),
    ):
        cow(c, x, y, s, tone, p.ink)
    c.shape([(1090, 520), (1090, 440), (1150, 400), (1210, 440), (1210, 520)], p.accent, p.ink, "right", 0.5)


def cow(c, x, y, size, hide, ink):
    for dx in (-70, -44, 52, 76):
        c.line([(x + dx * size, y - 40 * size), (x + dx * size, y + 36 * size)], 15 * size, ink)
    c.shape(placed(rounded(-100, -110, 100, -14, 34), x, y, size), hide, ink, "bottom", 0.45)
    c.shape(placed(disc(30, -70, 40, 26), x, y, size), ink)
    c.shape(placed(disc(-50, -50, 26, 20), x, y, size), ink)
    c.shape(placed(rounded(-168, -142, -84, -84, 22), x, y, size), hide)
    c.shape(placed(rounded(-172, -112, -138, -82, 14), x, y, size), mix(hide, ink, 0.35))
    c.shape(placed([(-96, -140), (-70, -154), (-78, -126)], x, y, size), ink)
    c.line([(x + 98 * size, y - 90 * size), (x + 116 * size, y - 30 * size)], 7 * size, ink)


def wind(c, p):
    """A village under three turbines of its own."""
    c.fill(p.light, p.paper)
    c.glow(420, 420, 420, p.second, 0.55)
    c.disc(420, 420, 96, p.second)
    c.ridge(600, 40, mix(p.mid, p.light, 0.5))
    c.ridge(680, 50, p.mid, p.deep, "bottom", 0.7)
    for x, ground, s, turn in ((930, 690, 1.0, 0.3), (1170, 660, 0.72, 1.1), (720, 650, 0.5, 0.7)):
        top = ground - 480 * s
        c.shape(
            [(x - 13 * s, ground), (x - 6 * s, top), (x + 6 * s, top), (x + 13 * s, ground)],
            "#fffdf8",
            p.mid,
            "right",
            0.7,
        )
        for blade in range(3):
            wing = curve([(0, -6), (60, -22), (230, -5), (236, 0), (60, 8), (0, 6)], 8)
            c.shape(placed(wing, x, top, s, turn + blade * math.tau / 3), "#fffdf8", p.mid, "bottom", 0.5)
        c.disc(x, top, 15 * s, p.accent)
    c.ridge(800, 24, p.deep, p.ink, "bottom", 0.9)
    village(c, p)


def village(c, p):
    x = 170
    for i in range(9):
        width, height = c.rng.uniform(70, 110), c.rng.uniform(64, 100)
        ground = 830 + 16 * math.sin(i)
        c.shape(
            box(x, ground - height, x + width, ground),
            [p.paper, p.second, p.light][i % 3],
            p.mid,
            "right",
            0.5,
        )
        c.shape(
            [
                (x - 9, ground - height),
                (x + width * 0.5, ground - height - 56),
                (x + width + 9, ground - height),
            ],
            [p.accent, p.ink][i % 2],
        )
        c.shape(
            box(x + width * 0.3, ground - height * 0.6, x + width * 0.3 + 20, ground - height * 0.6 + 24),
            p.accent if i % 3 else p.ink,
        )
        x += width + c.rng.uniform(14, 60)
    c.shape([(600, 836), (600, 700), (656, 700), (656, 836)], p.paper, p.mid, "right", 0.6)
    c.shape([(592, 702), (628, 610), (664, 702)], p.ink)
    c.ridge(900, 20, p.ink)
