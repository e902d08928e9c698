"""Glass, chalk and a ruler."""

import math

from ..canvas import box, curve, disc, mix, placed, rounded


def glassware(c, p):
    """A row of small bottles, each from somebody's well."""
    c.fill(p.paper, p.light)
    c.disc(380, 400, 250, p.light)
    c.shape(box(-20, 760, 1520, 1010), p.deep, p.ink, "bottom", 0.9)
    for y in (250,):
        c.shape(box(-20, y, 1520, y + 18), p.mid)
        for i in range(11):
            x = 60 + i * 136
            h = c.rng.uniform(70, 150)
            c.shape(rounded(x, y - h, x + 76, y, 12), mix(p.light, p.paper, 0.3), p.mid, "right", 0.6)
            c.shape(rounded(x + 20, y - h - 24, x + 56, y - h + 4, 5), p.ink)
            c.shape(box(x + 8, y - h * 0.6, x + 68, y - h * 0.2), "#fffdf6")
    flask = [(-36, -330), (-36, -200), (-150, 0), (150, 0), (36, -200), (36, -330)]
    c.veil(placed(flask, 420, 780, 1.25), "#ffffff", 0.7)
    c.shape(
        placed([(-104, -80), (-150, 0), (150, 0), (104, -80)], 420, 780, 1.25), p.accent, p.second, "top", 0.7
    )
    c.line(placed([*flask, flask[0]], 420, 780, 1.25), 7, p.ink)
    c.veil(disc(780, 620, 156), "#ffffff", 0.75)
    c.shape([*disc(780, 620, 150)[2:35], (640, 640)], p.mid, p.deep, "bottom", 0.7)
    c.line([*disc(780, 620, 156), (936, 620)], 7, p.ink)
    c.line([(750, 468), (750, 330), (810, 330), (810, 468)], 7, p.ink)
    for x in (1000, 1088, 1176, 1264, 1352):
        level = c.rng.uniform(0.25, 0.75)
        c.veil(rounded(x, 430, x + 58, 770, 28), "#ffffff", 0.75)
        tone = p.accent if x == 1176 else p.second if x == 1000 else p.mid
        c.shape(rounded(x + 5, 765 - 320 * level, x + 53, 765, 24), tone, p.deep, "bottom", 0.5)
        c.line([*rounded(x, 430, x + 58, 770, 28), (x + 58, 458)], 5, p.ink)
    c.shape(box(960, 560, 1450, 592), p.ink)
    for i in range(6):
        c.disc(420 + c.rng.uniform(-90, 90), 720 - i * 26, c.rng.uniform(5, 11), p.paper)
    c.line([(620, 860), (1420, 860)], 26, mix(p.deep, p.light, 0.4))
    for x in range(650, 1420, 40):
        c.line([(x, 850), (x, 868)], 3, p.ink)


def chalkboard(c, p):
    """A proof in chalk, and the back of the head that made it."""
    c.fill(p.second, p.mid)
    c.shape(rounded(60, 50, 1440, 800, 8), mix(p.second, p.ink, 0.5))
    c.shape(box(86, 76, 1414, 774), p.deep, p.ink, "bottom", 0.7)
    chalk = mix(p.paper, p.deep, 0.12)
    centre = (1010, 360)
    nodes = [
        (centre[0] + 210 * math.cos(i * math.tau / 9), centre[1] + 210 * math.sin(i * math.tau / 9))
        for i in range(9)
    ]
    for i in range(9):
        for j in range(i):
            if (i * j + i + j) % 3:
                c.line([nodes[i], nodes[j]], 3, mix(chalk, p.deep, 0.35))
    for i, (x, y) in enumerate(nodes):
        c.disc(x, y, 17, p.accent if i == 3 else chalk)
    for row in range(7):
        x, y = 140.0, 150 + row * 82
        while x < 660 - 40 * (row % 3):
            step = c.rng.uniform(16, 58)
            style = c.rng.randrange(4)
            if style == 0:
                c.line(
                    curve(
                        [(x, y), (x + step * 0.3, y - 26), (x + step * 0.6, y + 10), (x + step * 0.8, y - 16)]
                    ),
                    5,
                    chalk,
                )
            elif style == 1:
                c.line([(x, y - 8), (x + step * 0.7, y - 8)], 5, chalk)
                c.line([(x, y + 6), (x + step * 0.7, y + 6)], 5, chalk)
            elif style == 2:
                c.line([*disc(x + 14, y, 13, 17), (x + 27, y)], 4.5, chalk)
            else:
                c.line([(x, y + 16), (x + 14, y - 22), (x + 28, y + 16)], 5, chalk)
            x += step + 12
    c.veil(disc(560, 640, 170, 70, -0.2), chalk, 0.22)
    mathematician(c, p)


def mathematician(c, p):
    c.shape(box(60, 800, 1440, 826), p.paper, p.second, "bottom", 0.8)
    for x in (200, 270, 1180):
        c.shape(rounded(x, 786, x + 50, 802, 6), "#fffdf6")
    c.shape(
        curve([(500, 1010), (520, 850), (610, 790), (690, 780), (770, 790), (860, 850), (880, 1010)]),
        p.accent,
        p.ink,
        "right",
        0.6,
    )
    c.disc(690, 690, 92, mix(p.accent, p.ink, 0.55))
    c.shape(disc(690, 596, 58, 50), "#5a4a48", p.ink, "bottom", 0.6)
    c.shape(
        curve([(592, 700), (596, 620), (690, 580), (786, 620), (788, 700), (690, 740)]),
        "#5a4a48",
        p.ink,
        "bottom",
        0.6,
    )


def lichen(c, p):
    """A dry wall and the slow clocks on it."""
    c.fill(p.light, p.paper)
    c.band(0, 190, p.light, p.paper)
    c.ridge(150, 24, p.mid)
    y = 170.0
    while y < 1000:
        x, height = c.rng.uniform(-140, -20), c.rng.uniform(84, 132)
        while x < 1520:
            width = c.rng.uniform(120, 300)
            jag = [c.rng.uniform(-9, 9) for _ in range(8)]
            stone = [
                (x + 12, y + jag[0] + 6),
                (x + width * 0.5, y + jag[1]),
                (x + width - 10, y + 6 + jag[2]),
                (x + width, y + height * 0.5 + jag[3]),
                (x + width - 12, y + height - 5 + jag[4]),
                (x + width * 0.5, y + height + jag[5]),
                (x + 10, y + height - 5 + jag[6]),
                (x, y + height * 0.5),
            ]
            tone = mix(p.deep, p.mid, c.rng.uniform(0, 0.8))
            c.shape(stone, tone, p.ink, "bottom", 0.6)
            x += width + 7
        y += height + 6
    lichens(c, p)


def lichens(c, p):
    for _ in range(46):
        x, y, r = c.rng.uniform(0, 1500), c.rng.uniform(210, 980), c.rng.uniform(14, 84)
        tone, lobes = c.rng.choice([p.second, p.paper, p.light, p.light, p.accent]), c.rng.randrange(6, 12)
        edge = [
            (
                x + r * (1 + 0.06 * math.sin(lobes * a + r) + c.rng.uniform(-0.05, 0.05)) * math.cos(a),
                y + r * (1 + 0.06 * math.sin(lobes * a + r) + c.rng.uniform(-0.05, 0.05)) * 0.9 * math.sin(a),
            )
            for a in [k * math.tau / 40 for k in range(40)]
        ]
        c.shape(edge, tone, mix(tone, p.ink, 0.4), "bottom", 0.4)
        c.shape(disc(x, y, r * 0.55, r * 0.5), mix(tone, p.deep, 0.25))
        c.shape(disc(x, y, r * 0.25), mix(tone, p.deep, 0.5))
    c.shape(placed(rounded(-210, -24, 210, 24, 5), 860, 560, 1, -0.16), p.paper, p.second, "right", 0.6)
    for mark in range(21):
        length = 24 if mark % 5 == 0 else 12
        c.line(
            placed([(-200 + mark * 20, -22), (-200 + mark * 20, -22 + length)], 860, 560, 1, -0.16), 3, p.ink
        )
