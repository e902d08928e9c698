"""Observatories, laboratories, rivers: where somebody is measuring."""

import math

from ..canvas import arch, box, curve, disc, mix, placed, rounded
from .motifs import tower_block


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


def pigeons(c, p):
    """Roofs, and those who own them."""
    c.fill(p.light, p.paper)
    c.disc(1180, 260, 110, p.second)
    x = -40
    while x < 1540:
        width = c.rng.uniform(110, 190)
        tower_block(
            c,
            x,
            800,
            width,
            c.rng.uniform(180, 420),
            c.rng.choice([p.light, mix(p.light, p.mid, 0.5)]),
            p.second,
            p.mid,
            0.2,
        )
        x += width + 6
    c.shape([(-20, 720), (760, 560), (1520, 720), (1520, 1010), (-20, 1010)], p.deep, p.ink, "bottom", 0.8)
    for row in range(8):
        y = 640 + row * 50
        c.line([(-20, y + 120), (760, y - 30), (1520, y + 120)], 3, mix(p.deep, p.ink, 0.5))
    for x, y in ((250, 470), (1130, 480)):
        c.shape(box(x, y, x + 130, y + 260), p.accent, p.ink, "right", 0.6)
        c.shape(box(x - 12, y - 16, x + 142, y + 14), p.ink)
        for pot in (20, 80):
            c.shape(box(x + pot, y - 70, x + pot + 34, y - 14), p.second, p.ink, "right", 0.6)
    for x, y, s, m in (
        (420, 620, 1.0, False),
        (560, 592, 1.1, True),
        (690, 566, 1.0, False),
        (850, 580, 1.25, True),
        (1000, 612, 1.0, False),
        (300, 410, 0.8, True),
        (760, 880, 2.1, False),
    ):
        pigeon(c, x, y, s, p, m)


def pigeon(c, x, y, size, p, mirrored):
    def put(points):
        return placed(points, x, y, size, 0, mirrored)

    c.line([*put([(-4, -6), (-6, 14)])], 5 * size, p.accent)
    c.line([*put([(12, -6), (12, 14)])], 5 * size, p.accent)
    body = curve(
        [(-34, -66), (-44, -36), (-26, -8), (14, -2), (60, -18), (104, -16), (70, -40), (20, -62), (-8, -84)]
    )
    c.shape(put(body), p.mid, p.ink, "bottom", 0.5)
    c.shape(put(curve([(-4, -54), (30, -50), (84, -22), (30, -18), (-2, -30)])), p.light)
    c.line([*put([(20, -50), (36, -20)])], 6 * size, p.ink)
    c.shape(put(disc(-26, -88, 20)), p.deep)
    c.shape(put(disc(-22, -64, 18, 12)), mix(p.second, p.deep, 0.4))
    c.shape(put([(-44, -90), (-62, -84), (-44, -80)]), p.second)
    c.shape(put(disc(-30, -92, 5)), p.accent)
