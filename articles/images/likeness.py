"""Whether two pictures look alike: a difference hash.

The picture is made 9 × 8 grey points. Each of the 64 bits says whether a point is lighter than its neighbour
to the right. Another size, another coding or a little more contrast changes few of these bits. No library is
needed for it: the one that is known best brings scipy, which is larger than all that the site runs on.

To find a hash that differs in few bits by an index, it is cut into four bands of 16. Two that differ in three
bits or fewer have at least one band in common.
"""

from PIL import Image

WIDTH, HEIGHT = 9, 8
BANDS, BAND_BITS = 4, 16
# Below it two are the same photograph in our trials; unrelated ones differ in about 32 bits.
ALIKE = 8
_BAND = (1 << BAND_BITS) - 1

Bands = tuple[int, int, int, int]


def likeness(image: Image.Image) -> Bands:
    """The four bands of a picture that stands upright."""
    if image.mode == "RGBA":
        page = Image.new("RGB", image.size, "white")
        page.paste(image, mask=image.getchannel("A"))
        image = page
    grey = image.convert("L").resize((WIDTH, HEIGHT), Image.Resampling.BILINEAR, reducing_gap=3.0)
    points = grey.tobytes()
    bits = 0
    for row in range(HEIGHT):
        for column in range(WIDTH - 1):
            place = row * WIDTH + column
            bits = bits << 1 | (points[place] > points[place + 1])
    return tuple(bits >> BAND_BITS * band & _BAND for band in reversed(range(BANDS)))


def difference(one: Bands, other: Bands) -> int:
    """In how many of the 64 bits they differ."""
    return sum((a ^ b).bit_count() for a, b in zip(one, other, strict=True))


def says_something(band: int) -> bool:
    """Not so the band of an even area, which very many pictures have in common."""
    return band not in (0, _BAND)
