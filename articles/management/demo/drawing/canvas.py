"""A sheet 1500 units wide and 1000 high, drawn at twice its final size, scaled down and grained."""

import math
import random
from functools import cache
from io import BytesIO

from PIL import Image, ImageChops, ImageColor, ImageDraw

WIDTH, HEIGHT = 1500, 1000
FINAL_WIDTH, FINAL_HEIGHT = 2000, 1333
SUPERSAMPLING = 2
JPEG_QUALITY = 86


def seeded(name):
    return random.Random(name)  # noqa: S311 - the same picture every time is the point; nothing is kept secret


@cache
def _noise(width, height, seed):
    return Image.frombytes("L", (width, height), seeded(seed).randbytes(width * height))


@cache
def _stipple(width, height):
    """Grain as large as one final pixel, so that scaling down does not smooth it away."""
    small = _noise(width // SUPERSAMPLING + 1, height // SUPERSAMPLING + 1, "stipple")
    return small.resize((small.width * SUPERSAMPLING, small.height * SUPERSAMPLING), Image.Resampling.NEAREST)


@cache
def _paper(width, height):
    """Fine grain over a slow mottle, around middle grey: soft light leaves the average alone."""
    fine = _noise(width, height, "paper").point(lambda value: 128 + (value - 128) * 15 // 100)
    mottle = _noise(width // 40 + 2, height // 40 + 2, "mottle").resize(
        (width, height), Image.Resampling.BICUBIC
    )
    mottle = mottle.point(lambda value: 128 + (value - 128) * 7 // 100)
    return Image.merge("RGB", [Image.blend(fine, mottle, 0.4)] * 3)


def mix(first, second, share):
    """The colour `share` of the way from first to second."""
    a, b = ImageColor.getrgb(first), ImageColor.getrgb(second)
    return "#" + "".join(f"{round(x + (y - x) * share):02x}" for x, y in zip(a, b, strict=True))


def points(said):
    """Points as SVG writes them, "x y, x y": a long outline reads better so than one pair a line."""
    return [tuple(map(float, pair.split())) for pair in said.split(",")]


def disc(x, y, radius, radius_y=None, turn=0.0):
    radius_y = radius if radius_y is None else radius_y
    points = []
    for step in range(72):
        angle = step * math.tau / 72
        dx, dy = radius * math.cos(angle), radius_y * math.sin(angle)
        points.append(
            (x + dx * math.cos(turn) - dy * math.sin(turn), y + dx * math.sin(turn) + dy * math.cos(turn))
        )
    return points


def box(left, top, right, bottom):
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def rounded(left, top, right, bottom, radius):
    corners = [
        (right - radius, top + radius, -90),
        (right - radius, bottom - radius, 0),
        (left + radius, bottom - radius, 90),
        (left + radius, top + radius, 180),
    ]
    points = []
    for x, y, start in corners:
        for step in range(9):
            angle = math.radians(start + step * 90 / 8)
            points.append((x + radius * math.cos(angle), y + radius * math.sin(angle)))
    return points


def arch(left, top, right, bottom):
    """A doorway with a round head."""
    radius = (right - left) / 2
    head = [
        (
            left + radius - radius * math.cos(math.radians(a)),
            top + radius - radius * math.sin(math.radians(a)),
        )
        for a in range(0, 181, 6)
    ]
    return [(left, bottom), *head, (right, bottom)]


def curve(points, steps=14):
    """A smooth line through the points (Catmull-Rom)."""
    padded = [points[0], *points, points[-1]]
    smooth = []
    for p0, p1, p2, p3 in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        for step in range(steps):
            t = step / steps
            smooth.append(
                tuple(
                    0.5
                    * (
                        2 * b
                        + (c - a) * t
                        + (2 * a - 5 * b + 4 * c - d) * t * t
                        + (3 * b - a - 3 * c + d) * t**3
                    )
                    for a, b, c, d in zip(p0, p1, p2, p3, strict=True)
                )
            )
    return [*smooth, points[-1]]


def placed(points, x, y, size=1.0, turn=0.0, mirrored=False):
    """Points drawn around (0, 0) put at a place, scaled and turned (radians)."""
    sign = -1 if mirrored else 1
    cos, sin = math.cos(turn), math.sin(turn)
    return [
        (x + size * (sign * px * cos - py * sin), y + size * (sign * px * sin + py * cos))
        for px, py in points
    ]


class Canvas:
    def __init__(self, name, width=WIDTH, height=HEIGHT, final=(FINAL_WIDTH, FINAL_HEIGHT)):
        self.rng = seeded(name)
        self.width, self.height, self.final = width, height, final
        self.scale = final[0] * SUPERSAMPLING / width
        self.image = Image.new("RGB", (final[0] * SUPERSAMPLING, final[1] * SUPERSAMPLING))
        self.pen = ImageDraw.Draw(self.image)

    def _pixels(self, points):
        return [(x * self.scale, y * self.scale) for x, y in points]

    def fill(self, top, bottom=None):
        """One colour, or an even change from top to bottom."""
        self.band(0, self.height, top, bottom or top)

    def band(self, start, end, top, bottom):
        first, last = round(start * self.scale), round(end * self.scale)
        column = Image.new("RGB", (1, 64))
        for row in range(64):
            column.putpixel((0, row), ImageColor.getrgb(mix(top, bottom, row / 63)))
        self.image.paste(
            column.resize((self.image.width, max(1, last - first)), Image.Resampling.BILINEAR), (0, first)
        )

    def shape(self, points, colour, shade=None, side="right", reach=0.7):
        """A filled outline; `shade` is a second ink, stippled in from one side as far as `reach` of it."""
        pixels = self._pixels(points)
        self.pen.polygon(pixels, fill=colour)
        if shade:
            self._stipple_in(pixels, shade, side, reach)

    def _bounds(self, pixels):
        left = max(0, int(min(x for x, _ in pixels)))
        top = max(0, int(min(y for _, y in pixels)))
        right = min(self.image.width, int(max(x for x, _ in pixels)) + 1)
        bottom = min(self.image.height, int(max(y for _, y in pixels)) + 1)
        return left, top, right, bottom

    def _stipple_in(self, pixels, colour, side, reach):
        left, top, right, bottom = self._bounds(pixels)
        if right - left < 2 or bottom - top < 2:
            return
        size = (right - left, bottom - top)
        ramp = Image.linear_gradient("L").point(
            lambda value: max(0, round(255 - (255 - value) / reach)) * 9 // 10
        )
        turn = {"bottom": 0, "right": 90, "top": 180, "left": 270}[side]
        ramp = ramp.rotate(turn).resize(size, Image.Resampling.BILINEAR)
        dots = ImageChops.subtract(ramp, _stipple(*self.image.size).crop((left, top, right, bottom)))
        dots = dots.point(lambda value: 255 if value else 0)
        outline = Image.new("L", size)
        ImageDraw.Draw(outline).polygon([(x - left, y - top) for x, y in pixels], fill=255)
        self.image.paste(colour, (left, top), ImageChops.darker(dots, outline))

    def veil(self, points, colour, strength):
        """The colour laid over a shape thinly: 0 is nothing, 1 covers."""
        pixels = self._pixels(points)
        left, top, right, bottom = self._bounds(pixels)
        if right <= left or bottom <= top:
            return
        mask = Image.new("L", (right - left, bottom - top))
        ImageDraw.Draw(mask).polygon([(x - left, y - top) for x, y in pixels], fill=round(255 * strength))
        self.image.paste(colour, (left, top), mask)

    def glow(self, x, y, radius, colour, strength=0.8):
        size = round(2 * radius * self.scale)
        mask = ImageChops.invert(Image.radial_gradient("L")).point(
            lambda value: max(0, round((value - 77) * 1.43 * strength))
        )
        corner = (round((x - radius) * self.scale), round((y - radius) * self.scale))
        self.image.paste(colour, corner, mask.resize((size, size), Image.Resampling.BILINEAR))

    def line(self, points, width, colour):
        pixels = self._pixels(points)
        thickness = max(1, round(width * self.scale))
        self.pen.line(pixels, fill=colour, width=thickness, joint="curve")
        if width >= 3:
            for x, y in (pixels[0], pixels[-1]):
                half = thickness / 2 - 0.5
                self.pen.ellipse((x - half, y - half, x + half, y + half), fill=colour)

    def disc(self, x, y, radius, colour, shade=None, side="right", reach=0.7):
        self.shape(disc(x, y, radius), colour, shade, side, reach)

    def ridge(self, height, swing, colour, shade=None, side="top", reach=0.5, waves=5):
        """A range of hills right across the sheet, down to its foot. Gives its crest."""
        step = (self.width + 200) / waves
        marks = [(-100 + step * i, height + self.rng.uniform(-swing, swing)) for i in range(waves + 1)]
        crest = curve(marks)
        self.shape(
            [*crest, (self.width + 100, self.height + 5), (-100, self.height + 5)], colour, shade, side, reach
        )
        return crest

    def peaks(self, height, swing, colour, shade=None, count=7, floor=None):
        """A jagged range. Gives its crest."""
        floor = self.height if floor is None else floor
        step = (self.width + 100) / count
        crest = [(-60, height + swing * 0.6)]
        for i in range(count):
            x = -50 + step * (i + 0.5) + self.rng.uniform(-0.2, 0.2) * step
            crest.append((x, height - self.rng.uniform(0.2, 1) * swing))
            crest.append((x + step * 0.5, height + self.rng.uniform(0.1, 0.7) * swing))
        self.shape([(-60, floor), *crest, (self.width + 60, floor)], colour, shade, "bottom", 0.8)
        return crest

    def jpeg(self):
        image = self.image.resize(self.final, Image.Resampling.BOX)
        grain = _paper(self.final[0] + 120, self.final[1] + 120)
        x, y = self.rng.randrange(120), self.rng.randrange(120)
        grain = grain.crop((x, y, x + self.final[0], y + self.final[1]))
        out = BytesIO()
        ImageChops.soft_light(image, grain).save(out, "JPEG", quality=JPEG_QUALITY, subsampling=0)
        return out.getvalue()
