"""Harbours, walls, ferries, fog and the tide."""

import math

from ..canvas import arch, box, curve, disc, mix, placed, rounded


def waves(c, top, colours, swing=12, length=240):
    """Bands of water, each with its own crest, the nearest one last."""
    gap = (c.height - top) / len(colours)
    for row, colour in enumerate(colours):
        y, phase = top + gap * row, c.rng.uniform(0, math.tau)
        crest = [
            (x, y + swing * (1 + row * 0.25) * math.sin(phase + x * math.tau / length))
            for x in range(-20, 1540, 12)
        ]
        c.shape([*crest, (1540, c.height + 5), (-20, c.height + 5)], colour)


def glints(c, top, bottom, colour, count=60, around=None):
    for _ in range(count):
        y = c.rng.uniform(top, bottom)
        reach = 40 + (y - top) * 0.7
        x = c.rng.uniform(-20, 1500) if around is None else c.rng.gauss(around, reach)
        c.line([(x, y), (x + c.rng.uniform(14, 60), y)], 3.2, colour)


def gull(c, x, y, size, colour):
    wing = curve([(-60, -8), (-34, -24), (0, 0), (34, -24), (60, -8)], 8)
    under = curve([(60, -8), (34, -12), (0, 12), (-34, -12), (-60, -8)], 8)
    c.shape(placed([*wing, *under], x, y, size), colour)


def house(c, x, ground, width, height, wall, roof, window, shade=None):
    c.shape(box(x, ground - height, x + width, ground), wall, shade, "right", 0.6)
    peak = width * 0.42
    c.shape(
        [(x - 8, ground - height), (x + width / 2, ground - height - peak), (x + width + 8, ground - height)],
        roof,
    )
    rows = max(1, int(height // 70))
    for row in range(rows):
        for column in range(2):
            wx, wy = x + width * (0.2 + 0.38 * column), ground - height + 18 + row * 62
            c.shape(box(wx, wy, wx + width * 0.2, wy + 30), window)


def wall(c, p):
    """A town behind its wall, the sea in front a little higher than one would like."""
    c.fill(p.second, p.paper)
    c.disc(1120, 300, 150, p.paper, p.second, "bottom", 0.6)
    c.shape(
        curve(
            [
                (-20, 520),
                (300, 380),
                (640, 470),
                (980, 400),
                (1300, 470),
                (1520, 430),
                (1520, 700),
                (-20, 700),
            ]
        ),
        mix(p.second, p.mid, 0.45),
    )
    roofs, x = [p.accent, p.deep, p.ink, mix(p.accent, p.ink, 0.4)], 40
    while x < 1430:
        width = c.rng.uniform(74, 118)
        height = c.rng.uniform(90, 220)
        house(
            c,
            x,
            640,
            width,
            height,
            c.rng.choice([p.paper, p.light, mix(p.paper, p.second, 0.5)]),
            c.rng.choice(roofs),
            p.deep,
            p.mid,
        )
        x += width + c.rng.uniform(2, 26)
    c.shape([(700, 640), (700, 330), (760, 330), (760, 640)], p.paper, p.mid, "right", 0.7)
    c.shape([(690, 332), (730, 190), (770, 332)], p.deep)
    c.shape([(-20, 600), (1520, 600), (1520, 790), (-20, 790)], p.light, p.deep, "bottom", 0.9)
    c.shape(box(-20, 586, 1520, 612), p.paper)
    for x in range(60, 1500, 180):
        c.line([(x, 614), (x, 770)], 3, p.mid)
    c.shape(placed([(-9, 0), (-11, -52), (0, -64), (11, -52), (9, 0)], 398, 588), p.ink)
    c.disc(398, 514, 12, p.ink)
    c.shape(placed([(-5, 0), (-7, -22), (7, -22), (5, 0), (24, 0), (24, -12), (7, -14)], 430, 588), p.ink)
    waves(c, 745, [p.mid, p.deep, mix(p.deep, p.ink, 0.5), p.ink], 11)
    glints(c, 770, 980, p.light, 46)
    for x, y, s in ((250, 240, 1.0), (345, 200, 0.7), (930, 150, 0.8)):
        gull(c, x, y, s, p.ink)


def ferry(c, p):
    """One ferry between two shores."""
    c.fill(p.light, p.paper)
    c.disc(360, 330, 120, p.accent)
    c.shape(
        curve([(-20, 560), (160, 400), (330, 430), (470, 560), (520, 620), (-20, 620)]),
        p.mid,
        p.deep,
        "bottom",
    )
    c.shape(
        curve([(940, 620), (1080, 480), (1230, 380), (1400, 420), (1520, 360), (1520, 620)]),
        p.deep,
        p.ink,
        "bottom",
    )
    waves(c, 596, [mix(p.mid, p.light, 0.5), p.mid, mix(p.mid, p.deep, 0.5), p.deep, p.ink], 9, 300)
    hull = [(420, 660), (1180, 660), (1120, 790), (470, 790)]
    c.shape(hull, p.ink)
    c.shape([(432, 690), (1166, 690), (1156, 714), (440, 714)], p.accent)
    c.shape(rounded(520, 560, 1080, 662, 14), p.paper, p.mid, "right", 0.4)
    c.shape(rounded(600, 478, 960, 562, 14), p.paper, p.mid, "right", 0.5)
    for x in range(548, 1060, 44):
        c.disc(x, 612, 11, p.deep)
    for x in range(624, 940, 52):
        c.shape(rounded(x, 502, x + 34, 534, 6), p.deep)
    c.shape([(760, 480), (772, 372), (858, 372), (852, 480)], p.accent, p.ink, "right", 0.6)
    c.shape(box(770, 388, 858, 410), p.paper)
    smoke = curve(
        [
            (812, 372),
            (760, 300),
            (610, 280),
            (470, 200),
            (330, 190),
            (420, 160),
            (620, 200),
            (760, 250),
            (846, 372),
        ]
    )
    c.veil(smoke, p.paper, 0.75)
    waves(c, 782, [p.deep, mix(p.deep, p.ink, 0.6), p.ink], 10, 210)
    glints(c, 800, 985, p.light, 40)
    for x, y, s in ((1120, 250, 0.9), (1210, 210, 0.6), (1010, 180, 0.5)):
        gull(c, x, y, s, p.ink)


def island_lights(c, p):
    """A dark island with a window lit for each person."""
    c.fill(p.ink, mix(p.deep, p.mid, 0.5))
    for _ in range(170):
        c.disc(c.rng.uniform(0, 1500), c.rng.uniform(0, 470) ** 1.0, c.rng.uniform(1, 2.6), p.paper)
    c.glow(1080, 560, 420, p.mid, 0.6)
    land = curve(
        [
            (60, 700),
            (190, 620),
            (360, 540),
            (560, 470),
            (760, 400),
            (930, 372),
            (1090, 440),
            (1280, 560),
            (1450, 690),
        ]
    )
    c.shape([*land, (1450, 720), (60, 720)], mix(p.ink, p.deep, 0.35), p.mid, "top", 0.35)
    for x, y in (
        (310, 616),
        (420, 590),
        (520, 604),
        (610, 560),
        (700, 520),
        (742, 590),
        (860, 540),
        (930, 600),
        (1010, 560),
        (1120, 596),
        (1210, 620),
    ):
        c.glow(x + 12, y, 58, p.accent, 0.75)
        c.shape(box(x - 16, y - 24, x + 40, y + 26), p.ink)
        c.shape([(x - 24, y - 22), (x + 12, y - 58), (x + 48, y - 22)], p.ink)
        c.shape(box(x + 2, y - 10, x + 22, y + 12), p.accent)
    c.shape([(916, 380), (924, 230), (956, 230), (964, 380)], p.paper, p.mid, "right", 0.8)
    c.shape(box(916, 206, 964, 232), p.ink)
    c.shape([(916, 206), (940, 184), (964, 206)], p.second)
    c.veil([(936, 216), (-40, 60), (-40, 220)], p.accent, 0.32)
    c.veil([(944, 218), (1560, 300), (1560, 420)], p.accent, 0.22)
    waves(c, 704, [mix(p.deep, p.mid, 0.4), p.deep, mix(p.deep, p.ink, 0.5), p.ink], 7, 330)
    for x in (330, 430, 620, 712, 870, 1020, 1130, 1220):
        for step in range(7):
            y = 722 + step * 26
            c.line(
                [(x - c.rng.uniform(4, 22), y), (x + c.rng.uniform(10, 30), y)],
                4,
                mix(p.accent, p.deep, step / 8),
            )


def fog(c, p):
    """Masts that stop half way up."""
    c.fill(mix(p.light, p.paper, 0.5), p.paper)
    for layer, (y, colour, count) in enumerate(
        ((520, mix(p.light, p.mid, 0.3), 5), (640, p.mid, 4), (790, p.deep, 3))
    ):
        for i in range(count):
            x = 130 + i * 1500 / count + c.rng.uniform(-60, 60) + layer * 40
            size = 0.6 + 0.5 * layer
            c.line([(x, y), (x + 4, y - 330 * size)], 5 + 2 * layer, colour)
            c.line([(x - 60 * size, y - 40), (x + 4, y - 300 * size), (x + 84 * size, y - 30)], 2.2, colour)
            c.shape(placed([(-150, -30), (150, -30), (112, 24), (-118, 24)], x, y, size), colour)
            c.shape(placed([(-60, -30), (-52, -76), (30, -76), (40, -30)], x, y, size), colour)
        for _ in range(7):
            fx, fy = c.rng.uniform(-100, 1600), y - c.rng.uniform(-10, 250)
            c.glow(fx, fy, c.rng.uniform(200, 380), p.paper, 0.8)
        c.veil(
            curve(
                [
                    (-20, y + 22),
                    (400, y - 6),
                    (800, y + 24),
                    (1200, y),
                    (1520, y + 18),
                    (1520, 1010),
                    (-20, 1010),
                ]
            ),
            p.paper,
            0.55,
        )
    c.glow(1130, 300, 230, p.second, 0.5)
    c.disc(1130, 300, 58, mix(p.second, p.paper, 0.35))
    quay = [(-20, 1010), (-20, 860), (560, 842), (700, 1010)]
    c.shape(quay, p.ink, p.deep, "right", 0.6)
    for x in (120, 330, 500):
        c.shape(rounded(x, 806 - x * 0.016, x + 44, 866, 16), p.ink)
        c.disc(x + 22, 812 - x * 0.016, 28, p.ink)
    gull(c, 520, 300, 1.1, p.deep)
    c.disc(352, 776, 20, p.paper)
    c.shape(
        placed([(-34, 14), (-6, -18), (22, -14), (30, 0), (8, 16)], 340, 792), p.paper, p.mid, "bottom", 0.6
    )
    c.shape([(370, 776), (392, 782), (368, 786)], p.accent)


def tide(c, p, level=0.5, weather="clear", ice=False):
    """The gauge at the end of the pier: the same post, the water where it was on the day."""
    top, bottom = (mix(p.deep, p.mid, 0.5), p.light) if weather == "storm" else (p.light, p.paper)
    c.fill(top, bottom)
    if weather == "clear":
        c.disc(1080, 270, 110, p.second, p.accent, "bottom", 0.5)
    for _ in range({"storm": 9, "cloud": 5}.get(weather, 2)):
        x, y, r = c.rng.uniform(0, 1500), c.rng.uniform(70, 300), c.rng.uniform(60, 130)
        tone = p.deep if weather == "storm" else p.paper
        for shift in (-1.1, 0, 1.1):
            c.veil(disc(x + shift * r, y + abs(shift) * r * 0.2, r * 1.2, r * 0.5), tone, 0.8)
    horizon = 560
    c.shape(
        curve([(900, 566), (1080, 520), (1260, 500), (1520, 530), (1520, 600), (900, 600)]),
        mix(p.mid, p.deep, 0.4),
    )
    c.band(horizon, 1000, p.mid, p.deep)
    water = 900 - 420 * level
    c.shape([(-20, 420), (520, 470), (520, 520), (-20, 520)], p.ink)
    for x in (40, 200, 360, 490):
        c.shape(box(x, 470, x + 26, 1010), p.ink)
    c.line([(-20, 372), (530, 430)], 6, p.ink)
    for x in range(20, 520, 82):
        c.line([(x, 376 + x * 0.107), (x, 470)], 5, p.ink)
    c.shape(box(690, 170, 780, 1010), p.paper, p.light, "right", 0.6)
    for mark in range(11):
        y = 210 + mark * 70
        c.shape(box(690, y, 690 + (58 if mark % 2 else 90), y + 30), p.ink if mark < 8 else p.accent)
    c.shape(box(676, 140, 794, 172), p.accent)
    swing = 34 if weather == "storm" else 8
    waves(
        c,
        water,
        [mix(p.mid, p.light, 0.25), p.mid, mix(p.mid, p.deep, 0.6), p.deep],
        swing,
        380 if weather == "storm" else 260,
    )
    glints(c, water + 16, 985, p.paper if weather != "storm" else p.light, 34)
    if ice:
        for _ in range(16):
            x, y = c.rng.uniform(0, 1500), c.rng.uniform(water + 10, 960)
            c.shape(disc(x, y, c.rng.uniform(40, 110), c.rng.uniform(8, 18)), p.paper, p.light, "bottom", 0.7)
    if weather == "rain":
        for _ in range(150):
            x, y = c.rng.uniform(-50, 1500), c.rng.uniform(0, 900)
            c.line([(x, y), (x - 14, y + 46)], 1.8, p.paper)
    for x, y, s in ((400, 250, 0.8), (310, 210, 0.55)) if weather in ("clear", "cloud") else ():
        gull(c, x, y, s, p.ink)


def seafront(c, p):
    """A street of boarded houses that ends in the water."""
    c.fill(mix(p.deep, p.mid, 0.4), p.light)
    c.band(430, 1000, p.deep, p.ink)
    for row in range(5):
        y = 450 + row * 26
        c.line(curve([(500, y), (700, y + 8), (1000, y - 6), (1520, y + 6)]), 4, p.mid)
    c.shape(
        [(-20, 1010), (-20, 760), (640, 560), (860, 560), (1320, 1010)],
        mix(p.paper, p.mid, 0.5),
        p.deep,
        "top",
        0.5,
    )
    c.line([(620, 1010), (745, 566)], 7, p.paper)
    for i in range(5):
        near = 1 - i * 0.17
        x, ground = 20 + 140 * i * (1 - i * 0.055), 800 - i * 52
        width, height = 190 * near, 430 * near
        tone = [p.second, p.paper, p.light, p.accent, p.paper][i]
        c.shape(box(x, ground - height, x + width, ground), tone, p.ink, "right", 0.5)
        c.shape(
            [
                (x - 8, ground - height),
                (x + width / 2, ground - height - 100 * near),
                (x + width + 8, ground - height),
            ],
            p.ink,
        )
        for row in range(2):
            for column in range(2):
                wx, wy = x + width * (0.14 + 0.45 * column), ground - height * (0.86 - 0.42 * row)
                c.shape(box(wx, wy, wx + width * 0.28, wy + height * 0.22), mix(p.second, p.ink, 0.45))
                c.line(
                    [(wx, wy), (wx + width * 0.28, wy + height * 0.22)], 7 * near, mix(p.second, p.paper, 0.3)
                )
                c.line(
                    [(wx + width * 0.28, wy), (wx, wy + height * 0.22)], 7 * near, mix(p.second, p.paper, 0.3)
                )
    crest = curve(
        [
            (820, 640),
            (900, 520),
            (1020, 420),
            (1170, 380),
            (1300, 420),
            (1360, 500),
            (1290, 470),
            (1210, 490),
            (1190, 560),
            (1260, 640),
            (1400, 700),
            (1520, 730),
            (1520, 1010),
            (1180, 1010),
            (960, 800),
        ]
    )
    c.shape(crest, p.mid, p.ink, "bottom", 0.8)
    c.line(curve([(900, 530), (1020, 430), (1170, 392), (1300, 430), (1360, 500)]), 14, p.paper)
    for _ in range(60):
        c.disc(c.rng.gauss(1230, 130), c.rng.gauss(400, 60), c.rng.uniform(2, 8), p.paper)
    c.line([(720, 700), (720, 440)], 8, p.ink)
    c.shape(rounded(660, 400, 780, 470, 8), p.paper)
    c.shape(box(674, 428, 766, 440), p.accent)


def window_arches(c, p):
    """An old port seen through its arcade, in the heat."""
    c.fill(p.second, p.paper)
    c.disc(760, 330, 130, p.paper)
    for i, (x, width, top, dome) in enumerate(
        (
            (150, 210, 430, 1),
            (350, 150, 500, 0),
            (480, 240, 380, 1),
            (720, 170, 470, 0),
            (880, 150, 520, 1),
            (1030, 260, 420, 0),
            (1270, 190, 480, 1),
        )
    ):
        tone = [p.light, p.mid, p.paper][i % 3]
        if dome:
            c.shape(
                disc(x + width / 2, top, width * 0.36),
                p.accent if i % 4 == 0 else p.deep,
                p.ink,
                "right",
                0.6,
            )
        c.shape(box(x, top, x + width, 720), tone, p.deep, "right", 0.5)
        for wx in range(int(x) + 24, int(x + width) - 30, 52):
            c.shape(arch(wx, top + 50, wx + 24, top + 100), p.ink)
    c.shape([(1150, 440), (1158, 200), (1192, 200), (1200, 440)], p.paper, p.mid, "right", 0.7)
    c.shape(arch(1150, 150, 1200, 204), p.accent)
    c.band(716, 1000, p.accent, mix(p.accent, p.ink, 0.5))
    glints(c, 730, 880, p.paper, 50, 760)
    c.shape(curve([(560, 770), (700, 800), (860, 796), (980, 760), (930, 830), (640, 834)]), p.ink)
    c.shape([(760, 780), (770, 560), (900, 740)], p.paper, p.light, "right", 0.8)
    frame = p.ink
    c.shape(box(-10, -10, 1510, 110), frame)
    for left in (-60, 480, 1020):
        outer, inner = box(left, -10, left + 540, 420), arch(left + 60, 70, left + 480, 1010)
        c.shape([*outer[:2], (left + 540, 290), *inner[::-1][1:-1], (left, 290)], frame)
    for x in (-30, 480, 1020, 1470):
        c.shape(box(x - 30 if x > 0 else x, 250, x + 60, 1010), frame, p.deep, "right", 0.7)
        c.shape(box(x - 46 if x > 0 else x, 330, x + 76, 356), p.deep)
    c.shape(box(-10, 930, 1510, 1010), frame)
    for x, size in ((250, 1.0), (330, 0.8)):
        jar = curve(
            [(-20, -110), (-26, -92), (-56, -50), (-40, 0), (40, 0), (56, -50), (26, -92), (20, -110)]
        )
        c.shape(placed(jar, x, 934, size), p.mid, p.deep, "right", 0.6)
