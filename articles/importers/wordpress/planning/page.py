"""report.html: what an operator reads and prints. It needs no script and loads nothing."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

PAGE = "report.html"
STYLE = """
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
body { margin: 0 auto; padding: 1rem; max-inline-size: 60rem; overflow-wrap: anywhere }
h1, h2 { line-height: 1.2; text-wrap: balance } h2 { margin-block-start: 2.5rem }
table { border-collapse: collapse; inline-size: 100% }
th, td { padding: .3rem .8rem .3rem 0; border-block-end: 1px solid #8886; text-align: start }
td { vertical-align: top }
pre { white-space: pre-wrap; font: inherit }
td.number { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap }
.note { max-inline-size: 40rem }
@media (width < 32rem) {
  thead { display: none }
  tr { display: block; padding-block: .4rem; border-block-end: 1px solid #8886 }
  td { display: block; padding: 0; border: 0 }
  td:first-child { font-weight: 600 }
  td.number { text-align: start }
}
@media print { h2 { break-after: avoid } tr { break-inside: avoid } }
"""
# So many rows of a table; report.json has all of them.
MOST_ROWS = 200

Rows = Iterable[tuple[Any, ...]]


def page_of(summary: Mapping[str, Any], lines: list[dict[str, Any]]) -> str:
    """`lines` are the items about which there is something to say."""
    results = summary["sum"]["results"]
    title = "Dry run of the import" if summary["dry_run"] else "Import from WordPress"
    parts = [
        f"<h1>{escape(title)}</h1>",
        f"<p>{escape(', '.join(summary['sites'].values()))}</p>",
        table("Items", ("Result", ""), [*results.items(), ("read", summary["sum"]["read"])]),
        *(table(name.capitalize(), ("State", ""), summary[name].items()) for name in ("articles", "pages")),
        table("Time zones", ("Site", "Zone", "Explains"), map(zone_row, summary["zones"])),
        table("Permalinks", ("Form", ""), summary["permalinks"]["all"].items()),
        table("Held back as drafts", ("Reason", ""), summary["held_back"].items()),
        table("Not taken over", ("Reason", ""), summary["not_imported"].items()),
        table("Items to look at", ("Item", "Result", "Why"), map(line_row, lines)),
        table("Left out of texts", ("Kind", "Name", "Example", ""), map(left_row, summary["left_out"])),
        table("Pictures that texts show, by host", ("Host", ""), summary["pictures_by_host"].items()),
        *files("pictures", summary["pictures"]),
        *files("documents", summary["documents"]),
        table("Links that stay as they were", ("Address", ""), summary["links_not_found"].items()),
        table("Sections", ("Section", "Articles"), map(section_row, summary["sections"])),
        *(menu(f"Menu {name}".strip(), lines) for name, lines in summary["menus"].items()),
        table("Meta keys dropped", ("Key", ""), summary["meta_keys_dropped"].items()),
        table("Taxonomies dropped", ("Taxonomy", ""), summary["taxonomies_dropped"].items()),
        table("Repairs", ("Repair", ""), summary["repairs"].items()),
    ]
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>\n<body>{''.join(parts)}</body></html>\n"
    )


def table(heading: str, names: tuple[str, ...], rows: Rows) -> str:
    """Nothing at all without rows."""
    every = list(rows)
    if not every:
        return ""
    head = "".join(f"<th scope=col>{escape(name)}</th>" for name in names)
    body = "\n".join(f"<tr>{''.join(map(cell, row))}</tr>" for row in every[:MOST_ROWS])
    more = len(every) - MOST_ROWS
    note = f'<p class="note">{more} more are in report.json.</p>' if more > 0 else ""
    rows_of_table = f"<thead><tr>{head}</tr></thead><tbody>\n{body}</tbody>"
    return f"<h2>{escape(heading)}</h2>\n<table>{rows_of_table}</table>{note}\n"


def menu(heading: str, lines: list[str]) -> str:
    return f"<h2>{escape(heading)}</h2>\n<pre>{escape(chr(10).join(lines))}</pre>\n"


def cell(value: Any) -> str:
    number = ' class="number"' if isinstance(value, int) else ""
    return f"<td{number}>{escape(str(value))}</td>"


def files(name: str, summary: Mapping[str, Any]) -> Iterable[str]:
    yield table(name.capitalize(), ("Result", ""), summary.get("results", {}).items())
    missing = map(missing_row, summary.get("missing", []))
    yield table(f"{name.capitalize()} that are missing", ("Address", "Reason"), missing)


def missing_row(picture: dict[str, str]) -> tuple[Any, ...]:
    return picture["address"], picture["reason"]


def zone_row(zone: Mapping[str, Any]) -> tuple[str, str, str]:
    share = f"{zone['explained']} of {zone['of']} times" if "inferred" in zone else ""
    return zone["site"], zone["used"], share if zone.get("inferred") == zone["used"] else ""


def line_row(line: Mapping[str, Any]) -> tuple[str, str, str]:
    name = line.get("headline") or line.get("link") or f"line {line['line']} of {line['file']}"
    why = [line.get("reason", ""), *line.get("notes", ())]
    return f"{line.get('id', '')} {name}".strip(), line["result"], "; ".join(filter(None, why))


def left_row(left: Mapping[str, Any]) -> tuple[str, str, str, int]:
    return left["kind"], left["name"], left["example"], left["count"]


def section_row(section: Mapping[str, Any]) -> tuple[str, int]:
    name = f"{section['below']} › {section['name']}" if "below" in section else section["name"]
    return name, section.get("articles", 0)
