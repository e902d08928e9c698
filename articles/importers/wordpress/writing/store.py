"""Writes plans in batches, each in one transaction together with its lines of the journal.

Whatever stops a run, each batch is there whole or not at all. The next run reads the export from its
beginning, and leaves out what the journal has.
"""

from collections.abc import Callable
from dataclasses import replace

from django.db import reset_queries, transaction

from articles.importers.wordpress.deciding.identity import content_hash
from articles.importers.wordpress.deciding.states import Kind
from articles.importers.wordpress.deciding.states import State as Planned
from articles.importers.wordpress.planning import Outcome, Plan
from articles.models import Article, Imported, ImportRun, OldAddress, Page, Section
from articles.models.addresses import RESERVED
from articles.publishing import Brought, bring_in
from articles.publishing.locks import tried_again
from articles.publishing.old_addresses import leave_behind
from articles.publishing.pages import save_page

from .contents import Contents, old_paths, title_of
from .furniture import fitting
from .updating import add_pictures, update

# Larger batches are hardly faster, and take more memory.
MOST_ARTICLES, MOST_CHARACTERS = 100, 1_000_000

# The plan, its outcome, a reason, and the address of what was made.
OnDone = Callable[[Plan, Outcome, str, str], None]


class Store:
    def __init__(self, run: ImportRun, contents: Contents, *, on_done: OnDone):
        self.run, self.contents, self.on_done = run, contents, on_done
        self.waiting: list[Plan] = []
        self.characters = 0

    def take(self, plan: Plan) -> None:
        self.waiting.append(plan)
        self.characters += len(plan.item.body)
        if len(self.waiting) >= MOST_ARTICLES or self.characters >= MOST_CHARACTERS:
            self.flush()

    def flush(self) -> None:
        plans, self.waiting, self.characters = self.waiting, [], 0
        known = self.known(plans)
        new = []
        for plan in plans:
            row = known.get((plan.site, plan.entry.source_id))
            if row is None:
                new.append(plan)
            elif row.content_hash == content_hash(plan.item).hex():
                self.on_done(plan, *add_pictures(row, plan, self.contents))
            else:
                self.on_done(plan, *update(row, plan, self.contents))
        if new:
            self.write(new)

    def known(self, plans: list[Plan]) -> dict[tuple[str, str], Imported]:
        """The lines that the journal has of them."""
        rows = Imported.objects.filter(
            source__in={plan.site for plan in plans}, source_id__in={plan.entry.source_id for plan in plans}
        )
        if self.contents.texts.pictures is not None:
            # Each of them is looked at for pictures that were missing.
            rows = rows.select_related("run", "article", "page")
        return {(row.source, row.source_id): row for row in rows}

    def write(self, plans: list[Plan]) -> None:
        """Texts are converted and authors made before the transaction, so that it is short."""
        articles = [plan for plan in plans if plan.decision.kind is Kind.ARTICLE]
        brought = [self.contents.brought(plan) for plan in articles]
        pages = [
            (plan, self.contents.texts.converted(plan).html)
            for plan in plans
            if plan.decision.kind is Kind.PAGE
        ]
        # With DEBUG, Django remembers every statement, and these have whole texts in them.
        reset_queries()
        for plan, thing in tried_again(lambda: self.written(articles, brought, pages)):
            self.on_done(plan, Outcome.IMPORTED, plan.decision.reason, thing.get_absolute_url())

    @transaction.atomic
    def written(
        self, plans: list[Plan], brought: list[Brought], pages: list[tuple[Plan, str]]
    ) -> list[tuple[Plan, Article | Page]]:
        made = bring_in(with_own_guids(brought), by=self.run.by) if brought else []
        done = [*zip(plans, made, strict=True), *((plan, make_page(plan, body)) for plan, body in pages)]
        Imported.objects.bulk_create(self.row(plan, thing) for plan, thing in done)
        return done

    def row(self, plan: Plan, thing: Article | Page) -> Imported:
        return Imported(
            run=self.run,
            source=plan.site,
            source_id=plan.entry.source_id,
            content_hash=content_hash(plan.item).hex(),
            reason=plan.decision.reason,
            version=thing.version,
            **{"article" if isinstance(thing, Article) else "page": thing},
        )


def with_own_guids(batch: list[Brought]) -> list[Brought]:
    """An id of feeds belongs to one article. A second one with it gets an id of ours."""
    taken = set(
        Article.including_bin.filter(guid__in={each.guid for each in batch}).values_list("guid", flat=True)
    )
    found = []
    for each in batch:
        found.append(replace(each, guid="") if each.guid in taken else each)
        taken.add(each.guid)
    return found


def make_page(plan: Plan, body: str) -> Page:
    """One of the paper's own pages, at the last word of its path. Readers open it if it was published."""
    page = Page(
        title=title_of(plan), path=free_path(plan.slug), body=body, order=max(0, plan.item.menu_order)
    )
    page.published = plan.decision.state is Planned.PUBLISHED
    save_page(page)
    former = [old for old in old_paths(plan) if old != page.get_absolute_url()]
    taken = OldAddress.objects.filter(path__in=former).values_list("path", flat=True)
    if page.published and (free := set(former) - set(taken)):
        leave_behind(free, page)
    return page


def free_path(wanted: str) -> str:
    """Not one of the site's own addresses, of a section or of another page."""
    start = fitting(wanted, 80)
    if start in RESERVED or start.isdigit():
        start = f"{start}-page"
    path, number = start, 1
    while Page.objects.filter(path=path).exists() or Section.objects.filter(slug=path, parent=None).exists():
        number += 1
        path = f"{start}-{number}"
    return path
