"""Readers, books and a game of chess."""

from ..canvas import box, curve, disc, mix, placed, points, rounded
from .motifs import waves


def shelves(c, p):
    """The library after midnight."""
    c.fill(p.ink, p.deep)
    tones = [p.mid, p.light, p.second, p.accent, p.deep, mix(p.mid, p.ink, 0.4), p.paper]
    for row in range(5):
        bottom = 190 + row * 186
        x = -10.0
        while x < 1510:
            width, height = c.rng.uniform(17, 46), c.rng.uniform(90, 150)
            if c.rng.random() < 0.06:
                x += 46
                continue
            tone = mix(c.rng.choice(tones), p.ink, 0.28)
            c.shape(box(x, bottom - height, x + width, bottom), tone)
            c.line(
                [(x + 5, bottom - height * 0.8), (x + width - 5, bottom - height * 0.8)],
                3,
                mix(tone, p.paper, 0.5),
            )
            x += width + 2
        c.shape(box(-20, bottom, 1520, bottom + 16), mix(p.ink, p.mid, 0.4))
    c.veil(box(-20, -10, 1520, 1010), p.ink, 0.35)
    c.glow(640, 600, 620, p.accent, 0.5)
    c.shape(box(-20, 820, 1520, 1010), p.deep, p.ink, "bottom", 0.8)
    for x in (330, 930):
        c.line([(x, 820), (x, 690)], 11, p.accent)
        c.shape(
            curve([(x - 92, 700), (x - 70, 640), (x, 616), (x + 70, 640), (x + 92, 700)]),
            p.accent,
            p.second,
            "bottom",
            0.6,
        )
        c.glow(x, 740, 230, p.accent, 0.7)
    readers(c, p)


def readers(c, p):
    for x, coat, s in ((560, p.second, 1.5), (1150, p.light, 1.5), (140, p.mid, 1.4)):
        c.shape(
            placed(curve([(-84, 20), (-74, -90), (-30, -130), (30, -130), (74, -90), (84, 20)]), x, 840, s),
            coat,
            p.ink,
            "right",
            0.6,
        )
        c.disc(x + 6, 840 - 172 * s, 44 * s, mix(p.second, p.paper, 0.5))
        c.shape(
            placed(
                curve([(-46, -166), (-44, -214), (0, -230), (46, -206), (50, -176), (20, -198), (-16, -194)]),
                x + 6,
                840,
                s,
            ),
            p.ink,
        )
        c.shape(
            placed([(-70, 10), (0, -10), (70, 10), (70, 30), (0, 10), (-70, 30)], x, 850, s),
            "#fffdf6",
            p.light,
            "right",
            0.5,
        )
    c.shape(box(-20, 880, 1520, 900), p.mid)


def book_stack(c, p):
    """Nine hundred pages, and a cat on them."""
    c.fill(p.light, p.paper)
    c.disc(1060, 380, 260, p.second)
    c.shape(box(-20, 800, 1520, 1010), p.deep, p.ink, "bottom", 0.8)
    y = 800
    for i, (width, height) in enumerate(((760, 150), (560, 64), (640, 80), (480, 54), (520, 70))):
        x = 380 + c.rng.uniform(-30, 30) + (760 - width) * 0.3
        tone = [p.accent, p.mid, p.deep, p.second, p.ink][i]
        c.shape(rounded(x, y - height, x + width, y, 12), tone, p.ink, "bottom", 0.6)
        c.shape(box(x + width - 34, y - height + 12, x + width + 4, y - 12), "#fffdf6")
        for line in range(int(height // 9) - 2):
            c.line(
                [(x + width - 32, y - height + 18 + line * 9), (x + width + 2, y - height + 18 + line * 9)],
                1.6,
                p.light,
            )
        for stripe in (50, 74):
            c.shape(box(x + stripe, y - height, x + stripe + 9, y), p.paper)
        if i == 0:
            for k in range(5):
                c.shape(
                    rounded(x + 620 - k * 96, y - 30, x + 640 - k * 96, y + 90 + 16 * (k % 3), 4),
                    [p.second, p.mid, p.paper][k % 3],
                )
        y -= height
    cat = curve(
        points(
            "-150 0, -160 -60, -110 -120, -10 -140, 70 -120, 90 -160, 96 -206, 124 -176, "
            "156 -178, 182 -208, 190 -150, 180 -108, 140 -86, 130 -20, 110 0"
        )
    )
    c.shape(placed(cat, 650, y + 4), p.ink, p.deep, "bottom", 0.5)
    c.line(placed(curve([(-140, -20), (-210, -10), (-240, 50), (-220, 120)]), 650, y), 26, p.ink)
    for dx in (124, 160):
        c.disc(650 + dx, y - 142, 6, p.second)
    c.shape(placed(rounded(-54, -96, 54, 0, 18), 1210, 800), p.paper, p.mid, "right", 0.6)
    c.line(placed(curve([(54, -76), (92, -66), (84, -28), (54, -24)]), 1210, 800), 13, p.paper)


def chess(c, p):
    """The last board dry."""
    c.fill(p.light, p.paper)
    c.disc(1150, 250, 100, p.second)
    c.shape(
        curve([(-20, 380), (300, 330), (620, 372), (900, 350), (1520, 380), (1520, 450), (-20, 450)]),
        mix(p.mid, p.deep, 0.3),
    )
    waves(c, 420, [mix(p.mid, p.light, 0.4), p.mid, mix(p.mid, p.deep, 0.5)], 7, 300)
    c.shape([(330, 560), (1170, 560), (1400, 900), (100, 900)], p.ink)
    for row in range(6):
        for column in range(8):
            y1, y2 = 570 + row * row * 5 + row * 26, 570 + (row + 1) ** 2 * 5 + (row + 1) * 26

            def spread(y, k):
                share = (y - 560) / 340
                return (340 - 225 * share) + k * (820 + 450 * share) / 8

            if (row + column) % 2:
                c.shape(
                    [
                        (spread(y1, column), y1),
                        (spread(y1, column + 1), y1),
                        (spread(y2, column + 1), y2),
                        (spread(y2, column), y2),
                    ],
                    p.paper,
                )
    pieces_and_tide(c, p)


def pieces_and_tide(c, p):
    for x, y, s, tone, kind in (
        (470, 640, 0.8, p.ink, "pawn"),
        (620, 610, 0.75, p.ink, "king"),
        (900, 630, 0.8, p.accent, "rook"),
        (1030, 690, 1.0, p.accent, "pawn"),
        (760, 740, 1.1, p.accent, "king"),
        (380, 800, 1.35, p.ink, "rook"),
        (560, 830, 1.3, p.accent, "pawn"),
        (1150, 830, 1.4, p.ink, "pawn"),
    ):
        piece(c, x, y, s, tone, p, kind)
    waves(c, 884, [p.mid, p.deep], 14, 260)
    for x in (200, 700, 1080):
        c.line(curve([(x, 900), (x + 60, 884), (x + 140, 902), (x + 230, 888)]), 6, p.paper)


def piece(c, x, y, size, tone, p, kind):
    edge = p.ink if tone != p.ink else p.mid
    height = {"pawn": 100, "rook": 130, "king": 190}[kind]
    body = curve([(-36, -20), (-18, -56), (-14, -height), (14, -height), (18, -56), (36, -20)])
    for outline in (rounded(-46, -22, 46, 6, 9), body, crown(kind, height)):
        c.shape(placed(outline, x, y, size), tone, edge, "right", 0.5)
    if kind == "king":
        c.line(placed([(0, -height - 36), (0, -height - 88)], x, y, size), 10 * size, tone)
        c.line(placed([(-20, -height - 68), (20, -height - 68)], x, y, size), 10 * size, tone)


def crown(kind, height):
    if kind == "pawn":
        return disc(0, -height - 14, 30)
    if kind == "rook":
        outline = points("-34 0, -34 -44, -14 -44, -14 -28, 14 -28, 14 -44, 34 -44, 34 0")
    else:
        outline = points("-26 0, -40 -54, 0 -34, 40 -54, 26 0")
    return [(x, y - height) for x, y in outline]
