"""Writes plans in batches, each in one transaction together with its lines of the journal.

Whatever stops a run, each batch is there whole or not at all. The next run reads the export from its
beginning, and leaves out what the journal has.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace

from django.db import reset_queries, transaction

from articles.conf import languages
from articles.importers.wordpress.deciding.identity import content_hash
from articles.importers.wordpress.deciding.states import Kind
from articles.importers.wordpress.deciding.states import State as Planned
from articles.importers.wordpress.planning import Outcome, Plan, Text
from articles.models import Article, Imported, ImportRun, OldAddress, Page, Section
from articles.models.addresses.paths import MOST_WORDS, OF_LISTS, RESERVED
from articles.publishing import Brought, bring_in
from articles.publishing.addresses.old_addresses import leave_behind
from articles.publishing.pages import save_page
from articles.publishing.shared.locks import tried_again

from .contents import Contents, old_paths, title_of
from .furniture import ROOM_FOR_NUMBER, fitting
from .updating import add_pictures, update

# Larger batches are hardly faster, and take more memory.
MOST_ARTICLES, MOST_CHARACTERS = 50, 500_000

LONGEST_PATH = Page._meta.get_field("path").max_length

# The plan, its outcome, a reason, and the address of what was made.
OnDone = Callable[[Plan, Outcome, str, str], None]


@dataclass(frozen=True, slots=True)
class Batch:
    """Plans, their lines in the journal, and the texts of those that have none, which are on their way."""

    plans: list[Plan]
    known: dict[tuple[str, str], Imported]
    new: list[Plan]
    texts: Callable[[], list[Text]]


class Store:
    def __init__(self, run: ImportRun, contents: Contents, *, on_done: OnDone):
        self.run, self.contents, self.on_done = run, contents, on_done
        self.waiting: list[Plan] = []
        self.characters = 0
        # In the order of the export, in which they are written too.
        self.begun: deque[Batch] = deque()

    def take(self, plan: Plan) -> None:
        self.waiting.append(plan)
        self.characters += len(plan.item.body)
        if len(self.waiting) >= MOST_ARTICLES or self.characters >= MOST_CHARACTERS:
            self.begin()
            self.finish(but=self.contents.texts.ahead)

    def flush(self) -> None:
        self.begin()
        self.finish(but=0)

    def begin(self) -> None:
        plans, self.waiting, self.characters = self.waiting, [], 0
        known = self.known(plans)
        new = [plan for plan in plans if (plan.site, plan.entry.source_id) not in known]
        self.begun.append(Batch(plans, known, new, self.contents.texts.begin(new)))

    def finish(self, *, but: int) -> None:
        """All that were begun but so many."""
        while len(self.begun) > but:
            batch = self.begun.popleft()
            for plan in batch.plans:
                row = batch.known.get((plan.site, plan.entry.source_id))
                if row is not None and row.content_hash == content_hash(plan.item).hex():
                    self.on_done(plan, *add_pictures(row, plan, self.contents))
                elif row is not None:
                    self.on_done(plan, *update(row, plan, self.contents))
            if batch.new:
                self.write(batch.new, batch.texts())

    def known(self, plans: list[Plan]) -> dict[tuple[str, str], Imported]:
        """The lines that the journal has of them."""
        rows = Imported.objects.filter(
            source__in={plan.site for plan in plans}, source_id__in={plan.entry.source_id for plan in plans}
        )
        if self.contents.texts.uploads is not None:
            # Each of them is looked at for pictures that were missing.
            rows = rows.select_related("run", "article", "page")
        return {(row.source, row.source_id): row for row in rows}

    def write(self, plans: list[Plan], texts: list[Text]) -> None:
        """Texts are converted and authors made before the transaction, so that it is short."""
        pairs = list(zip(plans, texts, strict=True))
        articles = [plan for plan in plans if plan.decision.kind is Kind.ARTICLE]
        brought = [
            self.contents.brought(plan, text) for plan, text in pairs if plan.decision.kind is Kind.ARTICLE
        ]
        pages = [(plan, text.converted.html) for plan, text in pairs if plan.decision.kind is Kind.PAGE]
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
    """One of the paper's own pages, at the path that it had. Readers open it if it was published."""
    page = Page(
        title=title_of(plan), path=free_path(plan.slug), body=body, order=max(0, plan.item.menu_order)
    )
    page.published = plan.decision.state is Planned.PUBLISHED
    if plan.own and plan.own.language in dict(languages()):
        page.language = plan.own.language
    save_page(page)
    former = [old for old in old_paths(plan) if old != page.get_absolute_url()]
    taken = OldAddress.objects.filter(path__in=former).values_list("path", flat=True)
    if page.published and (free := set(former) - set(taken)):
        leave_behind(free, page)
    return page


def free_path(wanted: str) -> str:
    """Not one of the site's own addresses, of a section or of another page."""
    *above, last = (fitting(word, 80) for word in wanted.split("/")[-MOST_WORDS:])
    while len("/".join((*above, last))) > LONGEST_PATH - ROOM_FOR_NUMBER:
        del above[0]
    start = "/".join((*above, last))
    first, slash, rest = start.partition("/")
    if first in RESERVED or first.isdigit():
        start = f"{first}-page{slash}{rest}"
    if slash and OF_LISTS.fullmatch(f"{start}/"):
        # Below a section or page, feeds and archives are at such addresses, however they go on.
        start = fitting(start.replace("/", "-"), 80)
    path, number = start, 1
    while Page.objects.filter(path=path).exists() or Section.objects.at(*path.split("/")):
        number += 1
        path = f"{start}-{number}"
    return path
