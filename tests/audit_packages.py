"""Whether holes are known of the packages that are installed: make audit, or python -m tests.audit_packages [pip-audit's arguments]

It ends with an error if there is a hole that another version mends or that none does. Where nobody can be asked, it says so
in a line and is done: CI must not stand still because a list elsewhere is away.
"""

import json
import subprocess
import sys

SECONDS = 20
AUDIT = [sys.executable, "-m", "pip_audit", "--format", "json", "--progress-spinner", "off", "--timeout", "5"]


def main(arguments):
    try:
        done = subprocess.run(
            [*AUDIT, *(arguments or ["--local"])], capture_output=True, text=True, timeout=SECONDS
        )
    except subprocess.TimeoutExpired:
        return not_asked(f"it took longer than {SECONDS} seconds")
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except ValueError:
        return not_asked((done.stderr.strip().splitlines() or ["it said nothing"])[-1][:200])
    return judged(packages)


def judged(packages):
    unknown = [each["name"] for each in packages if "skip_reason" in each]
    known = [each for each in packages if "skip_reason" not in each]
    if not known:
        return not_asked(f"of none of {len(packages)} packages it knows anything")
    holes = [
        f"{each['name']} {each['version']}: {in_words(hole)}" for each in known for hole in each["vulns"]
    ]
    print(*holes, sep="\n", end="\n" if holes else "")
    print(f"{len(known)} packages audited, {len(holes)} holes known.")
    if unknown:
        print(f"Of these nothing was told: {', '.join(unknown)}")
    return 1 if holes else 0


def in_words(hole):
    mended = ", ".join(hole["fix_versions"])
    return f"{hole['id']}, mended in {mended}" if mended else f"{hole['id']}, mended in no version yet"


def not_asked(why):
    print(f"NOT AUDITED: the list of known holes does not answer from here: {why}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
