"""Furnaces, ovens, kitchens, stalls: places where something is made or sold."""

import math

from ..canvas import arch, box, curve, disc, mix, placed, points, rounded
from .motifs import person


def furnace(c, p):
    """The tap hole open, and four people who know what to do."""
    c.fill(p.ink, p.deep)
    c.glow(500, 560, 760, p.mid, 0.95)
    c.shape(
        [(140, 1010), (180, 300), (300, 120), (720, 120), (840, 300), (880, 1010)],
        p.ink,
        p.deep,
        "right",
        0.5,
    )
    for y in (260, 400, 560):
        c.line([(170, y), (850, y)], 14, mix(p.ink, p.deep, 0.6))
        for x in range(210, 840, 66):
            c.disc(x, y, 7, p.mid)
    c.glow(500, 700, 420, p.second if p.second.startswith("#f") else p.accent, 0.9)
    c.shape(arch(380, 560, 620, 820), p.light)
    c.shape(arch(418, 606, 582, 820), p.accent)
    c.shape(arch(452, 650, 548, 820), "#fffbe6")
    stream = curve(
        points(
            "460 790, 520 850, 700 880, 940 884, 1160 910, 1520 930, 1520 980, 1100 960, "
            "820 940, 560 930, 430 860"
        )
    )
    c.shape(stream, p.light, p.accent, "left", 0.9)
    c.line(curve([(490, 810), (560, 872), (760, 904), (1000, 912), (1500, 952)]), 15, "#fffbe6")
    for _ in range(160):
        angle, reach = c.rng.uniform(-2.6, -0.2), c.rng.uniform(60, 470)
        x, y = 560 + reach * math.cos(angle), 800 + reach * math.sin(angle) * 0.8
        c.line([(x, y), (x + 12 * math.cos(angle), y + 12 * math.sin(angle))], c.rng.uniform(2, 5), p.accent)
    for x, size, pose in ((980, 1.25, 0.0), (1130, 1.1, 0.2), (1270, 1.2, -0.1), (760, 1.0, 0.3)):
        worker(c, x, 890, size, p, pose)
    c.line([(620, 760), (960, 660)], 9, p.ink)
    c.shape(box(-20, 976, 1520, 1010), p.ink)


def worker(c, x, ground, size, p, lean):
    for dx in (-24, 24):
        c.line(placed([(dx, 0), (dx * 0.6, -110)], x, ground, size), 26 * size, p.ink)
    coat = curve([(-62, -84), (-56, -216), (-26, -250), (26, -250), (56, -216), (62, -84)])
    c.shape(placed(coat, x, ground, size, -lean * 0.3), p.ink, p.mid, "left", 0.4)
    c.line(placed([(-40, -220), (-96, -160), (-130, -190)], x, ground, size), 22 * size, p.ink)
    c.disc(x - 4 * size, ground - 284 * size, 36 * size, mix(p.light, p.deep, 0.4))
    c.shape(
        placed(
            curve([(-48, -290), (-40, -328), (0, -342), (40, -328), (46, -288)]), x - 4 * size, ground, size
        ),
        p.accent,
        p.mid,
        "right",
        0.6,
    )
    c.shape(placed(box(-56, -296, 46, -284), x - 4 * size, ground, size), p.accent)


def battery(c, p):
    """Clean halls, a long row of cells, one amber light."""
    c.fill(p.paper, p.light)
    for i in range(7):
        x = 100 + i * 220
        c.shape([(x, -10), (x + 120, -10), (x + 60, 300), (x + 10, 300)], "#fffef8")
        c.line([(x + 8, 300), (x + 64, 300)], 6, p.mid)
    c.shape(
        [(-20, 330), (1520, 330), (1520, 600), (-20, 600)], mix(p.light, p.mid, 0.5), p.mid, "bottom", 0.7
    )
    for x in range(30, 1500, 150):
        c.shape(rounded(x, 380, x + 110, 600, 8), p.mid, p.deep, "right", 0.5)
        c.line([(x + 16, 410), (x + 94, 410)], 5, p.light)
    c.shape([(-20, 600), (1520, 600), (1520, 1010), (-20, 1010)], p.deep, p.ink, "bottom", 0.9)
    c.shape([(-20, 690), (1520, 690), (1520, 770), (-20, 770)], p.ink)
    for i in range(9):
        x = 20 + i * 172
        tone = p.second if i == 5 else p.paper
        c.shape(rounded(x, 470, x + 120, 700, 22), tone, p.deep if i != 5 else p.accent, "right", 0.55)
        c.shape(rounded(x + 34, 440, x + 86, 484, 8), p.ink)
        level = [0.8, 0.7, 0.85, 0.6, 0.75, 0.12, 0.8, 0.7, 0.9][i]
        c.shape(
            rounded(x + 22, 680 - 150 * level, x + 98, 680, 10),
            p.accent if i == 5 else mix(p.mid, p.deep, 0.5),
        )
        c.shape(
            [(x + 66, 520), (x + 40, 590), (x + 58, 590), (x + 50, 650), (x + 84, 572), (x + 64, 572)],
            p.ink if i == 5 else p.paper,
        )
    c.glow(940, 560, 240, p.second, 0.4)
    for x in range(0, 1500, 90):
        c.disc(x + 40, 730, 24, p.mid)
        c.disc(x + 40, 730, 9, p.ink)
    person(c, 1130, 1000, 1.45, "#fffdf6", p, 5)


def oven(c, p):
    """Four in the morning; Thursday off."""
    c.fill(p.deep, p.ink)
    for row in range(14):
        for i in range(12):
            x, y = i * 140 - (70 if row % 2 else 0), row * 66
            c.shape(rounded(x + 4, y + 4, x + 134, y + 60, 6), mix(p.deep, p.mid, c.rng.uniform(0.05, 0.4)))
    c.shape(arch(330, 160, 1010, 690), p.ink)
    c.glow(670, 560, 480, p.mid, 0.95)
    c.shape(arch(380, 220, 960, 650), p.mid, p.accent, "bottom", 0.9)
    c.glow(670, 620, 300, p.light, 0.8)
    for x, y, s in ((500, 600, 0.8), (668, 590, 0.9), (838, 602, 0.8), (590, 640, 1.0), (760, 642, 1.0)):
        loaf(c, x, y, s, p)
    c.shape(box(290, 650, 1050, 700), p.light, p.deep, "bottom", 0.8)
    c.line([(790, 660), (1480, 930)], 17, p.light)
    c.shape(placed(rounded(-110, -34, 110, 34, 30), 740, 640, 1, 0.36), p.light, p.deep, "bottom", 0.5)
    c.shape(box(-20, 860, 1520, 1010), p.light, p.mid, "bottom", 0.7)
    for x, s in ((150, 1.3), (330, 1.2), (520, 1.35)):
        loaf(c, x, 880, s, p)
    c.disc(1250, 270, 108, p.paper, p.light, "bottom", 0.6)
    for hour in range(12):
        angle = hour * math.tau / 12
        c.disc(1250 + 88 * math.sin(angle), 270 - 88 * math.cos(angle), 6, p.ink)
    c.line([(1250, 270), (1296, 310)], 10, p.ink)
    c.line([(1250, 270), (1250, 196)], 7, p.accent)
    person(c, 1180, 1000, 1.75, p.paper, p, 4)


def loaf(c, x, y, size, p):
    crust = curve(
        [(-92, 16), (-88, -30), (-50, -62), (0, -70), (50, -62), (88, -30), (92, 16), (60, 26), (-60, 26)]
    )
    c.shape(placed(crust, x, y, size), mix(p.light, p.mid, 0.35), p.deep, "bottom", 0.7)
    for dx in (-42, -4, 34):
        c.line(placed([(dx - 12, -18), (dx + 18, -52)], x, y, size), 9 * size, p.paper)


def loaf_price(c, p):
    """A loaf cut into the shares of those who live on it."""
    c.fill(p.light, p.paper)
    c.disc(750, 520, 430, p.second if p.second != p.accent else p.mid)
    c.disc(750, 520, 430, mix(p.mid, p.light, 0.25), p.mid, "bottom", 0.8)
    c.shape(box(-20, 760, 1520, 1010), p.accent, p.ink, "bottom", 0.9)
    c.shape([(180, 790), (1320, 790), (1380, 870), (120, 870)], p.deep, p.ink, "bottom", 0.6)
    x = 250
    for i, width in enumerate((330, 180, 130, 96, 60)):
        lean = 0.05 * i
        slice_of_bread(c, x, width, lean, p)
        x += width + 44
    for side, x0 in ((-1, 190), (1, 1310)):
        for k in range(3):
            ear(c, x0 + side * k * 46, 760, 1.0 + 0.12 * k, side * (0.12 + 0.12 * k), p)
    for i in range(5):
        c.disc(1110 + i * 66, 900 + 12 * (i % 2), 34, p.mid, p.deep, "bottom", 0.6)
        c.disc(1110 + i * 66, 900 + 12 * (i % 2), 23, p.light)


def slice_of_bread(c, x, width, lean, p):
    for inset, height, outer, tone, shade, side in (
        (0, 276, 14, p.deep, p.ink, "right"),
        (12, 250, -8, p.paper, p.light, "bottom"),
    ):
        half, top = (width - 2 * inset) / 2, height - 36
        left, right = width / 2 - half, width / 2 + half
        outline = [(left, -inset), (left - outer, -120), (left + 11, -top), (width / 2, -height)]
        outline += [(right - 11, -top), (right + outer, -120), (right, -inset)]
        c.shape(placed(curve(outline), x, 800, 1, lean), tone, shade, side, 0.6)
    for _ in range(int(width / 12)):
        hole = disc(c.rng.uniform(26, max(28, width - 26)), c.rng.uniform(-220, -26), c.rng.uniform(3, 8), 4)
        c.shape(placed(hole, x, 800, 1, lean), p.light)


def ear(c, x, y, size, turn, p):
    c.line(placed([(0, 0), (0, -420)], x, y, size, turn), 6 * size, p.deep)
    for step in range(7):
        for side in (-1, 1):
            grain = disc(side * 21, -430 - step * 34, 12, 25, side * 0.5)
            c.shape(placed(grain, x, y, size, turn), p.mid, p.deep, "bottom", 0.6)
            c.line(
                placed([(side * 26, -446 - step * 34), (side * 62, -516 - step * 34)], x, y, size, turn),
                2.2,
                p.deep,
            )


def soup(c, p):
    """A pan, a candle, everything else dark."""
    c.fill(p.ink, mix(p.ink, p.deep, 0.6))
    c.glow(1010, 440, 680, p.mid, 0.75)
    c.shape(rounded(120, 90, 560, 560, 10), mix(p.ink, p.second, 0.3))
    for i in range(2):
        c.shape(
            rounded(144 + i * 202, 116, 336 + i * 202, 534, 4),
            mix(p.ink, p.second, 0.55),
            p.ink,
            "bottom",
            0.8,
        )
    for _ in range(26):
        x, y = c.rng.uniform(150, 530), c.rng.uniform(120, 500)
        c.line([(x, y), (x - 8, y + 34)], 2.2, p.second)
    c.shape(box(-20, 740, 1520, 1010), p.deep, p.ink, "bottom", 0.9)
    c.shape(
        curve([(330, 470), (336, 620), (380, 730), (640, 744), (830, 730), (874, 620), (880, 470)]),
        p.accent,
        p.mid,
        "left",
        0.8,
    )
    c.line([(330, 520), (250, 520), (250, 570), (340, 580)], 20, p.mid)
    c.line([(880, 520), (958, 520), (958, 570), (870, 580)], 20, p.accent)
    c.shape(disc(605, 474, 278, 62), p.light, p.accent, "left", 0.6)
    c.shape(disc(605, 478, 246, 48), p.mid, p.light, "right", 0.7)
    pan_and_candle(c, p)


def pan_and_candle(c, p):
    for x, y, tone in (
        (500, 476, p.second),
        (560, 492, p.accent),
        (640, 466, p.paper),
        (700, 486, p.second),
        (746, 470, p.accent),
        (600, 458, p.paper),
    ):
        c.shape(disc(x, y, 22, 9), tone)
    for x in (500, 610, 720):
        steam = curve(
            [
                (x, 410),
                (x - 40, 330),
                (x + 34, 250),
                (x - 10, 150),
                (x + 18, 250 + 4),
                (x + 62, 250),
                (x - 14, 330),
                (x + 22, 410),
            ]
        )
        c.veil(steam, p.paper, 0.28)
    c.shape(rounded(1060, 470, 1140, 742, 10), p.paper, p.light, "bottom", 0.7)
    c.glow(1100, 410, 240, p.accent, 0.9)
    c.shape(
        curve([(1100, 330), (1130, 400), (1118, 446), (1100, 456), (1082, 446), (1070, 400), (1100, 330)]),
        p.accent,
    )
    c.shape(curve([(1100, 386), (1114, 424), (1100, 446), (1086, 424), (1100, 386)]), "#fffbe6")
    c.shape(disc(1100, 756, 120, 24), p.light, p.deep, "bottom", 0.6)
    c.shape(disc(1290, 800, 70, 62), mix(p.accent, p.light, 0.4), p.mid, "bottom", 0.8)
    c.shape(disc(220, 806, 84, 70), p.light, p.mid, "right", 0.8)
    c.line([(220, 740), (236, 700)], 7, p.second)
