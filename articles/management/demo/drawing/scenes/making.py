"""Furnaces, ovens, kitchens, stalls: places where something is made or sold."""

import math

from ..canvas import arch, box, curve, disc, mix, placed, rounded
from .town import person


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
        [
            (460, 790),
            (520, 850),
            (700, 880),
            (940, 884),
            (1160, 910),
            (1520, 930),
            (1520, 980),
            (1100, 960),
            (820, 940),
            (560, 930),
            (430, 860),
        ]
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
        crust = curve(
            [
                (0, 0),
                (-14, -120),
                (10, -240),
                (width / 2, -276),
                (width - 10, -240),
                (width + 14, -120),
                (width, 0),
            ]
        )
        c.shape(placed(crust, x, 800, 1, lean), p.deep, p.ink, "right", 0.5)
        crumb = curve(
            [
                (12, -10),
                (4, -120),
                (24, -222),
                (width / 2, -250),
                (width - 24, -222),
                (width - 4, -120),
                (width - 12, -10),
            ]
        )
        c.shape(placed(crumb, x, 800, 1, lean), p.paper, p.light, "bottom", 0.7)
        for _ in range(int(width / 12)):
            c.shape(
                placed(
                    disc(
                        c.rng.uniform(26, max(28, width - 26)),
                        c.rng.uniform(-220, -26),
                        c.rng.uniform(3, 8),
                        4,
                    ),
                    x,
                    800,
                    1,
                    lean,
                ),
                p.light,
            )
        x += width + 44
    for side, x0 in ((-1, 190), (1, 1310)):
        for k in range(3):
            ear(c, x0 + side * k * 46, 760, 1.0 + 0.12 * k, side * (0.12 + 0.12 * k), p)
    for i in range(5):
        c.disc(1110 + i * 66, 900 + 12 * (i % 2), 34, p.mid, p.deep, "bottom", 0.6)
        c.disc(1110 + i * 66, 900 + 12 * (i % 2), 23, p.light)


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


def flowers(c, p):
    """The flower market by its own lamps."""
    c.fill(p.ink, p.deep)
    for x in (220, 620, 1020, 1400):
        c.glow(x, 210, 330, p.second, 0.55)
        c.line([(x, -10), (x, 190)], 5, p.ink)
        c.shape([(x - 54, 224), (x - 22, 180), (x + 22, 180), (x + 54, 224)], p.paper)
    for i, x in enumerate((150, 420, 760, 1110, 1370)):
        person(c, x, 690, 1.25, [p.accent, p.light, p.paper, p.mid, p.second][i], p, i + 1)
    for row in range(3):
        ground = 700 + row * 120
        c.shape(
            box(-20, ground, 1520, ground + 130),
            [p.deep, mix(p.deep, p.ink, 0.4), p.ink][row],
            p.ink,
            "bottom",
            0.7,
        )
        for i in range(9):
            x = -20 + i * 186 + row * 62
            tone = [p.mid, p.second, p.paper, p.accent, p.light][(i * 2 + row) % 5]
            c.shape(
                [(x, ground - 6), (x + 132, ground - 6), (x + 112, ground + 86), (x + 20, ground + 86)],
                p.light,
                p.deep,
                "right",
                0.8,
            )
            for _ in range(17):
                bloom(
                    c,
                    x + 66 + c.rng.gauss(0, 42),
                    ground - 40 + c.rng.gauss(0, 24),
                    c.rng.uniform(15, 25),
                    tone,
                    p,
                )


def bloom(c, x, y, size, tone, p):
    c.line([(x, y), (x, y + 40)], 3, p.accent)
    for petal in range(5):
        angle = petal * math.tau / 5 + size
        c.shape(disc(x + size * 0.55 * math.cos(angle), y + size * 0.55 * math.sin(angle), size * 0.6), tone)
    c.shape(disc(x, y, size * 0.36), mix(tone, p.ink, 0.45))


def scales(c, p):
    """A budget: paper on one side, coins on the other, and page 114 on the floor."""
    c.fill(p.paper, p.light)
    c.disc(750, 480, 360, mix(p.light, p.mid, 0.35), p.mid, "bottom", 0.7)
    c.shape(box(-20, 850, 1520, 1010), p.deep, p.ink, "bottom", 0.9)
    c.shape([(730, 260), (770, 260), (800, 820), (700, 820)], p.ink, p.deep, "left", 0.7)
    c.shape(rounded(600, 816, 900, 862, 18), p.ink)
    c.line([(330, 380), (1170, 240)], 19, p.ink)
    c.disc(750, 306, 34, p.accent)
    for x, y in ((330, 380), (1170, 240)):
        c.line([(x, y), (x - 150, y + 250)], 4, p.ink)
        c.line([(x, y), (x + 150, y + 250)], 4, p.ink)
        c.shape(
            curve(
                [(x - 180, y + 248), (x - 120, y + 306), (x, y + 322), (x + 120, y + 306), (x + 180, y + 248)]
            ),
            p.accent,
            p.ink,
            "right",
            0.6,
        )
    for i in range(15):
        y = 616 - i * 17
        turn = c.rng.uniform(-0.04, 0.04)
        c.shape(
            placed(box(-118, -9, 118, 9), 330, y, 1, turn),
            "#fffdf4" if i % 3 else p.light,
            p.mid,
            "right",
            0.4,
        )
    for column in range(4):
        for k in range([3, 5, 2, 4][column]):
            x, y = 1072 + column * 64, 478 - k * 20
            c.shape(rounded(x - 30, y - 17, x + 30, y + 3, 8), p.mid, p.deep, "right", 0.6)
            c.line([(x - 20, y - 7), (x + 20, y - 7)], 3, p.light)
    for x, y, turn in ((230, 930, -0.2), (980, 920, 0.16), (1220, 950, -0.1)):
        c.shape(placed(box(-90, -28, 90, 28), x, y, 1, turn), "#fffdf4", p.light, "right", 0.7)
        for row in (-12, 2, 14):
            c.line(placed([(-70, row), (50, row)], x, y, 1, turn), 3, p.mid)


def keys(c, p):
    """Keys to doors nobody remembers."""
    c.fill(p.deep, p.ink)
    for row in range(3):
        y = 120 + row * 300
        c.shape(box(60, y, 1440, y + 18), p.mid, p.ink, "bottom", 0.8)
        for i in range(10):
            x = 140 + i * 136
            if (row, i) == (1, 6):
                c.glow(x, y + 130, 170, p.light, 0.8)
                key(c, x, y + 20, 1.2, p.accent, p, i)
                continue
            c.disc(x, y + 20, 6, p.light)
            key(
                c,
                x,
                y + 20,
                c.rng.uniform(0.8, 1.15),
                c.rng.choice([p.mid, p.light, p.second, mix(p.light, p.mid, 0.5)]),
                p,
                i + row,
            )
            if c.rng.random() < 0.4:
                c.shape(placed(rounded(18, 60, 62, 118, 5), x, y + 20, 1, 0.2), p.paper)
                c.line(placed([(26, 80), (54, 80)], x, y + 20, 1, 0.2), 3, p.ink)


def key(c, x, y, size, metal, p, kind):
    turn = c.rng.uniform(-0.09, 0.09)
    hole = mix(p.deep, p.ink, 0.4)
    c.shape(placed(box(-7, 70, 7, 218), x, y, size, turn), metal, p.ink, "right", 0.6)
    head = disc(0, 42, 38) if kind % 3 else rounded(-36, 8, 36, 78, 16)
    c.shape(placed(head, x, y, size, turn), metal, p.ink, "right", 0.6)
    c.shape(placed(disc(0, 40, 19 if kind % 2 else 14), x, y, size, turn), hole)
    for tooth in range(2 + kind % 2):
        c.shape(
            placed(
                box(6, 164 + tooth * 20, 30 + (tooth + kind) % 2 * 10, 176 + tooth * 20), x, y, size, turn
            ),
            metal,
        )
