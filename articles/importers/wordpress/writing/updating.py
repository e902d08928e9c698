"""What has changed in the export since it was imported, through the verbs that an editor's change takes.

Whatever somebody has done here since then stays: the item is named in the report, and nothing is written.
"""

import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone

from articles.importers.wordpress.deciding.dates import in_zone
from articles.importers.wordpress.deciding.identity import content_hash
from articles.importers.wordpress.deciding.states import Kind
from articles.importers.wordpress.deciding.states import State as Planned
from articles.importers.wordpress.planning import Outcome, Plan
from articles.models import Act, Article, Imported, Page, State
from articles.publishing import Content, Refused, publish, save_draft
from articles.publishing.pages import save_page
from articles.publishing.shared.locks import tried_again
from articles.publishing.shared.prepared_body import image_ids

from .contents import Contents, title_of

DELETED = "changed in the export; it was deleted here"
EDITED = "conflict: changed in the export, and edited here since it was imported"
WITHDRAWN = "changed in the export, and no longer public there; nothing was done"
NOT_POSSIBLE = "changed in the export; not updated: "

PUBLIC = (Planned.PUBLISHED, Planned.SCHEDULED)

Updated = tuple[Outcome, str, str]
UNCHANGED: Updated = (Outcome.UNCHANGED, "", "")


def update(row: Imported, plan: Plan, contents: Contents) -> Updated:
    """The outcome, its reason, and the address. `row` is its line in the journal. The text is converted
    before the transaction: pictures that it takes in stay, even if the article cannot be changed."""
    made = made_of(plan, contents)
    try:
        return tried_again(partial(updated, row.pk, plan, made))
    except Refused as error:
        return Outcome.SKIPPED, f"{NOT_POSSIBLE}{error}", ""


def add_pictures(row: Imported, plan: Plan, contents: Contents) -> Updated:
    """The item is as it was when it was imported. Pictures are added that were not to be had then."""
    if contents.texts.uploads is None:
        return UNCHANGED
    thing = row.article if plan.decision.kind is Kind.ARTICLE else row.page
    is_there = thing is not None and not getattr(thing, "binned_at", None)
    if not is_there or is_touched(row, thing):
        return UNCHANGED
    if shown_in(made_of(plan, contents)) <= shown_in(thing):
        return UNCHANGED
    return update(row, plan, contents)


def made_of(plan: Plan, contents: Contents) -> Content | Page:
    """What an article or page is to have."""
    if plan.decision.kind is Kind.ARTICLE:
        return contents.content(plan, contents.texts.converted(plan))
    page = Page(title=title_of(plan), body=contents.texts.converted(plan).html)
    page.published = plan.decision.state is Planned.PUBLISHED
    return page


def shown_in(thing: Article | Content | Page) -> set[int]:
    """The numbers of its pictures."""
    lead = getattr(thing, "lead_image_id", None)
    return image_ids(thing.body) | ({lead} if lead else set())


@transaction.atomic
def updated(number: int, plan: Plan, made: Content | Page) -> Updated:
    row = Imported.objects.select_for_update().get(pk=number)
    thing = row.article if plan.decision.kind is Kind.ARTICLE else row.page
    if thing is None or getattr(thing, "binned_at", None):
        return Outcome.SKIPPED, DELETED, ""
    if is_touched(row, thing):
        return Outcome.SKIPPED, EDITED, ""
    if is_public(thing) and plan.decision.state not in PUBLIC:
        return Outcome.SKIPPED, WITHDRAWN, ""
    if isinstance(made, Content):
        thing = update_article(thing, plan, made, row)
    else:
        thing.title, thing.body, thing.published = made.title, made.body, made.published
        thing = save_page(thing, expected=row.version)
    row.content_hash, row.version = content_hash(plan.item).hex(), thing.version
    row.reason = plan.decision.reason
    row.save()
    return Outcome.UPDATED, plan.decision.reason, thing.get_absolute_url()


def is_touched(row: Imported, thing: Article | Page) -> bool:
    """Whether somebody has saved it here or done something with it. What an import does is dated earlier."""
    acts = Act.objects.filter(article=row.article, at__gte=row.run.started_at)
    return thing.version != row.version or (isinstance(thing, Article) and acts.exists())


def is_public(thing: Article | Page) -> bool:
    return thing.published if isinstance(thing, Page) else thing.state == State.PUBLISHED


def update_article(article: Article, plan: Plan, content: Content, row: Imported) -> Article:
    """Published or scheduled if it is so there, for the time that it has there."""
    is_changed = row.content_hash != content_hash(plan.item).hex()
    # Pictures that were missing make no text newer.
    when = changed_at(plan, article) if is_changed else article.modified_at
    if plan.decision.state in PUBLIC and plan.decision.instant:
        at = plan.decision.instant.at
        return publish(
            article, content, by=row.run.by, at=at, when=when, expected=row.version, as_elsewhere=True
        )
    return save_draft(article, content, by=row.run.by, when=when, expected=row.version, as_elsewhere=True)


def changed_at(plan: Plan, article: Article) -> datetime.datetime:
    """When it was changed there; if no field says that, when it was last changed as far as is known here."""
    item = plan.item
    written = plan.modified or in_zone(item.modified_gmt, datetime.UTC)
    return written if written and written <= timezone.now() else article.modified_at
