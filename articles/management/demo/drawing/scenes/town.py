"""Streets, halls, clocks and terraces."""

import math

from ..canvas import arch, box, curve, disc, mix, placed, rounded
from .motifs import house, person


def clock_tower(c, p):
    """The clock that is wrong, and loved for it."""
    c.fill(p.mid, p.paper)
    c.disc(330, 300, 140, p.accent, p.second, "top", 0.6)
    for i in range(12):
        width, height = c.rng.uniform(100, 170), c.rng.uniform(160, 360)
        x = -60 + i * 136
        c.shape(box(x, 900 - height, x + width, 900), [mix(p.mid, p.light, 0.4), p.light][i % 2])
        c.shape(
            [(x - 8, 900 - height), (x + width / 2, 830 - height), (x + width + 8, 900 - height)],
            mix(p.deep, p.mid, 0.4),
        )
    c.shape(box(760, 250, 1060, 1010), p.paper, p.mid, "right", 0.7)
    c.shape(box(730, 224, 1090, 264), p.deep)
    c.shape([(748, 226), (910, -10), (1072, 226)], p.deep, p.ink, "right", 0.6)
    c.disc(910, 430, 128, p.ink)
    c.disc(910, 430, 110, "#fffaf0", p.light, "bottom", 0.6)
    for hour in range(12):
        angle = hour * math.tau / 12
        x, y = 910 + 92 * math.sin(angle), 430 - 92 * math.cos(angle)
        c.disc(x, y, 8 if hour % 3 else 12, p.ink)
    c.line([(910, 430), (962, 388)], 13, p.accent)
    c.line([(910, 430), (880, 346)], 9, p.ink)
    c.disc(910, 430, 13, p.ink)
    for y in (620, 780):
        for x in (800, 900, 980):
            c.shape(arch(x, y, x + 42, y + 96), p.deep)
    c.shape([(-20, 900), (1520, 900), (1520, 1010), (-20, 1010)], p.deep, p.ink, "bottom", 0.8)
    for x, tone in ((300, p.accent), (360, p.ink), (520, p.second), (1240, p.ink), (1300, p.second)):
        c.shape(placed(curve([(-22, 0), (-24, -66), (0, -84), (24, -66), (22, 0)]), x, 960), tone)
        c.disc(x, 860, 17, p.paper if tone == p.ink else p.ink)


def terraces(c, p):
    """Back-to-backs above, allotments below, and a crane looking over."""
    c.fill(p.light, p.paper)
    c.shape(
        curve([(-20, 440), (400, 330), (800, 400), (1200, 300), (1520, 360), (1520, 700), (-20, 700)]),
        mix(p.light, p.mid, 0.5),
    )
    for row, ground in enumerate((520, 640)):
        x = -40 - row * 50
        while x < 1520:
            width = 112
            house(
                c,
                x,
                ground,
                width,
                130,
                [p.mid, p.second, p.paper][c.rng.randrange(3)],
                [p.deep, p.ink][row],
                p.ink,
                p.deep,
            )
            c.shape(box(x + 84, ground - 210, x + 104, ground - 150), p.deep)
            x += width
    c.shape([(-20, 640), (1520, 640), (1520, 1010), (-20, 1010)], p.accent, p.ink, "bottom", 0.9)
    allotments_and_crane(c, p)


def allotments_and_crane(c, p):
    for i in range(7):
        left = -120 + i * 250
        c.shape(
            [(left + 40, 690), (left + 230, 690), (left + 200, 960), (left - 40, 960)],
            mix(p.deep, p.ink, 0.3),
            p.ink,
            "bottom",
            0.6,
        )
        for row in range(5):
            y = 716 + row * 48
            for k in range(5):
                x = left + 52 + k * 34 - row * 14
                tone = [p.second, mix(p.accent, p.paper, 0.5), p.mid][(i + row) % 3]
                c.shape(disc(x, y, 13, 10), tone, p.ink, "bottom", 0.5)
    c.shape(box(640, 610, 760, 730), p.paper, p.mid, "right", 0.6)
    c.shape([(624, 614), (700, 560), (776, 614)], p.ink)
    c.shape(box(680, 650, 720, 730), p.deep)
    c.line([(1240, 640), (1240, 90)], 16, p.second)
    c.line([(900, 130), (1420, 130)], 13, p.second)
    c.line([(1240, 60), (930, 128)], 4, p.ink)
    c.line([(1240, 60), (1400, 128)], 4, p.ink)
    c.line([(960, 132), (960, 330)], 4, p.ink)
    c.shape(box(1370, 130, 1430, 190), p.ink)
    c.shape(rounded(930, 330, 990, 366, 5), p.accent)


def assembly(c, p):
    """The Assembly, sitting late."""
    c.fill(p.ink, p.deep)
    for _ in range(120):
        c.disc(c.rng.uniform(0, 1500), c.rng.uniform(0, 520), c.rng.uniform(1, 2.4), p.light)
    c.glow(750, 560, 560, p.mid, 0.7)
    c.disc(250, 210, 66, p.paper, p.light, "left", 0.7)
    stone, dim = p.light, p.mid
    c.shape(placed(disc(0, 0, 190, 200), 750, 400), stone, p.deep, "right", 0.7)
    c.shape(box(560, 400, 940, 470), stone, p.deep, "right", 0.6)
    c.shape(box(722, 150, 778, 220), stone, p.deep, "right", 0.6)
    c.shape([(716, 154), (750, 84), (784, 154)], p.accent)
    c.line([(750, 90), (750, 20)], 5, p.paper)
    c.shape([(754, 24), (830, 40), (754, 60)], p.accent)
    c.shape(box(220, 540, 1280, 800), stone, p.deep, "right", 0.8)
    c.shape([(500, 544), (750, 440), (1000, 544)], p.paper, dim, "right", 0.7)
    c.shape(box(200, 528, 1300, 556), p.paper)
    for x in range(520, 1000, 66):
        c.shape(box(x, 560, x + 28, 800), p.paper, dim, "right", 0.8)
    for x in [*range(250, 490, 62), *range(1030, 1270, 62)]:
        for y in (590, 690):
            c.glow(x + 17, y + 30, 60, p.accent, 0.6)
            c.shape(arch(x, y, x + 34, y + 66), p.accent)
    for step in range(5):
        c.shape(
            box(430 - step * 46, 800 + step * 26, 1070 + step * 46, 830 + step * 26),
            [p.paper, p.light][step % 2],
        )
    c.shape(box(-20, 930, 1520, 1010), p.ink)
    for x in (110, 1390):
        c.line([(x, 940), (x, 730)], 9, p.ink)
        c.glow(x, 716, 130, p.second, 0.8)
        c.disc(x, 716, 22, p.second)
    for x in (560, 610, 900):
        c.shape(placed(curve([(-20, 0), (-24, -70), (0, -92), (24, -70), (20, 0)]), x, 936), p.ink)
        c.disc(x, 836, 16, p.ink)


def chamber(c, p):
    """The half-circle of seats, most of them empty, and one desk with a lamp."""
    c.fill(p.deep, p.ink)
    for ring, radius in enumerate((640, 545, 450, 355)):
        c.shape(
            disc(750, 700, radius * 1.12, radius * 0.82),
            [mix(p.mid, p.deep, 0.4), p.mid][ring % 2],
            p.ink,
            "bottom",
            0.8,
        )
    for ring, radius in enumerate((640, 545, 450, 355)):
        count = 19 - ring * 3
        for seat in range(count):
            angle = math.pi * (0.06 + 0.88 * seat / (count - 1))
            x, y = 750 - radius * 1.06 * math.cos(angle), 700 - radius * 0.76 * math.sin(angle)
            size = 1.05 - ring * 0.1
            tone = p.accent if c.rng.random() < 0.75 else p.second
            c.shape(placed(rounded(-26, -30, 26, 26, 12), x, y, size), tone, p.ink, "bottom", 0.6)
            if c.rng.random() < 0.2:
                c.shape(
                    placed(curve([(-24, 26), (-22, -14), (0, -26), (22, -14), (24, 26)]), x, y, size), p.ink
                )
                c.disc(x, y - 42 * size, 17 * size, p.light)
    rolls_desk(c, p)


def rolls_desk(c, p):
    c.shape(disc(750, 720, 290, 200), p.paper, p.light, "bottom", 0.7)
    c.shape(box(-20, 800, 1520, 1010), p.ink)
    c.shape([(480, 780), (1020, 780), (1100, 1010), (400, 1010)], p.light, p.deep, "bottom", 0.8)
    c.shape(box(470, 756, 1030, 790), p.paper)
    for i in range(5):
        c.shape(
            placed(box(-64, -12 - i * 16, 64, 2 - i * 16), 620 + c.rng.uniform(-5, 5), 756),
            [p.paper, p.second, p.accent][i % 3],
            p.ink,
            "right",
            0.4,
        )
    c.glow(880, 700, 200, p.second, 0.85)
    c.line([(880, 756), (880, 670)], 8, p.ink)
    c.shape([(826, 690), (856, 630), (904, 630), (934, 690)], p.accent, p.ink, "right", 0.5)
    c.shape(curve([(700, 756), (708, 690), (750, 664), (792, 690), (800, 756)]), p.ink)
    c.disc(750, 640, 30, mix(p.light, p.accent, 0.3))
    c.shape(
        curve([(718, 640), (722, 606), (750, 600), (780, 608), (782, 640), (764, 620), (736, 620)]), p.paper
    )


def courtyard(c, p):
    """Lessons under sails, before the heat."""
    c.fill(p.paper, p.second)
    c.disc(1200, 250, 120, "#fffdf0", p.second, "bottom", 0.5)
    c.shape(box(-20, 380, 420, 900), p.mid, p.deep, "left", 0.8)
    c.shape(box(1080, 430, 1520, 900), p.light, p.mid, "right", 0.8)
    for x in (60, 190, 320):
        c.shape(arch(x, 470, x + 66, 600), p.ink)
        c.shape(arch(x, 660, x + 66, 800), p.deep)
    for x in (1140, 1270, 1400):
        c.shape(arch(x, 520, x + 66, 640), p.deep)
    c.shape(
        [(-20, 860), (1520, 860), (1520, 1010), (-20, 1010)], mix(p.light, p.paper, 0.4), p.mid, "bottom", 0.7
    )
    for rope in (
        [(420, 380), (640, 330)],
        [(1080, 430), (900, 330)],
        [(420, 520), (640, 540)],
        [(1080, 560), (820, 560)],
        [(400, 390), (1100, 440)],
    ):
        c.line(rope, 4, p.ink)
    pupils(c, p)


def pupils(c, p):
    for sail, tone in (
        ([(380, 400), (820, 240), (640, 560)], p.accent),
        ([(700, 250), (1120, 440), (760, 580)], p.deep),
        ([(560, 300), (960, 300), (780, 470)], p.second),
    ):
        c.shape(curve([sail[0], sail[1]], 2)[:1] + sail[1:], tone, p.ink, "bottom", 0.55)
    c.veil([(430, 900), (1080, 900), (1180, 1000), (330, 1000)], p.ink, 0.4)
    for row in range(2):
        for i in range(6):
            x, y = 470 + i * 108 - row * 40, 880 + row * 84
            size = 1 + row * 0.25
            c.shape(
                placed(curve([(-34, 0), (-32, -52), (0, -74), (32, -52), (34, 0)]), x, y, size),
                [p.accent, "#fffaf0", p.deep, p.second][(i + row) % 4],
                p.ink,
                "bottom",
                0.5,
            )
            c.disc(x, y - 92 * size, 24 * size, [p.mid, p.deep, mix(p.deep, p.ink, 0.4)][(i * 2 + row) % 3])
            c.shape(
                placed(curve([(-26, -92), (-22, -118), (0, -122), (22, -118), (26, -92)]), x, y, size), p.ink
            )
    c.shape(rounded(620, 640, 860, 780, 6), p.ink)
    c.line([(650, 690), (740, 690)], 5, p.paper)
    c.line([(650, 720), (800, 720)], 5, p.paper)


def queue(c, p):
    """A polling station, three posters, one name."""
    c.fill(p.light, p.paper)
    c.shape(box(-20, 120, 1520, 780), p.mid, p.deep, "right", 0.9)
    for y in range(150, 780, 46):
        c.line([(-20, y), (1520, y)], 2, mix(p.mid, p.deep, 0.35))
    for i, tone in enumerate((p.accent, p.second, p.deep)):
        x = 120 + i * 250
        c.shape(rounded(x, 200, x + 200, 470, 4), p.paper)
        c.shape(box(x + 14, 214, x + 186, 390), tone)
        c.shape(curve([(x + 40, 390), (x + 50, 330), (x + 100, 300), (x + 150, 330), (x + 160, 390)]), p.ink)
        c.disc(x + 100, 282, 34, p.paper)
        c.shape(box(x + 34, 412, x + 166, 424), p.ink)
        c.shape(box(x + 60, 438, x + 140, 446), p.mid)
    c.shape(arch(1030, 250, 1330, 780), p.ink)
    c.shape(arch(1054, 280, 1306, 780), p.second, p.accent, "bottom", 0.7)
    c.shape(rounded(1020, 170, 1340, 232, 6), p.paper)
    c.shape(box(1060, 194, 1300, 208), p.ink)
    c.shape(box(-20, 780, 1520, 1010), p.deep, p.ink, "bottom", 0.8)
    tones = [p.ink, p.accent, p.paper, p.second, p.light, p.ink, p.accent, p.paper, p.light]
    for i, tone in enumerate(tones):
        person(c, 110 + i * 128, 930 + 14 * math.sin(i * 2.1), 1.0 + 0.12 * math.sin(i * 1.7), tone, p, i)
