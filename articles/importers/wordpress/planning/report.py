"""report.json: what became of each item, and everything that was not taken over, with its reason.

The items are written while they come, so that the report of a large export needs no more memory than a small
one. docs/leaving-wordpress.md says what each key means.
"""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Self, TextIO

from articles.importers.wordpress.deciding.permalinks import most_used
from articles.importers.wordpress.deciding.states import Kind
from articles.importers.wordpress.deciding.terms import FALLBACK
from articles.importers.wordpress.surveying import Survey

from .plan import Outcome, Plan, Rest
from .texts import Texts

SCHEMA = 1
# Items that report.html names; report.json has all of them.
MOST_TO_LOOK_AT = 1_000


class Report:
    """Used as a context: `with Report(file, survey, …) as report: report.add(each)`."""

    def __init__(
        self,
        file: TextIO,
        survey: Survey,
        texts: Texts,
        *,
        zones: Mapping[str, str],
        is_reserved: Callable[[str], bool],
        dry_run: bool,
    ):
        self.file, self.survey, self.zones, self.dry_run = file, survey, zones, dry_run
        self.is_reserved, self.texts = is_reserved, texts
        self.outcomes: Counter[str] = Counter()
        self.states: dict[str, Counter[str]] = {"articles": Counter(), "pages": Counter()}
        self.held_back: Counter[str] = Counter()
        self.reasons: Counter[str] = Counter()
        self.several_texts = self.sticky = 0
        self.to_look_at: list[dict[str, Any]] = []
        self.without_byline = 0

    def __enter__(self) -> Self:
        self.file.write('{"items": [')
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """The end is written of a run that was stopped, too, so that the file can always be read."""
        summary = json.dumps({**self.summary(), "complete": kind is None}, ensure_ascii=False, indent=1)
        self.file.write(f"\n],\n{summary.removeprefix('{').lstrip()}\n")

    def add(self, each: Plan | Rest) -> None:
        """An item that is left out, or, in a dry run, a plan as it would be carried out."""
        if isinstance(each, Plan):
            self.add_plan(each, Outcome.IMPORTED, each.decision.reason, "")
        else:
            self.write(self.of_rest(each))

    def add_plan(self, plan: Plan, outcome: Outcome, reason: str, address: str) -> None:
        """`address` is where it is now, if it was made."""
        self.write(without_empty({**self.of_plan(plan, outcome, reason), "address": address}))

    def write(self, line: dict[str, Any]) -> None:
        self.file.write(",\n" if self.outcomes.total() else "\n")
        self.file.write(json.dumps(line, ensure_ascii=False))
        self.outcomes[line["result"]] += 1
        if len(self.to_look_at) < MOST_TO_LOOK_AT and worth_a_look(line):
            self.to_look_at.append(line)

    def of_plan(self, plan: Plan, outcome: Outcome, reason: str) -> dict[str, Any]:
        decision, item = plan.decision, plan.item
        name = "articles" if decision.kind is Kind.ARTICLE else "pages"
        self.states[name][decision.state or ""] += 1
        if reason:
            (self.reasons if outcome is Outcome.SKIPPED else self.held_back)[reason] += 1
        self.several_texts += plan.entry.source_id != item.post_id and "~" in plan.entry.source_id
        self.sticky += item.is_sticky
        self.without_byline += not plan.authors
        notes = [f"{note.fault}: {note.of}" for note in item.notes]
        notes += [f"its state was “{decision.word}”"] if decision.word else []
        notes += ["its headline is made of its text"] if plan.headline.is_made else []
        notes += ["it was on top of its list"] if item.is_sticky else []
        return {
            **self.of_item(item),
            "id": plan.entry.source_id,
            "result": outcome,
            "state": decision.state,
            "reason": reason,
            "headline": plan.headline.text,
            "section": plan.category if decision.kind is Kind.ARTICLE else "",
            "authors": [author.name for author in plan.authors],
            "date": decision.instant.at.isoformat() if decision.instant else "",
            "notes": notes,
        }

    def of_rest(self, rest: Rest) -> dict[str, Any]:
        if rest.reason:
            self.reasons[rest.reason] += 1
        line = {**self.of_item(rest.item), "result": rest.outcome, "reason": rest.reason}
        return without_empty({**line, "headline": rest.item.title[:200]})

    def of_item(self, item: Any) -> dict[str, Any]:
        place = {"file": item.place.file, "line": item.place.line}
        return {**place, "id": item.post_id, "type": item.type, "link": item.link}

    @property
    def is_whole(self) -> bool:
        """Whether each item that was read has one result."""
        return self.outcomes.total() == self.survey.items

    def summary(self) -> dict[str, Any]:
        survey = self.survey
        return {
            "schema": SCHEMA,
            "dry_run": self.dry_run,
            "sites": {key: site.title for key, site in survey.sites.items()},
            "repairs": +survey.repairs if survey.repairs else {},
            "zones": [self.of_zone(site, zone) for site, zone in self.zones.items()],
            "permalinks": self.of_permalinks(),
            "sum": {"read": survey.items, "results": self.outcomes, "is_whole": self.is_whole},
            "articles": self.states["articles"],
            "pages": self.states["pages"],
            "held_back": self.held_back,
            "not_imported": dict(self.reasons.most_common()),
            "same_id_different_text": self.several_texts,
            "sticky": self.sticky,
            "sections": self.of_sections(),
            "tags": self.of_tags(),
            "without_byline": self.without_byline,
            "left_out": self.of_left_out(),
            "pictures_by_host": dict(self.texts.hosts.most_common()),
            "pictures": self.texts.uploads.pictures.summary() if self.texts.uploads else {},
            "documents": self.texts.uploads.documents.summary() if self.texts.uploads else {},
            "links_not_found": dict(self.texts.links_not_found.most_common()),
            "texts_notes": dict(self.texts.notes.most_common()),
            "texts_in_several_pages": self.texts.in_pages,
            "menus": survey.menus.as_text(),
            "comments": survey.comments,
            "in_file": [
                {"type": kind, "status": status, "items": number}
                for (kind, status), number in survey.types.most_common()
            ],
            "meta_keys_dropped": dict(survey.dropped_meta.most_common()),
            "taxonomies_dropped": dict(survey.dropped_taxonomies.most_common()),
            "notes": {f"{note.fault}: {note.of}": number for note, number in survey.notes.most_common()},
        }

    def of_zone(self, site: str, zone: str) -> dict[str, Any]:
        inferred = self.survey.offsets[site].inferred()
        if inferred is None:
            return {"site": site, "used": zone}
        found = {"inferred": inferred.name, "explained": inferred.explained, "of": inferred.total}
        return {"site": site, "used": zone, **found, "others": dict(inferred.others)}

    def of_permalinks(self) -> dict[str, Any]:
        form, number, total = most_used(self.survey.forms)
        return {"form": form, "explained": number, "of": total, "all": self.survey.forms}

    def of_left_out(self) -> list[dict[str, Any]]:
        """What texts had and have no longer, by frequency, each with an example."""
        found = sorted(self.texts.left_out.values(), key=lambda left: -left.count)
        return [
            {"kind": each.kind, "name": each.name, "count": each.count, "example": each.example}
            for each in found
        ]

    def of_sections(self) -> list[dict[str, Any]]:
        """Of articles that are taken over, with how many are in each. Parents come before what is below."""
        used = self.survey.used
        sections = self.survey.categories.sections(used, self.is_reserved)
        fallback = self.survey.without_category and FALLBACK not in used
        named = [{"slug": FALLBACK, "name": FALLBACK.title(), "articles": 0}] if fallback else []
        return [
            without_empty(
                {
                    "slug": section.slug,
                    "was": section.category if section.category != section.slug else "",
                    "name": section.name,
                    "below": section.parent,
                    "was_below": section.was_below,
                    "articles": used[section.category],
                }
            )
            for section in sections
        ] + named

    def of_tags(self) -> list[dict[str, Any]]:
        return [
            without_empty({"slug": tag.slug, "name": tag.name, "merged": tag.others})
            for tag in self.survey.tags.all()
        ]


def worth_a_look(line: dict[str, Any]) -> bool:
    """Not what is left out by its type: that is counted, and there may be thousands."""
    was_skipped = line["result"] == Outcome.SKIPPED and "state" not in line
    return bool(line.get("reason") or line.get("notes")) and not was_skipped


def without_empty(line: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in line.items() if value not in ("", None, [], {})}
