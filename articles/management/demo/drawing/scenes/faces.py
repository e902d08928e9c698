"""Portraits of the paper's authors: one flat style, nine people."""

from dataclasses import dataclass

from ..canvas import box, curve, disc, mix, placed, points


@dataclass(frozen=True)
class Face:
    skin: str
    hair: str
    style: str
    coat: str
    ground: str
    collar: str = "#fffaf0"
    glasses: bool = False
    beard: bool = False
    earrings: bool = False


HAIR = {
    "bob": points(
        "-160 130, -178 -60, -120 -176, 0 -206, 120 -176, 178 -60, 160 130, 112 120, "
        "116 -40, 40 -96, -116 -30, -112 120"
    ),
    "crop": points(
        "-128 -20, -136 -110, -80 -184, 20 -202, 110 -160, 136 -90, 128 -20, 104 -80, 0 -112, -104 -80"
    ),
    "long": points(
        "-186 300, -190 -20, -140 -160, 0 -210, 140 -160, 190 -20, 186 300, 112 260, "
        "118 -20, 20 -110, -118 -20, -112 260"
    ),
    "bun": points(
        "-128 -10, -138 -110, -70 -190, 0 -200, 70 -190, 138 -110, 128 -10, 90 -90, 0 -122, -90 -90"
    ),
    "curls": points(
        "-150 40, -196 -30, -170 -110, -150 -180, -80 -220, 0 -236, 80 -220, 150 -180, "
        "176 -110, 196 -30, 150 40, 118 -30, 60 -86, -60 -86, -118 -30"
    ),
    "side": points(
        "-132 10, -146 -100, -96 -180, 10 -206, 120 -176, 142 -80, 130 10, 112 -56, 30 -76, "
        "-60 -120, -110 -60"
    ),
    "bald": [(-134, 30), (-142, -40), (-122, -50), (-118, 20)],
}


def portrait(c, face):
    """Head and shoulders, lit from the left, on one colour."""
    shadow = mix(face.skin, "#2a1a2a", 0.28)
    c.fill(face.ground, mix(face.ground, "#ffffff", 0.25))
    c.disc(560, 560, 400, mix(face.ground, "#ffffff", 0.35))
    x, y = 500, 430
    if face.style == "bun":
        c.disc(x + 10, y - 226, 74, face.hair, mix(face.hair, "#ffffff", 0.2), "left", 0.4)
    if face.style in ("long", "bob", "curls"):
        back = curve([(-170, 280), (-190, -40), (0, -200), (190, -40), (170, 280)])
        c.shape(placed(back, x, y), mix(face.hair, "#000000", 0.25))
    c.shape(
        curve([(60, 1010), (110, 850), (260, 760), (500, 720), (740, 760), (890, 850), (940, 1010)]),
        face.coat,
        mix(face.coat, "#101020", 0.45),
        "right",
        0.7,
    )
    c.shape(
        curve([(420, 560), (420, 720), (390, 770), (500, 830), (610, 770), (580, 720), (580, 560)]), shadow
    )
    c.shape(
        [(386, 752), (500, 880), (614, 752), (660, 790), (520, 960), (480, 960), (340, 790)],
        face.collar,
        mix(face.collar, "#302030", 0.35),
        "right",
        0.5,
    )
    head(c, x, y, face, shadow)


def head(c, x, y, face, shadow):
    outline = curve(
        points(
            "-128 -40, -122 60, -84 140, 0 186, 84 140, 122 60, 128 -40, 90 -150, 0 -176, -90 -150, -128 -40"
        )
    )
    for side in (-1, 1):
        c.shape(placed(disc(side * 130, 14, 26, 38), x, y), face.skin if side < 0 else shadow)
    c.shape(placed(outline, x, y), face.skin, shadow, "right", 0.55)
    features(c, x, y, face, shadow)
    hair = curve([*HAIR[face.style], HAIR[face.style][0]])
    c.shape(placed(hair, x, y), face.hair, mix(face.hair, "#ffffff", 0.22), "left", 0.35)
    if face.style == "bald":
        c.shape(placed(hair, x, y, mirrored=True), face.hair)
    if face.earrings:
        for side in (-1, 1):
            c.disc(x + side * 134, y + 64, 12, "#e9b44c")


def features(c, x, y, face, shadow):
    ink = "#231c2b"
    if face.beard:
        chin = curve(
            points(
                "-126 20, -118 90, -80 170, 0 214, 80 170, 118 90, 126 20, 84 66, 30 58, "
                "0 66, -30 58, -84 66, -126 20"
            )
        )
        c.shape(placed(chin, x, y), face.hair, mix(face.hair, "#ffffff", 0.2), "left", 0.4)
    for side in (-1, 1):
        c.shape(placed(disc(side * 54, -6, 11, 13), x, y), ink)
        c.line(
            placed(curve([(side * 28, -44), (side * 56, -56), (side * 86, -42)]), x, y),
            9,
            mix(face.hair, ink, 0.5),
        )
    c.line(placed(curve([(4, -4), (22, 46), (-4, 56)]), x, y), 7, shadow)
    c.line(placed(curve([(-40, 98), (0, 114), (44, 94)]), x, y), 9, mix(shadow, "#7a2030", 0.5))
    if face.glasses:
        for side in (-1, 1):
            ring = disc(side * 56, -4, 46, 42)
            c.line(placed([*ring, ring[0]], x, y), 7, ink)
        c.line(placed([(-12, -8), (12, -8)], x, y), 7, ink)
        c.shape(placed(box(-2, -2, 2, 2), x, y, 0.1), ink)
