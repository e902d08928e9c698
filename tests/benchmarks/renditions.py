"""What pictures cost: making renditions beside Pillow's own loop, memory for a large master, bytes on a phone.

    python -m tests.benchmarks.renditions [FOLDER]      prints JSON: name → figure

FOLDER has photographs, the largest first ten of which are taken; without one they are Debian's wallpapers
(plasma-workspace-wallpapers), and without these drawn. CPU time of this process, so that what else runs on the machine does not
count; both ways take turns, and the better of three rounds of each is compared.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from io import BytesIO
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django.setup()

from PIL import Image  # noqa: E402 - settings come first

from articles.images import (  # noqa: E402 - settings come first
    ROLES,
    Format,
    PictureSource,
    encode,
    encode_all,
    first_look,
    make_master,
    renditions_for,
)
from articles.images.encode import _OPTIONS as OPTIONS  # noqa: E402 - settings come first

WALLPAPERS = Path("/usr/share/wallpapers")
PHOTOGRAPHS, ROUNDS = 10, 3
SIXTY_MEGAPIXELS = (9480, 6320)
# The file that a phone of 390 px with three pixels to one takes of a lead picture: tests/browser/test_pictures.py.
ON_A_PHONE = 720


def main(folder=None):
    if folder == "memory":
        return print(memory_here())
    masters = [make_master(data) for data in photographs(folder and Path(folder))]
    ours, pillows = compared(masters)
    made = sum(len(wanted(master)) for master in masters)
    print(
        json.dumps(
            {
                "renditions a second": made / ours,
                "the same in a loop of Pillow's own": made / pillows,
                "of it, per cent": 100 * pillows / ours,
                "MB for a master of 60 megapixels": memory(),
                "KB of the lead on a phone, AVIF": statistics.median(map(bytes_on_a_phone, masters)) / 1000,
                "ms for the first look": 1000 * statistics.median(map(look, masters)),
            }
        )
    )


def photographs(folder):
    folder = folder or WALLPAPERS
    files = [file for ending in ("jpg", "jpeg", "png") for file in folder.rglob(f"*.{ending}")]
    # Of each wallpaper there are several sizes: the largest file of each folder.
    largest = {}
    for file in sorted(files, key=lambda file: file.stat().st_size):
        largest[file.parent] = file
    found = sorted(largest.values(), key=lambda file: -file.stat().st_size)
    if folder != WALLPAPERS:
        found = sorted(files)
    if not found:
        return [drawn() for _ in range(3)]
    return [as_jpeg(file) for file in found[:PHOTOGRAPHS]]


def as_jpeg(file):
    """As a camera would have made it."""
    image = Image.open(file).convert("RGB")
    image.thumbnail((4000, 4000))
    return encoded(image)


def drawn():
    channels = [Image.effect_noise((600, 400), 80).resize((3600, 2400)) for _ in range(3)]
    return encoded(Image.merge("RGB", channels))


def encoded(image):
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=92)
    return buffer.getvalue()


def source_of(master):
    return PictureSource(1, "0123abcd", master.width, master.height)


def wanted(master):
    return renditions_for(source_of(master), [ROLES["lead"], ROLES["card"]])


def compared(masters):
    """Seconds of CPU for all renditions of all masters, ours and Pillow's."""
    ours, pillows = [], []
    for _ in range(ROUNDS):
        ours.append(took(lambda: [list(encode_all(each.content, wanted(each))) for each in masters]))
        pillows.append(took(lambda: [loop(each) for each in masters]))
    return min(ours), min(pillows)


def took(act):
    begun = time.process_time()
    act()
    return time.process_time() - begun


def loop(master):
    """The same files as Pillow's manual makes them: opened once, a copy cut and scaled for each size, saved in each format."""
    image = Image.open(BytesIO(master.content)).convert("RGB")
    sizes = {}
    for each in wanted(master):
        sizes.setdefault((each.width, each.height), []).append(each.format)
    for (width, height), formats in sizes.items():
        ratio = max(width / image.width, height / image.height)
        left, top = (image.width - width / ratio) / 2, (image.height - height / ratio) / 2
        box = (left, top, left + width / ratio, top + height / ratio)
        scaled = image.resize((width, height), Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)
        for format in formats:
            scaled.save(BytesIO(), **OPTIONS[format])


def bytes_on_a_phone(master):
    sizes = [
        each for each in renditions_for(source_of(master), [ROLES["lead"]]) if each.format is Format.AVIF
    ]
    rendition = next((each for each in sizes if each.width >= ON_A_PHONE), sizes[-1])
    return len(encode(master.content, rendition))


def look(master):
    return took(lambda: first_look(master.content))


def memory():
    """MB that a process of its own had at most, with the master of a baseline JPEG of 60 megapixels and its renditions."""
    told = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.renditions", "memory"], capture_output=True, check=True
    )
    return float(told.stdout)


def memory_here():
    # Drawn by another process: what that takes is not what is measured.
    draw = "import sys; from PIL import Image; Image.effect_noise((949, 633), 80).resize(%r).convert('RGB').save(sys.stdout.buffer, 'JPEG', quality=85)"
    data = subprocess.run(
        [sys.executable, "-c", draw % (SIXTY_MEGAPIXELS,)], capture_output=True, check=True
    ).stdout
    master = make_master(data)
    first_look(master.content)
    for _ in encode_all(master.content, wanted(master)):
        pass
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
