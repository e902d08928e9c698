"""The figures beside their budgets, as one table that reads well in a terminal and in docs/benchmarks.md."""

from dataclasses import dataclass

MILLISECONDS = {"article": 3.0, "front": 5.0, "section": 3.5}
# Milliseconds that 99 of 100 requests of the desk are to stay within.
DESK = {"autosave, 5,000 words": 30, "the list": 120}
# The library's list and dialog answer nineteen requests of twenty within so many milliseconds, and an upload half of them.
LIBRARY, UPLOAD = 120, 500
QUERIES = 6
RATIO = 1.2
# Bytes: the median's budget and that of 99 pages of 100.
BYTES = {"article": (8_500, 13_000)}
# Nineteen questions of twenty are answered within so many milliseconds.
SEARCH = {"a rare word": 50, "two words": 50, "a common word": 100, "two common words": 100, "a phrase": 100}
BUILT = 2_500  # articles a second, at least
# Nineteen requests of twenty for a sitemap; and bytes of a feed.
SITEMAP, FEED_BYTES = 400, 1024**2
# Nineteen answers of twenty of the content API.
API = 60
# So many times the memory, at most, in the largest newsroom as in the smallest.
MEMORY = 2
# Of renditions: (at least, at most).
RENDITIONS = {
    "of it, per cent": (95, None),
    "MB for a master of 60 megapixels": (None, 250),
    "KB of the lead on a phone, AVIF": (None, 60),
}
MISSED = "✗"


@dataclass(frozen=True)
class Figure:
    value: float
    budget: float | None = None
    form: str = "{:.0f}"

    @property
    def missed(self):
        return self.budget is not None and self.value > self.budget

    def __str__(self):
        return self.form.format(self.value) + (f" {MISSED}" if self.missed else "")


def view_rows(costs):
    """`costs`: number of articles → kind → {"queries", "milliseconds"}, the smaller newsroom first."""
    small, large = costs.values()
    for kind, few in small.items():
        many = large[kind]
        budget = MILLISECONDS.get(kind)
        yield (
            kind,
            Figure(many["queries"], QUERIES),
            Figure(few["milliseconds"], budget, "{:.2f}"),
            Figure(many["milliseconds"], budget, "{:.2f}"),
            f"{budget:.1f}" if budget else "",
            Figure(many["milliseconds"] / few["milliseconds"], RATIO, "{:.2f}"),
        )


def view_table(costs):
    sizes = [f"CPU ms, {size:,} articles" for size in costs]
    return table(("view", "queries", *sizes, "budget", "ratio"), list(view_rows(costs)))


def desk_table(costs):
    """`costs`: number of articles → kind → {"median", "most"} in milliseconds, the smaller newsroom first."""
    small, large = costs.values()
    rows = []
    for kind, few in small.items():
        budget, figures = DESK.get(kind), []
        for cost in (few, large[kind]):
            figures += (Figure(cost["median"], form="{:.1f}"), Figure(cost["most"], budget, "{:.1f}"))
        rows.append((kind, *figures, str(budget or "")))
    sizes = [each for size in costs for each in (f"ms, {size:,} articles", "99 of 100 within")]
    return table(("desk", *sizes, "budget"), rows)


def library_table(costs):
    """`costs`: kind → {"median", "most"} in milliseconds."""
    rows = [
        (
            kind,
            f"{Figure(cost['median'], UPLOAD if kind.startswith('an upload') else None, '{:.1f}')}",
            f"{Figure(cost['most'], None if kind.startswith('an upload') else LIBRARY, '{:.1f}')}",
            f"median {UPLOAD}" if kind.startswith("an upload") else f"19 of 20 within {LIBRARY}",
        )
        for kind, cost in costs.items()
    ]
    return table(("the library", "ms, the median", "19 of 20 within", "budget"), rows)


def search_table(figures):
    """`figures`: name of a newsroom → what search.py prints of it."""
    head = ("asked for", *(f"{name}, median / 19 of 20 within ms" for name in figures), "budget")
    rows = [
        ("building (articles a second)", *(built(each["built"]) for each in figures.values()), f"{BUILT:,}")
    ]
    for kind in next(iter(figures.values()))["kinds"]:
        budget = SEARCH.get(kind)
        cells = [
            f"{each['kinds'][kind]['median']:.1f} / {Figure(each['kinds'][kind]['most'], budget, '{:.1f}')}"
            for each in figures.values()
        ]
        rows.append((kind, *cells, f"{budget}" if budget else ""))
    return table(head, rows)


def files_table(figures):
    """`figures`: name of a newsroom → what files.py prints of it, the smallest newsroom first."""
    head = ("file", *(f"{name}: median / 19 of 20 within ms, kB, MB of memory" for name in figures), "budget")
    smallest = next(iter(figures.values()))
    rows = []
    for kind, least in smallest.items():
        is_sitemap = kind.startswith("sitemap")
        # The longest month has more articles in a larger newsroom, up to what one file holds.
        memory = None if "month" in kind else least["megabytes"] * MEMORY + 1
        cells = [
            f"{each[kind]['median']:.1f} / {Figure(each[kind]['most'], SITEMAP if is_sitemap else None, '{:.1f}')}, "
            f"{Figure(each[kind]['bytes'] / 1000, None if is_sitemap else FEED_BYTES / 1000, '{:,.0f}')}, "
            f"{Figure(each[kind]['megabytes'], memory, '{:.1f}')}"
            for each in figures.values()
        ]
        rows.append((kind, *cells, f"{SITEMAP} ms" if is_sitemap else f"{FEED_BYTES / 1000:,.0f} kB"))
    return table(head, rows)


def api_table(figures):
    """`figures`: name of a newsroom → what api.py prints of it."""
    head = ("asked for", *(f"{name}: median / 19 of 20 within ms, kB" for name in figures), "budget")
    rows = []
    for kind in next(iter(figures.values())):
        cells = [
            f"{each[kind]['median']:.1f} / {Figure(each[kind]['most'], API, '{:.1f}')}, {each[kind]['bytes'] / 1000:,.0f}"
            for each in figures.values()
        ]
        rows.append((kind, *cells, f"{API} ms"))
    return table(head, rows)


def related_table(figures):
    """`figures`: name of a newsroom → what related.py prints of it."""
    head = ("what", *figures)
    rows = [
        (name, *(in_figures(each[name]) for each in figures.values()))
        for name in next(iter(figures.values()))
    ]
    return table(head, rows)


def in_figures(value):
    """A number, or two of them."""
    if isinstance(value, list):
        return " and ".join(map(in_figures, value))
    return f"{value:,.0f}" if value >= 100 or value == round(value) else f"{value:.1f}"


def built(rate):
    return f"{rate:,.0f}" + (f" {MISSED}" if rate < BUILT else "")


def renditions_table(figures):
    """`figures`: what renditions.py prints."""
    rows = []
    for name, value in figures.items():
        least, most = RENDITIONS.get(name, (None, None))
        missed = (least is not None and value < least) or (most is not None and value > most)
        reach = f"at least {least}" if least is not None else f"at most {most}" if most is not None else ""
        rows.append((name, f"{value:,.1f}" + (f" {MISSED}" if missed else ""), reach))
    return table(("what", "figure", "reach"), rows)


def wire_table(weights):
    rows = []
    for kind, weight in weights.items():
        median, most = BYTES.get(kind, (None, None))
        budget = f"{median:,} / {most:,}" if median else ""
        figures = (Figure(weight.median, median, "{:,}"), Figure(weight.most, most, "{:,}"))
        rows.append((kind, weight.pages, *figures, budget))
    return table(("page", "pages", "median bytes", "99 of 100 within", "budget"), rows)


def table(head, rows):
    lines = [[str(cell) for cell in row] for row in (head, *rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    lines.insert(1, ["-" * width for width in widths])
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |"
        for line in lines
    )
