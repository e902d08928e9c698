"""Where the land ends: fog, the tide, a street, an old port."""

from ..canvas import arch, box, curve, disc, mix, placed, points, rounded
from .motifs import glints, gull, waves

# The paint that the harbourmaster did not expect to need, whatever the other inks.
RED = "#d64a33"


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
    quay(c, p)


def quay(c, p):
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
        c.disc(1080, 270, 110, p.second, mix(p.second, p.deep, 0.35), "bottom", 0.5)
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
    gauge_in_the_water(c, p, level, weather, ice)


def gauge_in_the_water(c, p, level, weather, ice):
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
        c.shape(box(690, y, 690 + (58 if mark % 2 else 90), y + 30), RED if mark < 3 else p.ink)
    c.shape(box(676, 140, 794, 172), RED)
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
    road_and_wave(c, p)


def road_and_wave(c, p):
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
        points(
            "820 640, 900 520, 1020 420, 1170 380, 1300 420, 1360 500, 1290 470, 1210 490, "
            "1190 560, 1260 640, 1400 700, 1520 730, 1520 1010, 1180 1010, 960 800"
        )
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
    harbour_and_arcade(c, p)


def harbour_and_arcade(c, p):
    c.shape([(1150, 440), (1158, 200), (1192, 200), (1200, 440)], p.paper, p.mid, "right", 0.7)
    c.shape(arch(1150, 150, 1200, 204), p.accent)
    c.band(716, 1000, p.accent, mix(p.accent, p.ink, 0.5))
    glints(c, 730, 880, p.paper, 50, 760)
    c.shape(curve([(560, 770), (700, 800), (860, 796), (980, 760), (930, 830), (640, 834)]), p.ink)
    c.shape([(760, 780), (770, 560), (900, 740)], p.paper, p.light, "right", 0.8)
    frame = p.ink
    c.shape(box(-10, -10, 1510, 70), frame)
    for left in (-60, 480, 1020):
        # What is left of the wall around the head of an arch.
        head = arch(left + 60, 64, left + 480, 284)
        c.shape([(left, 60), (left + 540, 60), (left + 540, 284), *head[::-1], (left, 284)], frame)
    for x in (480, 1020):
        c.shape(box(x - 60, 278, x + 60, 1010), frame, p.deep, "right", 0.7)
        c.shape(box(x - 76, 330, x + 76, 356), p.deep)
    c.shape(box(-10, 930, 1510, 1010), frame)
    for x, size in ((250, 1.0), (330, 0.8)):
        jar = curve(
            [(-20, -110), (-26, -92), (-56, -50), (-40, 0), (40, 0), (56, -50), (26, -92), (20, -110)]
        )
        c.shape(placed(jar, x, 934, size), p.mid, p.deep, "right", 0.6)
