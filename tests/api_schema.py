"""Writes docs/api/openapi.json: `python -m tests.api_schema`. It refuses if that would break programs that rely on it."""

import json
import os
import sys
from pathlib import Path

import django

FILE = Path(__file__).resolve().parent.parent / "docs/api/openapi.json"
# What says how a value is to be read. A description or an example may change.
OF_TYPES = ("type", "format", "enum", "const", "$ref", "pattern")
OF_LISTS = ("anyOf", "allOf", "oneOf")
# How the names end of what programs send; all others are answers.
SENT = ("Written", "Act", "Params")


def schema():
    from articles.api.v1 import api

    return json.loads(json.dumps(api.get_openapi_schema(), default=str))


def breaking(before, after):
    """What programs that were written for `before` would miss in `after`, in words."""
    return [*of_paths(before["paths"], after["paths"]), *of_shapes(before, after)]


def of_paths(before, after):
    for path, operations in before.items():
        if path not in after:
            yield f"{path} is gone"
            continue
        for method, operation in operations.items():
            name = f"{method.upper()} {path}"
            if method not in after[path]:
                yield f"{name} is gone"
            else:
                yield from of_operation(name, operation, after[path][method])


def of_operation(name, before, after):
    there = {each["name"]: each for each in after.get("parameters", ())}
    known = {each["name"]: each for each in before.get("parameters", ())}
    for parameter, was in known.items():
        if parameter not in there:
            yield f"{name}: the parameter {parameter} is gone"
        else:
            yield from of_type(f"{name}: {parameter}", was["schema"], there[parameter]["schema"])
    for parameter, is_now in there.items():
        if is_now.get("required") and not known.get(parameter, {}).get("required"):
            yield f"{name}: the parameter {parameter} is required now"
    yield from of_contents(name, before.get("requestBody", {}), after.get("requestBody", {}))
    for status, was in before.get("responses", {}).items():
        if status not in after.get("responses", {}):
            yield f"{name}: the answer {status} is gone"
        else:
            yield from of_contents(f"{name}: {status}", was, after["responses"][status])


def of_contents(name, before, after):
    for kind, was in before.get("content", {}).items():
        if kind not in after.get("content", {}):
            yield f"{name}: {kind} is gone"
        else:
            yield from of_type(name, was["schema"], after["content"][kind]["schema"])


def of_shapes(before, after):
    shapes, there = before["components"]["schemas"], after["components"]["schemas"]
    for name, was in shapes.items():
        if name not in there:
            yield f"{name} is gone"
        else:
            yield from of_type(name, was, there[name])


def of_type(name, before, after):
    """Whether a value is of the same type, with all its fields, and with no more that have to be sent."""
    is_sent = name.endswith(SENT)
    for word in OF_TYPES:
        if before.get(word) != after.get(word):
            yield f"{name}: {word} was {before.get(word)!r} and is {after.get(word)!r}"
    for word in OF_LISTS:
        if len(before.get(word, ())) != len(after.get(word, ())):
            yield f"{name}: {word} is another"
        for was, is_now in zip(before.get(word, ()), after.get(word, ()), strict=False):
            yield from of_type(name, was, is_now)
    for field, was in before.get("properties", {}).items():
        if field not in after.get("properties", {}):
            yield f"{name}.{field} is gone"
        else:
            yield from of_type(f"{name}.{field}", was, after["properties"][field])
    if isinstance(before.get("items"), dict):
        yield from of_type(f"{name}[]", before["items"], after.get("items") or {})
    were, are = set(before.get("required", ())), set(after.get("required", ()))
    if fewer := not is_sent and were - are:
        yield f"{name}: {', '.join(sorted(fewer))} may be missing now"
    if more := is_sent and are - were:
        yield f"{name}: {', '.join(sorted(more))} has to be sent now"


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    django.setup()
    found = schema()
    broken = breaking(json.loads(FILE.read_text()), found) if FILE.exists() else []
    if broken and "--break" not in sys.argv:
        sys.exit(
            "\n".join([*broken, "Programs rely on this. If they must be broken, say --break, and tell them."])
        )
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n")
    print(f"Written: {FILE}")


if __name__ == "__main__":
    main()
