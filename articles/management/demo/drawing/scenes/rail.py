"""Trains, bridges and cranes."""

import math

from ..canvas import box, curve, disc, mix, placed, points, rounded
from .motifs import waves


def night_train(c, p):
    """Lit windows going somewhere while the hills sleep."""
    c.fill(p.ink, p.mid)
    for _ in range(210):
        c.disc(c.rng.uniform(0, 1500), c.rng.uniform(0, 520), c.rng.uniform(1, 2.8), p.paper)
    c.glow(1160, 210, 210, p.light, 0.5)
    c.disc(1160, 210, 80, p.paper, p.light, "left", 0.8)
    c.ridge(520, 70, mix(p.mid, p.deep, 0.5), p.deep, "bottom", 0.7)
    c.ridge(610, 50, p.deep, p.ink, "bottom", 0.9)
    c.shape(box(-20, 792, 1520, 1010), p.ink)
    for x in range(-20, 1520, 230):
        c.shape(
            curve([(x + 14, 1010), (x + 20, 880), (x + 115, 826), (x + 210, 880), (x + 216, 1010)]),
            mix(p.deep, p.ink, 0.4),
        )
    c.shape(box(-20, 780, 1520, 802), p.deep)
    coaches(c, p)


def coaches(c, p):
    for i in range(4):
        left = -120 + i * 400
        c.shape(
            rounded(left, 606, left + 386, 776, 18), p.second if i != 3 else p.accent, p.ink, "bottom", 0.6
        )
        c.shape(box(left + 6, 716, left + 380, 734), p.paper)
        for k in range(6):
            wx = left + 24 + k * 58
            lit = c.rng.random() < 0.72
            if lit:
                c.glow(wx + 20, 664, 70, p.accent, 0.55)
            c.shape(rounded(wx, 634, wx + 42, 694, 8), p.accent if lit else p.deep)
            if lit and c.rng.random() < 0.45:
                c.disc(wx + 21, 668, 10, p.ink)
                c.shape(
                    curve([(wx + 6, 694), (wx + 10, 680), (wx + 21, 676), (wx + 34, 680), (wx + 38, 694)]),
                    p.ink,
                )
        for wheel in (60, 110, 276, 326):
            c.disc(left + wheel, 778, 18, p.ink)
    c.line([(-20, 560), (1520, 548)], 3, p.ink)
    for x in (140, 620, 1100):
        c.line([(x, 800), (x, 520)], 9, p.ink)
        c.line([(x, 540), (x + 80, 554)], 6, p.ink)
    for _ in range(26):
        x = c.rng.uniform(0, 1500)
        y = c.rng.uniform(830, 990)
        c.line([(x, y), (x + c.rng.uniform(30, 120), y)], 3, mix(p.accent, p.ink, 0.55))


def bridge(c, p):
    """The gorge, the arch, and a queue going the other way."""
    c.fill(p.light, p.paper)
    c.disc(760, 330, 170, p.accent, p.second, "bottom", 0.6)
    c.ridge(430, 60, mix(p.light, p.mid, 0.5))
    c.ridge(520, 50, mix(p.mid, p.deep, 0.25), p.deep, "bottom", 0.8)
    c.shape(
        [(-20, 500), (300, 500), (360, 640), (330, 760), (430, 1010), (-20, 1010)],
        p.deep,
        p.ink,
        "right",
        0.8,
    )
    c.shape(
        [(1520, 500), (1200, 500), (1150, 620), (1180, 780), (1060, 1010), (1520, 1010)],
        p.deep,
        p.ink,
        "left",
        0.8,
    )
    c.shape(
        curve(
            points(
                "690 690, 640 760, 800 830, 610 920, 520 1010, 980 1010, 900 920, 940 830, 720 760, 720 690"
            )
        ),
        p.light,
        p.mid,
        "bottom",
        0.8,
    )
    arch_and_queue(c, p)


def arch_and_queue(c, p):
    outer = [(290 + 920 * t / 40, 800 - 300 * math.sin(math.pi * t / 40)) for t in range(41)]
    inner = [(310 + 880 * t / 40, 830 - 290 * math.sin(math.pi * t / 40)) for t in range(40, -1, -1)]
    c.shape([*outer, *inner], p.ink)
    for t in range(3, 38, 2):
        x, y = outer[t]
        c.line([(x, y), (x, 480)], 5, p.ink)
    c.shape(box(-20, 462, 1520, 492), p.ink)
    c.shape(box(-20, 454, 1520, 464), p.second)
    for i, x in enumerate(range(60, 1480, 92)):
        tone = [p.paper, p.accent, p.second, p.mid][i % 4]
        y = 454
        if i % 5 == 2:
            c.shape(rounded(x - 10, y - 62, x + 74, y - 8, 6), tone, p.ink, "right", 0.5)
        else:
            c.shape(
                curve(
                    [
                        (x, y - 10),
                        (x + 4, y - 26),
                        (x + 18, y - 30),
                        (x + 28, y - 46),
                        (x + 50, y - 46),
                        (x + 60, y - 30),
                        (x + 68, y - 10),
                    ]
                ),
                tone,
            )
            c.shape(box(x + 28, y - 42, x + 50, y - 30), p.ink)
        c.disc(x + 14, y - 8, 8, p.ink)
        c.disc(x + 54, y - 8, 8, p.ink)


def cranes(c, p):
    """Quay cranes at dusk; one cabin is lit."""
    c.fill(p.deep, p.second)
    c.glow(420, 650, 520, p.accent, 0.6)
    c.disc(420, 640, 120, p.accent)
    c.band(700, 1000, mix(p.second, p.deep, 0.4), p.ink)
    waves(c, 720, [mix(p.mid, p.deep, 0.3), mix(p.deep, p.mid, 0.3), p.deep, p.ink], 6, 360)
    for x, s in ((250, 0.62), (560, 0.78), (960, 1.12)):
        crane(c, x, 800, s, p.ink, p.accent, lit=s > 1)
    for row in range(3):
        for i in range(9):
            x = 760 + i * 92 - row * 16
            if c.rng.random() < 0.86 - row * 0.2:
                tone = c.rng.choice([p.accent, p.mid, p.light, p.second, p.deep])
                c.shape(box(x, 900 - row * 62, x + 88, 960 - row * 62), tone, p.ink, "bottom", 0.6)
                for rib in range(12, 84, 14):
                    c.line([(x + rib, 906 - row * 62), (x + rib, 954 - row * 62)], 2, mix(tone, p.ink, 0.35))
    c.shape(box(-20, 956, 1520, 1010), p.ink)
    for step in range(9):
        c.line(
            [(330 - step * 4, 740 + step * 22), (500 + step * 6, 740 + step * 22)],
            4,
            mix(p.accent, p.deep, step / 11),
        )


def crane(c, x, ground, size, ink, lamp, *, lit):
    def put(*points):
        return placed(list(points), x, ground, size)

    for leg in (0, 130):
        c.line(put((leg, 100), (leg, -330)), 15 * size, ink)
    c.line(put((0, -120), (130, -120)), 12 * size, ink)
    c.line(put((0, 60), (130, -120)), 6 * size, ink)
    c.line(put((-380, -330), (330, -330)), 18 * size, ink)
    c.line(put((65, -330), (65, -560)), 13 * size, ink)
    c.line(put((65, -556), (-360, -334)), 5 * size, ink)
    c.line(put((65, -556), (310, -334)), 5 * size, ink)
    for rib in range(-360, 320, 44):
        c.line(put((rib, -330), (rib + 22, -368)), 4 * size, ink)
        c.line(put((rib + 22, -368), (rib + 44, -330)), 4 * size, ink)
    c.shape(put((-150, -322), (-84, -322), (-84, -262), (-150, -262)), ink)
    if lit:
        c.glow(*put((-117, -292))[0], 110 * size, lamp, 0.8)
    c.shape(put((-140, -312), (-96, -312), (-96, -276), (-140, -276)), lamp if lit else ink)
    c.line(put((-230, -322), (-230, -120)), 4 * size, ink)
    c.shape(put((-290, -120), (-170, -120), (-170, -64), (-290, -64)), ink)


def slag_train(c, p):
    """Ladle wagons on the tip, pouring for the last time."""
    c.fill(p.ink, p.deep)
    c.glow(930, 640, 520, p.mid, 0.9)
    for x, height in ((120, 380), (250, 460), (390, 330)):
        c.shape([(x - 30, 700), (x - 20, 700 - height), (x + 20, 700 - height), (x + 30, 700)], p.ink)
        for puff in range(6):
            c.veil(
                disc(x + 40 + puff * 64, 690 - height - puff * 28, 44 + puff * 14, 30 + puff * 10),
                p.deep,
                0.55,
            )
    c.shape(box(60, 560, 520, 720), p.ink)
    c.shape(
        [(-20, 700), (1060, 690), (1180, 760), (1520, 1010), (-20, 1010)],
        mix(p.ink, p.deep, 0.3),
        p.ink,
        "bottom",
        0.8,
    )
    c.glow(1180, 840, 300, p.accent, 0.7)
    pour = curve(
        points("1010 650, 1080 680, 1150 760, 1260 860, 1420 1010, 1250 1010, 1150 880, 1060 740, 1000 680")
    )
    c.shape(pour, p.accent, p.light, "bottom", 0.9)
    c.line(curve([(1020, 658), (1090, 700), (1180, 800), (1330, 980)]), 12, "#fffbe6")
    for i in range(4):
        x = 300 + i * 215
        tilt = 0.75 if i == 3 else 0
        bowl = curve([(-74, -70), (-66, -10), (-40, 30), (0, 40), (40, 30), (66, -10), (74, -70)])
        c.shape(placed(bowl, x, 610, 1.0, tilt), p.ink, p.mid, "right", 0.5)
        c.shape(placed(disc(0, -70, 74, 15), x, 610, 1.0, tilt), p.accent if i > 1 else p.light)
        c.shape(box(x - 84, 650, x + 84, 668), p.ink)
        for wheel in (-52, 52):
            c.disc(x + wheel, 682, 20, p.ink)
            c.disc(x + wheel, 682, 8, p.deep)


def works(c, p, furnace_lit=True):
    """The steelworks over the terraces; the tall one is Number Four."""
    c.fill(p.ink, p.mid)
    c.glow(980, 480, 640, p.second, 0.6)
    x = -30
    while x < 1500:
        width = c.rng.uniform(120, 240)
        height = c.rng.uniform(120, 250)
        c.shape(box(x, 720 - height, x + width, 740), p.deep, p.ink, "bottom", 0.8)
        for tooth in range(int(width // 50)):
            c.shape(
                [
                    (x + tooth * 50, 722 - height),
                    (x + tooth * 50 + 46, 680 - height),
                    (x + tooth * 50 + 46, 722 - height),
                ],
                p.deep,
            )
        x += width
    for x, top, width in ((250, 240, 44), (340, 300, 44), (1290, 260, 50)):
        c.shape(
            [(x - width / 2 - 8, 740), (x - width / 2, top), (x + width / 2, top), (x + width / 2 + 8, 740)],
            p.ink,
            p.deep,
            "left",
            0.5,
        )
        for puff in range(8):
            c.veil(
                disc(x + 26 + puff * 58, top - 14 - puff * 22, 36 + puff * 15, 26 + puff * 9), p.light, 0.36
            )
    body = points(
        "850 740, 880 560, 836 470, 890 250, 930 190, 1030 190, 1070 250, 1124 470, 1080 560, 1110 740"
    )
    c.shape(body, p.ink, p.deep, "left", 0.6)
    number_four(c, p, furnace_lit)


def number_four(c, p, furnace_lit):
    for y in (300, 400, 480, 580):
        c.line([(846, y), (1114, y)], 9, p.deep)
    c.line([(620, 740), (900, 230)], 15, p.ink)
    c.line([(900, 210), (780, 110), (1180, 110), (1060, 210)], 13, p.ink)
    if furnace_lit:
        c.glow(980, 660, 240, p.accent, 0.95)
        c.shape(
            curve([(930, 740), (930, 660), (980, 626), (1030, 660), (1030, 740)]),
            p.accent,
            p.second,
            "bottom",
            0.7,
        )
    c.shape(box(-20, 736, 1520, 1010), p.ink)
    for row in range(2):
        x = -40 + row * 60
        while x < 1520:
            y = 860 + row * 110
            c.shape(
                box(x, y - 60, x + 130, y + 60),
                [mix(p.ink, p.deep, 0.5), mix(p.ink, p.mid, 0.35)][row],
                p.ink,
                "bottom",
                0.8,
            )
            c.shape(
                [(x - 4, y - 60), (x + 30, y - 104), (x + 100, y - 104), (x + 134, y - 60)],
                mix(p.ink, p.deep, 0.25),
            )
            c.shape(box(x + 92, y - 130, x + 110, y - 96), p.ink)
            lit = c.rng.random() < 0.55
            c.shape(box(x + 26, y - 40, x + 50, y - 8), p.accent if lit else p.ink)
            c.shape(box(x + 78, y - 40, x + 102, y - 8), p.accent if c.rng.random() < 0.3 else p.ink)
            x += 134
