"""Observatories, laboratories, rivers: where somebody is measuring."""

import math

from ..canvas import arch, box, curve, disc, mix, placed, rounded


def observatory(c, p):
    """The dome open, the comet in the slit."""
    c.fill(p.ink, mix(p.deep, p.mid, 0.6))
    for _ in range(420):
        x, y = c.rng.uniform(0, 1500), c.rng.uniform(0, 760)
        c.disc(x, y, c.rng.uniform(0.9, 2.9), c.rng.choice([p.paper, p.light, p.accent]))
    for _ in range(26):
        share = c.rng.uniform(0, 1)
        c.glow(
            -60 + 1600 * share, 690 - 560 * share + c.rng.gauss(0, 50), c.rng.uniform(70, 190), p.mid, 0.32
        )
    tail = curve(
        [(1010, 236), (760, 170), (420, 120), (120, 60), (160, 150), (480, 220), (780, 262), (1012, 284)]
    )
    c.veil(tail, p.light, 0.5)
    c.veil(
        curve([(1010, 250), (800, 210), (520, 170), (380, 150), (560, 196), (800, 240), (1010, 270)]),
        p.paper,
        0.8,
    )
    c.glow(1018, 260, 130, p.paper, 0.8)
    c.disc(1018, 260, 25, "#fffdf4")
    c.ridge(760, 60, p.deep, p.ink, "bottom", 0.7)
    c.shape(
        curve([(180, 1010), (420, 880), (640, 800), (900, 792), (1180, 870), (1440, 1010)]),
        p.ink,
        p.deep,
        "left",
        0.5,
    )
    c.shape(box(560, 640, 980, 830), p.light, p.deep, "right", 0.8)
    c.shape([*disc(770, 640, 226)[36:], (996, 640), (544, 640)], p.paper, p.mid, "right", 0.9)
    c.shape([(800, 640), (806, 424), (868, 440), (900, 640)], p.ink)
    c.shape(placed(box(-34, -150, 34, 110), 860, 560, 1, 0.5), p.second, p.ink, "right", 0.6)
    c.shape(box(540, 632, 1000, 654), p.mid)
    c.shape(arch(640, 710, 706, 830), p.accent)
    c.glow(672, 780, 120, p.accent, 0.6)
    c.shape(curve([(450, 862), (452, 806), (472, 790), (492, 806), (496, 862)]), p.ink)
    c.disc(472, 774, 17, p.light)


def bedroom(c, p):
    """Paid to sleep: a bed, wires, the moon on the floor."""
    c.fill(p.ink, p.deep)
    c.shape(box(-20, -10, 1520, 700), p.deep, p.ink, "left", 0.7)
    c.shape(rounded(880, 90, 1330, 560, 8), p.mid)
    c.shape(box(900, 110, 1310, 540), p.ink, p.mid, "bottom", 0.8)
    c.glow(1090, 290, 210, p.light, 0.6)
    c.disc(1090, 290, 92, p.paper, p.light, "left", 0.8)
    for _ in range(36):
        c.disc(c.rng.uniform(910, 1300), c.rng.uniform(120, 500), c.rng.uniform(1, 2.6), p.paper)
    c.line([(1105, 110), (1105, 540)], 11, p.mid)
    c.line([(900, 325), (1310, 325)], 11, p.mid)
    c.shape(box(-20, 700, 1520, 1010), mix(p.deep, p.mid, 0.3), p.ink, "bottom", 0.8)
    c.veil([(740, 730), (1080, 730), (900, 1010), (420, 1010)], p.light, 0.3)
    c.shape(rounded(110, 430, 170, 860, 16), p.ink)
    c.shape(rounded(150, 660, 1010, 800, 20), p.ink, p.mid, "top", 0.4)
    c.shape(rounded(170, 560, 400, 670, 46), p.paper, p.light, "bottom", 0.7)
    c.shape(disc(350, 560, 66, 56), mix(p.accent, p.paper, 0.5), p.accent, "bottom", 0.6)
    c.shape(
        curve([(284, 560), (290, 500), (350, 486), (410, 510), (396, 540), (330, 530), (300, 580)]), p.ink
    )
    c.line(curve([(336, 566), (348, 574), (362, 568)]), 4, p.ink)
    quilt = curve(
        [(400, 640), (480, 560), (640, 540), (760, 590), (900, 580), (1010, 640), (1030, 770), (400, 780)]
    )
    c.shape(quilt, p.accent, p.mid, "bottom", 0.7)
    for x in range(470, 1000, 90):
        c.line(curve([(x, 600), (x + 16, 690), (x, 770)]), 4, mix(p.accent, p.ink, 0.3))
    for i, tone in enumerate((p.second, p.light, p.mid)):
        c.line(curve([(370, 512 + i * 10), (300, 400 - i * 30), (240, 330 + i * 20), (240, 250)]), 4, tone)
    c.shape(rounded(110, 130, 500, 330, 16), p.ink)
    trace = [
        (
            130 + i * 6,
            230 + 46 * math.sin(i * 0.34) * math.exp(-(((i - 30) / 18) ** 2)) + 8 * math.sin(i * 1.3),
        )
        for i in range(58)
    ]
    c.line(trace, 5, p.second)


def swifts(c, p):
    """A tower of small doors and those who came back for them."""
    c.fill(p.mid, p.paper)
    c.disc(470, 480, 190, p.light, p.second, "bottom", 0.6)
    c.ridge(820, 30, mix(p.deep, p.mid, 0.4))
    c.ridge(890, 24, p.deep, p.ink, "bottom", 0.9)
    c.shape([(1000, 1010), (1020, 300), (1280, 300), (1300, 1010)], p.paper, p.deep, "right", 0.9)
    c.shape([(980, 306), (1150, 130), (1320, 306)], p.ink)
    for row in range(8):
        for column in range(4):
            x, y = 1046 + column * 58, 350 + row * 74
            c.shape(rounded(x, y, x + 38, y + 24, 11), p.ink)
            if (row * 4 + column) in (5, 14, 22):
                c.disc(x + 19, y + 14, 9, p.second)
    for x, y, s, t in (
        (700, 300, 1.5, -0.3),
        (520, 200, 1.0, 0.2),
        (300, 330, 1.25, -0.6),
        (860, 480, 0.9, 0.5),
        (640, 560, 1.05, -0.1),
        (210, 560, 0.8, 0.3),
        (400, 700, 0.7, -0.4),
        (880, 190, 0.7, 0.1),
        (120, 180, 0.6, -0.2),
    ):
        swift(c, x, y, s, t, p.ink)
    person_at_foot(c, 860, 950, p)


def swift(c, x, y, size, turn, ink):
    wing = curve([(0, 0), (40, -34), (96, -54), (150, -44), (100, -34), (50, -4), (20, 16)], 8)
    c.shape(placed(wing, x, y, size, turn), ink)
    c.shape(placed(wing, x, y, size, turn + 0.2, mirrored=True), ink)
    c.shape(
        placed(
            curve(
                [(0, -30), (15, -6), (9, 40), (24, 74), (0, 56), (-24, 74), (-9, 40), (-15, -6), (0, -30)], 8
            ),
            x,
            y,
            size,
            turn,
        ),
        ink,
    )


def person_at_foot(c, x, y, p):
    c.shape(
        placed(curve([(-34, 0), (-34, -96), (0, -126), (34, -96), (34, 0)]), x, y),
        p.second,
        p.ink,
        "right",
        0.6,
    )
    c.disc(x - 6, y - 150, 27, mix(p.deep, p.paper, 0.4))
    c.line([(x + 16, y - 100), (x + 64, y - 150), (x + 20, y - 158)], 13, p.second)


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


def eels(c, p):
    """Downstream, in the dark, with a small tag."""
    c.fill(p.mid, p.ink)
    for row in range(8):
        y = 60 + row * 120
        wave = [(x, y + 16 * math.sin(x / 130 + row * 1.4)) for x in range(-20, 1540, 24)]
        c.line(wave, 5, mix(p.mid, p.deep, 0.25 + row * 0.09))
    c.veil([(480, -10), (760, -10), (1240, 1010), (640, 1010)], p.light, 0.18)
    c.veil([(200, -10), (330, -10), (520, 1010), (250, 1010)], p.light, 0.14)
    for x, y, s, tone, bend in (
        (750, 480, 1.25, p.ink, 1.0),
        (480, 760, 0.85, p.deep, -0.8),
        (1080, 220, 0.7, p.deep, 0.9),
        (1130, 800, 0.75, p.ink, -1.0),
        (280, 280, 0.62, p.deep, 0.8),
    ):
        eel(c, x, y, s, tone, bend, p)
    for _ in range(40):
        x, y = c.rng.uniform(0, 1500), c.rng.uniform(0, 1000)
        c.line([*disc(x, y, c.rng.uniform(4, 13)), (x, y)][:-1], 2.5, p.light)
    for i in range(16):
        x = c.rng.uniform(-20, 1500)
        height = c.rng.uniform(120, 300)
        c.shape(
            curve(
                [
                    (x, 1010),
                    (x - 20, 1000 - height * 0.5),
                    (x + 16, 1000 - height),
                    (x + 14, 1000 - height * 0.5),
                    (x + 28, 1010),
                ]
            ),
            p.accent if i % 5 == 0 else mix(p.ink, p.deep, 0.5),
        )


def eel(c, x, y, size, tone, bend, p):
    spine = [(t * 26 - 400, bend * 90 * math.sin(t * 0.34) * (1 - t / 60)) for t in range(31)]
    thick = [34 * min(1, 0.25 + t / 9) * min(1, (31 - t) / 5 + 0.25) for t in range(31)]
    upper = [(px, py - w) for (px, py), w in zip(spine, thick, strict=True)]
    lower = [(px, py + w) for (px, py), w in zip(spine, thick, strict=True)][::-1]
    c.shape(placed(curve(upper, 3) + curve(lower, 3), x, y, size), tone, p.mid, "bottom", 0.5)
    c.line(
        placed(
            curve([(px, py - w * 1.3) for (px, py), w in list(zip(spine, thick, strict=True))[3:24]], 3),
            x,
            y,
            size,
        ),
        9 * size,
        mix(tone, p.mid, 0.4),
    )
    head = spine[-1]
    c.shape(placed(disc(head[0] - 24, head[1] - 6, 8), x, y, size), p.second)
    if size > 1:
        tag = spine[17]
        c.shape(placed(rounded(tag[0] - 34, tag[1] - 62, tag[0] + 34, tag[1] - 34, 10), x, y, size), p.accent)
        c.glow(x + tag[0] * size, y + (tag[1] - 48) * size, 110, p.accent, 0.6)
