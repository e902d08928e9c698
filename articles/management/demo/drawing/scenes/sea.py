"""Harbours, walls, ferries, fog and the tide."""

from ..canvas import box, curve, mix, placed, points, rounded
from .motifs import glints, gull, house, waves


def wall(c, p):
    """A town behind its wall, the sea in front a little higher than one would like."""
    c.fill(p.second, p.paper)
    c.disc(1120, 300, 150, p.paper, p.second, "bottom", 0.6)
    c.shape(
        curve(points("-20 520, 300 380, 640 470, 980 400, 1300 470, 1520 430, 1520 700, -20 700")),
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
    smoke = curve(points("812 372, 760 300, 610 280, 470 200, 330 190, 420 160, 620 200, 760 250, 846 372"))
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
    land = curve(points("60 700, 190 620, 360 540, 560 470, 760 400, 930 372, 1090 440, 1280 560, 1450 690"))
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
