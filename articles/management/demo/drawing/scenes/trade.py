"""Stalls, scales and keys: things with a price, and one without."""

import math

from ..canvas import box, curve, disc, mix, placed, rounded
from .motifs import person


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
