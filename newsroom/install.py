"""Makes .venv and installs the packages that a requirements file pins; does nothing when all is as pinned.

    python3 newsroom/install.py requirements.txt

Runs on the machine's own Python, also one that is too old for the site: it has to be able to say so.
"""

import hashlib
import os
import platform
import subprocess
import sys
from pathlib import Path

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".venv"
PYTHON = FOLDER / "bin" / "python"


def obstacle(version=sys.version_info, find=None):
    """What has to be installed by hand first, as a sentence; None when nothing is missing."""
    wanted = ".".join(str(number) for number in OLDEST)
    if tuple(version[:2]) < OLDEST:
        return (
            f"Newsroom needs Python {wanted} or newer, and this is {platform.python_version()}. "
            "If a newer one is installed, name it: make PYTHON=python3.12 run"
        )
    try:
        for module in ("venv", "ensurepip"):
            (find or __import__)(module)
    except ImportError:
        return "Python's venv module is missing. On Debian and Ubuntu: apt install python3-venv"
    return None


def fingerprint(requirements):
    """Changes with the pinned packages, those of included files too, and with the Python that runs them."""
    digest = hashlib.sha256(platform.python_version().encode())
    for line in requirements.read_text().splitlines():
        if line.startswith("-r "):
            included = requirements.parent / line[3:].strip()
            digest.update(fingerprint(included).encode())
        elif line.strip() and not line.startswith("#"):
            digest.update(line.strip().encode())
    return digest.hexdigest()


def has_pip():
    if not PYTHON.exists():
        return False
    return subprocess.run([str(PYTHON), "-c", "import pip"], stderr=subprocess.DEVNULL).returncode == 0


def run(*command):
    finished = subprocess.run(command, stdin=subprocess.DEVNULL)
    if finished.returncode:
        sys.exit(f"That failed ({' '.join(command[1:4])}); what went wrong stands above.")


def install(requirements):
    if not has_pip():
        run(sys.executable, "-m", "venv", "--clear", str(FOLDER))
    name = requirements.relative_to(ROOT)
    print(f"Installing the packages of {name}: half a minute or so, once.", flush=True)
    # Twice: warnings about where packages come from are for whoever set that up.
    quiet = ("--quiet", "--quiet", "--disable-pip-version-check", "--no-input")
    run(str(PYTHON), "-m", "pip", "install", *quiet, "--requirement", str(requirements))


def main(name):
    requirements = ROOT / name
    stamp = FOLDER / f"installed-{name.replace('/', '-')}"
    wanted = fingerprint(requirements)
    if os.access(str(PYTHON), os.X_OK) and stamp.exists() and stamp.read_text() == wanted:
        return
    missing = obstacle()
    if missing:
        sys.exit(missing)
    install(requirements)
    stamp.write_text(wanted)


if __name__ == "__main__":
    main(sys.argv[1])
