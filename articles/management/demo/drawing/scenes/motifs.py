"""What turns up in many pictures: waves, gulls, houses, people."""

import math

from ..canvas import box, curve, disc, mix, placed, points, rounded

# Faces in a crowd keep their own colours whatever inks the picture is printed in.
SKINS = ("#e9bd98", "#7a4a32", "#c98f66", "#5c3826", "#f0cdb0")


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


def walker(c, x, y, size, coat, skin, stride=1.0):
    """Somebody on the way, seen from the side."""
    c.line([(x, y - 46 * size), (x + 22 * stride * size, y)], 11 * size, coat)
    c.line([(x, y - 46 * size), (x - 20 * stride * size, y - 2)], 11 * size, coat)
    c.shape(placed(curve([(-18, -44), (-20, -96), (0, -110), (18, -96), (16, -44)]), x, y, size), coat)
    c.line([(x, y - 92 * size), (x + 26 * size, y - 58 * size)], 9 * size, coat)
    c.disc(x + 4 * size, y - 124 * size, 16 * size, skin)


def tower_block(c, x, ground, width, height, wall, lit, dark, share=0.35, shade=None):
    """A block of flats; about `share` of its windows are lit."""
    c.shape(box(x, ground - height, x + width, ground), wall, shade, "right", 0.6)
    columns = max(2, int(width // 34))
    gap = width / columns
    y = ground - height + 26
    while y < ground - 40:
        for column in range(columns):
            tone = lit if c.rng.random() < share else dark
            wx = x + gap * (column + 0.25)
            c.shape(box(wx, y, wx + gap * 0.5, y + 26), tone)
        y += 50


def person(c, x, ground, size, coat, p, kind):
    """Somebody waiting: coat, head, and hair, hat or bag by kind."""
    c.line([(x - 18 * size, ground), (x - 16 * size, ground - 90 * size)], 20 * size, p.ink)
    c.line([(x + 18 * size, ground), (x + 16 * size, ground - 90 * size)], 20 * size, p.ink)
    c.shape(
        placed(
            curve([(-50, -76), (-48, -200), (-22, -236), (22, -236), (48, -200), (50, -76)]), x, ground, size
        ),
        coat,
        p.ink,
        "right",
        0.5,
    )
    skin = SKINS[kind % len(SKINS)]
    c.disc(x, ground - 268 * size, 36 * size, skin)
    hair = curve([(-40, -262), (-34, -306), (0, -316), (34, -306), (40, -262), (20, -290), (-20, -290)])
    if kind % 3 == 0:
        c.shape(placed(box(-54, -296, 54, -286), x, ground, size), p.ink)
        c.shape(placed(rounded(-34, -332, 34, -288, 10), x, ground, size), p.ink)
    else:
        c.shape(placed(hair, x, ground, size), p.ink if kind % 2 else p.paper)
    if kind % 4 == 2:
        c.shape(placed(rounded(34, -120, 84, -60, 8), x, ground, size), p.second, p.ink, "right", 0.6)
        c.line([(x + 44 * size, ground - 118 * size), (x + 30 * size, ground - 200 * size)], 5 * size, p.ink)


def runner_body(c, x, y, size, shirt, shorts, skin, ink):
    c.line(placed([(-8, -150), (58, -110), (104, -30), (132, -34)], x, y, size), 25 * size, skin)
    c.line(
        placed([(0, -150), (-34, -76), (-112, -50), (-124, -10)], x, y, size), 25 * size, mix(skin, ink, 0.3)
    )
    c.shape(
        placed(
            curve([(-44, -140), (-40, -186), (30, -186), (54, -140), (70, -112), (0, -118), (-50, -110)]),
            x,
            y,
            size,
        ),
        shorts,
    )
    c.line(placed([(20, -276), (-44, -240), (-72, -186)], x, y, size), 20 * size, mix(skin, ink, 0.3))
    c.shape(
        placed(curve([(-38, -166), (-20, -250), (0, -296), (44, -302), (60, -262), (44, -166)]), x, y, size),
        shirt,
        ink,
        "bottom",
        0.5,
    )
    c.line(placed([(34, -280), (84, -226), (140, -258)], x, y, size), 20 * size, skin)
    c.shape(placed(disc(52, -342, 37, 42, 0.2), x, y, size), skin)
    c.shape(
        placed(
            curve(
                points(
                    "14 -340, 22 -388, 60 -396, 86 -372, 60 -366, 40 -340, 20 -310, "
                    "-30 -318, -44 -340, 0 -344"
                )
            ),
            x,
            y,
            size,
        ),
        ink,
    )
