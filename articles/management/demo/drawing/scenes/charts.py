"""Maps: contour lines, a coast, a route."""

import math

from ..canvas import box, curve, disc, mix, points


def contours(c, p, route="wall"):
    """A stretch of coast with its heights, and one line that matters."""
    c.fill(p.light, p.light)
    phase = 0.5 if route == "wall" else 2.1
    coast = [
        (820 + 150 * math.sin(t / 3.1 + phase) + 60 * math.sin(t * 1.3 + phase), -20 + t * 52)
        for t in range(21)
    ]
    land = [(-20, -20), *curve(coast, 8), (-20, 1020)]
    for step in range(5, 0, -1):
        shifted = [(x + step * 34 + 12 * math.sin(y / 90 + step), y) for x, y in land[1:-1]]
        c.shape([(-20, -20), *shifted, (-20, 1020)], mix(p.mid, p.light, step / 5.2))
    c.shape(land, p.paper, p.second, "left", 0.7)
    hills(c, p)
    river = curve([(-20, 480), (160, 520), (330, 470), (520, 500), (680, 440), (coast[9][0], coast[9][1])])
    c.line(river, 15, p.mid)
    for x in range(0, 1500, 250):
        c.line([(x, -10), (x, 1010)], 1.2, mix(p.deep, p.light, 0.7))
    for y in range(0, 1000, 250):
        c.line([(-10, y), (1510, y)], 1.2, mix(p.deep, p.light, 0.7))
    for _ in range(60):
        x, y = c.rng.gauss(640, 60), c.rng.gauss(430, 80)
        size = c.rng.uniform(8, 20)
        c.shape(box(x, y, x + size, y + size * 0.8), p.ink)
    the_route(c, p, coast, route)
    rose_and_scale(c, p)


def hills(c, p):
    for peak_x, peak_y, size in ((220, 260, 1.0), (430, 690, 0.85), (90, 820, 0.7)):
        for ring in range(9):
            radius = (34 + ring * 34) * size
            line = [
                (
                    peak_x
                    + radius
                    * (1 + 0.16 * math.sin(3 * a + peak_x + ring * 0.3) + 0.08 * math.sin(5 * a))
                    * math.cos(a),
                    peak_y + radius * 0.8 * (1 + 0.14 * math.sin(2 * a + ring * 0.2)) * math.sin(a),
                )
                for a in [k * math.tau / 60 for k in range(61)]
            ]
            c.line(line, 3.4 if ring % 4 == 0 else 1.8, mix(p.deep, p.paper, 0.35))


def the_route(c, p, coast, route):
    if route == "wall":
        c.line(curve([(x - 26, y) for x, y in coast[4:14]], 8), 17, p.accent)
    else:
        path = curve(
            points(
                "-20 480, 160 520, 330 470, 520 500, 700 460, 900 470, 1080 600, 1220 560, 1380 720, 1540 690"
            )
        )
        for start in range(0, len(path) - 6, 11):
            c.line(path[start : start + 6], 9, p.accent)
        for x, y in path[::26]:
            c.disc(x, y, 15, p.ink)
            c.disc(x, y, 8, p.accent)


def rose_and_scale(c, p):
    rose_x, rose_y = 1310, 190
    c.shape(
        [(rose_x, rose_y - 110), (rose_x + 22, rose_y), (rose_x, rose_y + 110), (rose_x - 22, rose_y)], p.ink
    )
    c.shape(
        [(rose_x - 110, rose_y), (rose_x, rose_y - 22), (rose_x + 110, rose_y), (rose_x, rose_y + 22)], p.deep
    )
    c.shape([(rose_x, rose_y - 110), (rose_x + 22, rose_y), (rose_x - 22, rose_y)], p.accent)
    for i in range(4):
        c.shape(box(1080 + i * 90, 900, 1170 + i * 90, 922), p.ink if i % 2 == 0 else p.paper)
    c.shape(disc(1310, 190, 9), p.paper)
