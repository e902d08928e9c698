"""Pitches, roads, fells, water: people going as fast as they can."""

from ..canvas import box, curve, disc, mix, placed, points, rounded
from .motifs import gull, house, runner_body, waves


def crowd(c, top, bottom, tones, step=26):
    """Heads in rows, larger towards the front."""
    y = top
    while y < bottom:
        size = 9 + 9 * (y - top) / max(1, bottom - top)
        x = c.rng.uniform(-20, 0)
        while x < 1520:
            tone = c.rng.choice(tones)
            c.shape(
                rounded(x - size, y + size * 0.6, x + size, y + size * 3, size * 0.8),
                mix(tone, "#000000", 0.15),
            )
            c.shape(disc(x, y, size * 0.8), tone)
            x += size * 2 + c.rng.uniform(2, 8)
        y += step


def stadium(c, p):
    """Floodlights, ninth attempt."""
    c.fill(p.ink, p.deep)
    for x, lean in ((180, 60), (1320, -60)):
        c.line([(x, 520), (x + lean * 0.3, 130)], 15, p.ink)
        c.shape(rounded(x - 92, 70, x + 112, 176, 8), p.ink)
        for i in range(8):
            lx, ly = x - 66 + (i % 4) * 50, 98 + (i // 4) * 46
            c.glow(lx, ly, 120, p.paper, 0.45)
            c.disc(lx, ly, 17, "#fffdf4")
        c.veil([(x - 60, 170), (x + 70, 170), (x + lean * 16, 960), (x + lean * 5, 960)], p.paper, 0.1)
    c.shape([(-20, 330), (1520, 330), (1520, 720), (-20, 720)], mix(p.ink, p.deep, 0.4))
    c.shape([(-20, 270), (1520, 270), (1520, 336), (-20, 336)], p.ink, p.mid, "bottom", 0.5)
    crowd(c, 372, 660, [p.mid, p.light, p.second, p.accent, p.paper, mix(p.mid, p.ink, 0.4)])
    c.shape(box(-20, 700, 1520, 736), p.accent)
    for x in range(20, 1500, 210):
        c.shape(box(x, 708, x + 120, 728), p.ink)
    c.shape([(-20, 736), (1520, 736), (1520, 1010), (-20, 1010)], "#3f7f5a")
    for i in range(8):
        if i % 2:
            c.shape(
                [(-200 + i * 250, 736), (-20 + i * 230, 736), (i * 300 - 360, 1010), (-660 + i * 320, 1010)][
                    :4
                ],
                "#38734f",
            )
    c.line([(-20, 770), (1520, 770)], 6, p.paper)
    c.shape(disc(750, 780, 110, 24), p.paper)
    pitch_and_players(c, p)


def pitch_and_players(c, p):
    c.shape(disc(750, 780, 102, 19), "#3f7f5a")
    for x, y, s, tone, pose in (
        (640, 960, 1.35, p.second, 1),
        (800, 940, 1.2, p.second, 0),
        (930, 968, 1.4, p.second, 1),
        (330, 930, 1.0, p.paper, 2),
    ):
        footballer(c, x, y, s, tone, p, pose)
    c.shape(
        placed(
            points("-38 -50, 38 -50, 28 10, 8 26, 8 60, 30 70, -30 70, -8 60, -8 26, -28 10"),
            790,
            560,
            1.15,
        ),
        p.accent,
        p.second,
        "right",
        0.6,
    )
    for side in (-1, 1):
        c.line(
            placed(
                curve([(side * 36, -40), (side * 66, -36), (side * 58, 4), (side * 28, 4)]), 790, 560, 1.15
            ),
            9,
            p.accent,
        )


def footballer(c, x, y, size, shirt, p, pose):
    c.line(placed([(-14, -96), (-26, -40), (-30, 0)], x, y, size), 19 * size, p.ink)
    c.line(placed([(14, -96), (30, -44), (24 + 16 * pose, 0)], x, y, size), 19 * size, p.ink)
    c.shape(placed(rounded(-40, -130, 40, -80, 12), x, y, size), p.paper)
    c.shape(
        placed(
            curve([(-40, -100), (-46, -190), (-18, -222), (18, -222), (46, -190), (40, -100)]), x, y, size
        ),
        shirt,
        p.ink,
        "right",
        0.5,
    )
    skin = mix(p.second, p.ink, 0.5 if pose else 0.15)
    arms = (
        ([(-42, -200), (-84, -270)], [(42, -200), (74, -290)])
        if pose == 1
        else ([(-42, -200), (-76, -120)], [(42, -200), (78, -130)])
    )
    for arm in arms:
        c.line(placed(arm, x, y, size), 17 * size, skin)
    c.disc(x, y - 254 * size, 32 * size, skin)
    c.shape(
        placed(
            curve([(-34, -252), (-30, -286), (0, -294), (30, -286), (34, -252), (14, -274), (-14, -274)]),
            x,
            y,
            size,
        ),
        p.ink,
    )


def runner(c, p):
    """An hour of rain, run faster than anybody."""
    c.fill(p.mid, p.light)
    for i in range(11):
        x, height = i * 150 - 30, c.rng.uniform(120, 360)
        c.shape(box(x, 620 - height, x + 136, 640), mix(p.mid, p.deep, c.rng.uniform(0.15, 0.5)))
    c.band(620, 1000, p.deep, p.ink)
    for i in range(6):
        c.line(
            [(-20, 660 + i * 60 + i * i * 4), (1520, 640 + i * 60 + i * i * 4)], 4, mix(p.deep, p.light, 0.35)
        )
    c.veil(disc(720, 884, 250, 20), p.ink, 0.5)
    runner_body(c, 690, 870, 1.75, p.accent, p.ink, mix(p.second, p.ink, 0.62), p.ink)
    c.shape(placed(rounded(-14, -262, 38, -208, 4), 690, 870, 1.75), p.paper)
    for x, s in ((1260, 0.8), (1420, 0.72)):
        runner_body(c, x - 1050, 806, s, p.second, p.ink, mix(p.second, p.paper, 0.4), p.deep)
    for _ in range(260):
        x, y = c.rng.uniform(-50, 1600), c.rng.uniform(-40, 980)
        length = c.rng.uniform(30, 80)
        c.line([(x, y), (x - length * 0.34, y + length)], 2.2, p.paper)
    for _ in range(34):
        x, y = c.rng.uniform(0, 1500), c.rng.uniform(690, 980)
        c.line(curve([(x - 22, y), (x - 10, y - 12), (x + 10, y - 12), (x + 22, y)]), 3, p.light)


def pitch(c, p):
    """Half the touchline belongs to the sea."""
    c.fill(p.light, p.paper)
    c.disc(290, 240, 92, p.second)
    c.band(330, 640, mix(p.deep, p.light, 0.35), mix(p.deep, p.light, 0.1))
    waves(c, 350, [mix(p.deep, p.light, 0.45), mix(p.deep, p.light, 0.3), mix(p.deep, p.light, 0.18)], 6, 280)
    c.shape([(-20, 520), (1520, 470), (1520, 1010), (-20, 1010)], p.mid)
    for i in range(9):
        if i % 2:
            c.shape(
                [
                    (i * 190 - 120, 520 - i * 5),
                    (i * 190 + 70, 516 - i * 5),
                    (i * 330 - 580, 1010),
                    (i * 330 - 910, 1010),
                ],
                mix(p.mid, p.deep, 0.3),
            )
    c.line([(-20, 560), (1520, 512)], 7, "#fffdf6")
    c.line([(420, 546), (-80, 1010)], 7, "#fffdf6")
    c.line([*disc(900, 740, 210, 90), (1110, 740)], 7, "#fffdf6")
    for x in range(60, 1500, 160):
        c.line([(x, 540 - x * 0.03), (x, 470 - x * 0.03)], 6, p.ink)
    for dy in (0, 26):
        c.line([(-20, 486 + dy), (1520, 438 + dy)], 4, p.ink)
    c.line([(1150, 640), (1150, 420), (1420, 408), (1420, 640)], 13, "#fffdf6")
    goal_and_groundsman(c, p)


def goal_and_groundsman(c, p):
    for i in range(8):
        c.line([(1156 + i * 36, 424 - i), (1160 + i * 36, 610)], 2, p.paper)
    x, y = 560, 830
    c.shape(rounded(x + 40, y - 70, x + 250, y + 6, 18), p.accent, p.ink, "bottom", 0.6)
    c.disc(x + 80, y + 10, 34, p.ink)
    c.disc(x + 220, y + 10, 24, p.ink)
    c.line([(x + 52, y - 60), (x - 60, y - 170)], 9, p.ink)
    for dx, fx in ((-110, -140), (-96, -60)):
        c.line([(x + dx, y - 80), (x + fx, y + 34)], 25, p.ink)
    c.shape(
        placed(curve([(-44, 0), (-46, -110), (-16, -150), (26, -146), (48, -100), (40, 0)]), x - 104, y - 66),
        p.deep,
        p.ink,
        "right",
        0.6,
    )
    c.line([(x - 80, y - 180), (x - 50, y - 166)], 17, p.deep)
    c.disc(x - 100, y - 244, 33, mix(p.accent, p.paper, 0.6))
    c.shape(
        placed([(-40, -8), (-34, -34), (30, -34), (36, -10), (62, -6), (62, 0), (-40, 0)], x - 100, y - 250),
        p.ink,
    )
    for gx, gy, s in ((800, 200, 0.9), (930, 250, 0.6), (1210, 170, 0.7)):
        gull(c, gx, gy, s, p.ink)
    c.disc(1010, 900, 26, "#fffdf6", p.mid, "bottom", 0.5)


def fell(c, p):
    """Forty-two summits and the small people on one of them."""
    c.fill(p.second, p.paper)
    c.disc(1130, 330, 130, p.accent)
    c.peaks(430, 150, mix(p.light, p.mid, 0.3), None, 7)
    c.peaks(520, 150, p.mid, p.deep, 6)
    c.peaks(640, 150, mix(p.mid, p.deep, 0.6), p.ink, 5)
    ridge = curve(
        points("-60 980, 150 900, 340 820, 520 740, 700 690, 900 600, 1100 540, 1300 470, 1400 420, 1560 520")
    )
    c.shape([*ridge, (1560, 1010), (-60, 1010)], p.ink, p.deep, "left", 0.6)
    c.line([(x, y + 26) for x, y in ridge[:-16]], 8, mix(p.second, p.ink, 0.3))
    for i, share in enumerate((0.24, 0.36, 0.46, 0.62, 0.7, 0.78)):
        x, y = ridge[int(len(ridge) * share)]
        size = 0.52 - i * 0.05
        runner_body(c, x, y + 8, size, [p.accent, p.second, p.light][i % 3], p.deep, p.paper, p.ink)
    c.shape([(1384, 424), (1394, 360), (1408, 360), (1420, 426)], p.ink)
    c.line([(1401, 370), (1401, 280)], 6, p.ink)
    c.shape([(1404, 284), (1470, 300), (1404, 322)], p.accent)
    for _ in range(9):
        x, y = c.rng.uniform(0, 1500), c.rng.uniform(420, 640)
        for shift in (-90, 0, 90):
            c.veil(disc(x + shift, y, 140, 15), p.paper, 0.35)


def rowing(c, p):
    """Eight, and a cox without a voice."""
    c.fill(p.second, p.paper)
    c.disc(420, 300, 96, p.accent)
    c.shape(
        curve(points("-20 430, 220 380, 520 400, 820 370, 1200 396, 1520 360, 1520 470, -20 470")),
        p.mid,
        p.deep,
        "bottom",
        0.7,
    )
    for i in range(7):
        x = 860 + i * 96
        house(c, x, 440, 70, 66 + 14 * (i % 3), p.paper, p.deep, p.ink, p.mid)
    waves(c, 452, [mix(p.mid, p.light, 0.5), p.mid, mix(p.mid, p.deep, 0.4), p.deep, p.ink], 6, 380)
    for y, s, shirt in ((600, 0.72, p.second), (800, 1.05, p.accent)):
        boat(c, y, s, shirt, p)


def boat(c, y, s, shirt, p):
    """One eight with its cox; `s` is its size, the larger one nearer."""
    left = 170 if s > 1 else 330
    right = left + 1130 * s
    for i in range(8):
        rower(c, left + 132 * s + i * 118 * s, y, s, shirt, p, i)
    cox = curve([(-26, 10), (-26, -46), (0, -70), (26, -46), (26, 10)])
    c.shape(placed(cox, right - 20 * s, y, s), p.paper, p.mid, "right", 0.5)
    c.disc(right - 20 * s, y - 88 * s, 21 * s, mix(p.second, p.ink, 0.3))
    hull = [(left - 60, y), (left + 40, y + 28 * s), (right - 60, y + 28 * s), (right + 120, y - 8)]
    hull += [(right + 40, y - 14 * s), (left, y - 10 * s)]
    c.shape(curve(hull), p.ink, p.deep, "top", 0.5)
    for i in range(10):
        x = left + i * 118 * s - 60
        c.line(curve([(x, y + 112 * s), (x + 24, y + 104 * s), (x + 50, y + 114 * s)]), 4, p.paper)


def rower(c, x, y, size, shirt, p, kind):
    c.line(placed([(0, -24), (-150, 96)], x, y, size), 6 * size, p.ink)
    c.shape(placed(rounded(-192, 84, -140, 110, 8), x, y, size), p.paper)
    back = curve([(-26, 6), (-34, -60), (-8, -96), (18, -90), (30, 6)])
    c.shape(placed(back, x, y, size, -0.22), shirt, p.ink, "right", 0.5)
    c.line(placed([(-4, -78), (-54, -34), (-76, -4)], x, y, size), 13 * size, mix(shirt, p.paper, 0.4))
    skin = mix(p.second, p.ink, 0.5) if kind % 2 == 0 else mix(p.second, p.paper, 0.5)
    c.disc(x - 26 * size, y - 112 * size, 23 * size, skin)
