"""Music, cinema, books, chess: rooms in which people are quiet together."""

import math

from ..canvas import box, curve, disc, mix, placed, points, rounded


def piano(c, p):
    """What an embassy leaves behind."""
    c.fill(p.light, p.paper)
    c.shape(box(-20, -10, 1520, 720), p.light, p.mid, "left", 0.6)
    for x in (140, 560, 1190):
        c.shape(box(x, 80, x + 240, 640), p.paper, p.second, "bottom", 0.8)
        for y in (260, 440):
            c.line([(x, y), (x + 240, y)], 8, p.light)
        c.line([(x + 120, 80), (x + 120, 640)], 8, p.light)
    for x in (420, 1010):
        c.shape(rounded(x - 60, 200, x + 60, 360, 4), mix(p.light, p.paper, 0.5))
    c.shape([(-20, 720), (1520, 720), (1520, 1010), (-20, 1010)], p.deep, p.ink, "right", 0.7)
    for x in (40, 480, 920, 1360):
        c.veil([(x + 60, 730), (x + 240, 730), (x + 60, 1010), (x - 220, 1010)], p.second, 0.4)
    lid = curve([(560, 560), (640, 300), (840, 180), (1060, 180), (1200, 280), (1250, 420)])
    c.shape([*lid, (1230, 560)], p.ink, p.deep, "right", 0.5)
    c.line([(980, 560), (1010, 330)], 9, p.second)
    c.shape(
        curve([(470, 560), (560, 548), (1240, 552), (1310, 590), (1300, 670), (1180, 700), (480, 690)]),
        p.ink,
        p.deep,
        "bottom",
        0.4,
    )
    c.shape(box(420, 596, 620, 620), p.ink)
    c.shape([(400, 618), (660, 618), (660, 650), (390, 650)], "#fffdf6")
    for i in range(13):
        x = 404 + i * 19.6
        c.line([(x, 620), (x - 2, 650)], 2, p.mid)
        if i % 7 not in (2, 6):
            c.shape(box(x + 9, 618, x + 18, 638), p.ink)
    for x in (470, 1220, 860):
        c.shape([(x - 16, 680), (x + 16, 680), (x + 9, 900), (x - 9, 900)], p.ink)
        c.disc(x, 908, 15, p.second)
    c.shape(rounded(210, 720, 380, 760, 14), p.accent, p.ink, "bottom", 0.6)
    for x in (232, 358):
        c.line([(x, 756), (x, 900)], 11, p.ink)
    c.shape(placed(box(-80, -56, 80, 56), 1330, 880), p.second, p.mid, "right", 0.8)
    c.line([(1250, 880), (1410, 880)], 9, p.paper)


def orchestra(c, p):
    """Strings between buses."""
    c.fill(p.deep, p.ink)
    for i in range(6):
        x = -60 + i * 300
        c.shape([(x, -10), (x + 180, -10), (x + 120, 150), (x + 60, 150)], mix(p.deep, p.mid, 0.35))
        c.line([(x + 60, 152), (x + 120, 152)], 10, p.accent)
        c.glow(x + 90, 170, 200, p.second, 0.45)
    for i, x in enumerate((-90, 560, 1210)):
        tone = [p.mid, p.second, p.mid][i]
        c.shape(rounded(x, 190, x + 540, 640, 34), tone, p.ink, "bottom", 0.7)
        for k in range(4):
            c.shape(
                rounded(x + 34 + k * 124, 240, x + 138 + k * 124, 370, 12),
                p.light if k % 2 else mix(p.light, p.deep, 0.3),
            )
        c.shape(box(x, 420, x + 540, 446), p.paper)
        c.disc(x + 130, 636, 56, p.ink)
        c.disc(x + 420, 636, 56, p.ink)
        c.disc(x + 130, 636, 22, p.mid)
        c.disc(x + 420, 636, 22, p.mid)
    c.shape(box(-20, 660, 1520, 1010), mix(p.ink, p.deep, 0.3), p.ink, "bottom", 0.7)
    for row, (y, size, count) in enumerate(((730, 0.86, 8), (880, 1.14, 6))):
        for i in range(count):
            violinist(c, 110 + i * (1400 / count) + row * 50, y, size, p, i + row)
    c.shape(curve([(700, 1010), (706, 900), (750, 870), (796, 900), (804, 1010)]), p.ink)
    c.disc(750, 838, 40, p.light)
    c.shape(
        placed(curve([(-44, 4), (-40, -36), (0, -52), (40, -36), (44, 4), (20, -14), (-20, -14)]), 750, 836),
        p.paper,
    )
    c.line([(716, 920), (620, 830)], 22, p.ink)
    c.line([(786, 920), (880, 800)], 22, p.ink)
    c.line([(880, 800), (950, 690)], 5, p.paper)


def violinist(c, x, ground, size, p, kind):
    coat = p.ink if kind % 3 else p.accent
    c.shape(
        placed(curve([(-52, 110), (-54, 10), (-30, -40), (30, -40), (54, 10), (52, 110)]), x, ground, size),
        coat,
        p.ink,
        "right",
        0.4,
    )
    c.disc(x, ground - 78 * size, 36 * size, [p.light, mix(p.mid, p.ink, 0.4), p.paper][kind % 3])
    c.shape(
        placed(
            curve([(-40, -78), (-36, -114), (0, -124), (36, -114), (40, -74), (20, -102), (-20, -100)]),
            x,
            ground,
            size,
        ),
        p.ink if kind % 2 else p.second,
    )
    c.shape(
        placed(disc(54, -30, 40, 19, -0.35), x, ground, size),
        p.accent if coat == p.ink else p.second,
        p.ink,
        "bottom",
        0.6,
    )
    c.line(placed([(84, -44), (142, -70)], x, ground, size), 7 * size, p.ink)
    c.line(placed([(10, 40), (84, 10), (92, -36)], x, ground, size), 17 * size, coat)
    c.line(placed([(36, 34), (92, -128)], x, ground, size), 3.4 * size, p.paper)


def fiddle(c, p):
    """A fiddle, a stave, and a gap where a verse should be."""
    c.fill(p.paper, p.light)
    for row in range(3):
        for line in range(5):
            y = 150 + row * 270 + line * 26
            pieces = ((-20, 1520),) if row != 1 else ((-20, 520), (1180, 1520))
            for start, end in pieces:
                c.line([(start, y + 10 * math.sin(start)), (end, y + 10 * math.sin(start))], 3, p.mid)
        for i in range(11):
            x = 60 + i * 140
            if row == 1 and 480 < x < 1210:
                continue
            y = 150 + row * 270 + 26 * c.rng.randrange(5)
            c.shape(disc(x, y, 19, 14, -0.4), p.ink)
            c.line([(x + 16, y - 4), (x + 16, y - 96)], 5, p.ink)
    instrument(c, p)


def instrument(c, p):
    body = curve(
        points(
            "0 -230, 90 -214, 128 -140, 96 -60, 70 -10, 100 60, 150 150, 120 250, 0 286, "
            "-120 250, -150 150, -100 60, -70 -10, -96 -60, -128 -140, -90 -214, 0 -230"
        )
    )
    turn = 0.62
    c.veil(placed(body, 838, 580, 1.1, turn), p.ink, 0.25)
    c.shape(placed(body, 810, 555, 1.1, turn), p.accent, p.ink, "bottom", 0.75)
    c.shape(placed(box(-24, -520, 24, -90), 810, 555, 1.1, turn), p.ink)
    c.shape(
        placed(curve([(-30, -520), (-34, -590), (0, -622), (34, -590), (30, -520)]), 810, 555, 1.1, turn),
        p.deep,
    )
    for side in (-1, 1):
        c.line(
            placed(
                curve([(side * 58, 30), (side * 44, 66), (side * 62, 100), (side * 46, 136)]),
                810,
                555,
                1.1,
                turn,
            ),
            9,
            p.ink,
        )
        for peg in (-540, -580):
            c.line(placed([(side * 24, peg), (side * 62, peg - 8)], 810, 555, 1.1, turn), 13, p.ink)
    c.shape(placed(box(-50, 96, 50, 112), 810, 555, 1.1, turn), p.second)
    c.shape(placed([(-22, 170), (22, 170), (34, 268), (-34, 268)], 810, 555, 1.1, turn), p.ink)
    for string in (-14, -5, 5, 14):
        c.line(placed([(string, -500), (string, 190)], 810, 555, 1.1, turn), 2, p.paper)
    c.line([(250, 330), (1240, 850)], 9, p.deep)
    c.line([(262, 352), (1230, 862)], 3, "#fffdf6")


def cinema(c, p):
    """A boat shed with a beam of light in it."""
    c.fill(p.ink, p.deep)
    for i in range(9):
        c.line([(750, -60), (-300 + i * 265, 520)], 14, mix(p.deep, p.ink, 0.4))
    c.shape(box(360, 150, 1140, 560), p.paper, p.light, "bottom", 0.5)
    c.shape(box(380, 170, 1120, 540), p.light, p.mid, "bottom", 0.7)
    c.disc(900, 290, 62, p.second)
    c.shape(
        curve([(380, 460), (560, 380), (760, 450), (960, 400), (1120, 450), (1120, 540), (380, 540)]), p.mid
    )
    c.shape(curve([(380, 510), (700, 470), (1120, 520), (1120, 540), (380, 540)]), p.deep)
    for lean, x in ((-0.25, 612), (0.12, 660)):
        c.shape(placed(disc(0, -62, 15, 58), x, 420, 1, lean), p.paper, p.light, "right", 0.6)
    c.shape(disc(636, 430, 66, 58), p.paper, p.light, "bottom", 0.6)
    c.shape(disc(640, 500, 92, 46), p.paper, p.light, "bottom", 0.6)
    c.disc(616, 420, 7, p.ink)
    c.disc(658, 420, 7, p.ink)
    c.veil([(1560, 860), (1560, 930), (1118, 542), (382, 172), (1118, 172)], p.second, 0.17)
    for _ in range(70):
        c.disc(c.rng.uniform(700, 1480), c.rng.uniform(330, 800), c.rng.uniform(1, 2.6), p.paper)
    audience(c, p)


def audience(c, p):
    for row, y in enumerate((700, 800, 915)):
        size = 1 + row * 0.35
        for i in range(9 - row):
            x = 90 + i * (1400 / (9 - row)) + row * 40 + c.rng.uniform(-12, 12)
            tone = [p.ink, mix(p.ink, p.deep, 0.5), mix(p.ink, p.mid, 0.25)][(i + row) % 3]
            c.disc(x, y, 37 * size, tone)
            c.shape(
                placed(curve([(-80, 150), (-74, 70), (-30, 38), (30, 38), (74, 70), (80, 150)]), x, y, size),
                tone,
                p.ink,
                "bottom",
                0.6,
            )
            if (i + row) % 4 == 1:
                c.shape(
                    placed(curve([(-42, -8), (-34, -44), (0, -56), (34, -44), (42, -8)]), x, y, size),
                    p.accent,
                    p.ink,
                    "bottom",
                    0.7,
                )
