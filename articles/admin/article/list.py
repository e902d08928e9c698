"""The list of articles at the desk: its columns, filters, search and actions."""

from django.contrib import messages
from django.contrib.admin import ShowFacets, display
from django.contrib.admin.views.main import ChangeList
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join

from articles.admin.presence import mark, with_presences
from articles.admin.shared.pagination import CappedPaginator
from articles.images import ROLES, picture_html
from articles.models import Article, Byline, State
from articles.publishing.article.merging.older_forms import with_newest_act
from articles.publishing.rights.of_articles import readable
from articles.search.time_limit import TookTooLong

from .actions import ArticleActions
from .filters import AuthorFilter, LanguageFilter, SectionFilter, StateFilter, author_select
from .months import Days
from .search import MOST, find_with_spelling
from .state import GOES_OUT, DeskState, Outlook, desk_state, outlook_of

# What a row shows, and no body.
COLUMNS = [
    "headline",
    "slug",
    "kicker",
    "state",
    "version",
    "approved_version",
    "publish_at",
    "expires_at",
    "modified_at",
    "first_published_at",
    "address_date",
    "uid",
    "working_copy",
    "scheduled_revision",
    "scheduled_for",
    "scheduled_problem",
    "changes_in_review",
    "language",
    "section",
    "section__name",
    "section__parent",
    "section__parent__name",
    "lead_image",
    "lead_image__width",
    "lead_image__height",
    "lead_image__fingerprint",
    "lead_image__focus_x",
    "lead_image__focus_y",
    "lead_image__crops",
    "lead_image__color",
    "lead_image__alt",
    "lead_image__withheld",
]
DAYS_VAR = "published"


def rows(queryset, user):
    """With all that a row shows, in three queries."""
    bylines = Byline.objects.select_related("author").only("article", "role", "order", "author__name")
    return (
        with_presences(with_newest_act(queryset), user)
        .select_related("section__parent", "lead_image")
        .only(*COLUMNS)
        .prefetch_related(Prefetch("bylines", bylines))
    )


class ArticleChangeList(ChangeList):
    """Knows the months above the list, and that a search has an order of its own."""

    def get_filters_params(self, params=None):
        found = super().get_filters_params(params)
        found.pop(DAYS_VAR, None)
        return found

    @cached_property
    def days(self):
        return Days.parse(self.params.get(DAYS_VAR))

    def get_ordering(self, request, queryset):
        if self.days:
            return ["-publish_at", "-pk"]
        if self.params.get("state") == DeskState.SCHEDULED:
            return [GOES_OUT.asc(), "-pk"]
        return ["-modified_at", "-pk"]

    def get_queryset(self, request, exclude_parameters=None):
        found = super().get_queryset(request, exclude_parameters)
        if self.days:
            self.has_active_filters = True
            found = found.filter(state=State.PUBLISHED).between(self.days.start, self.days.end)
        return found

    @cached_property
    def span(self):
        """The first and the last day on which anything was or will be published, or None."""
        out = Article.objects.filter(state=State.PUBLISHED).values_list("publish_at", flat=True)
        first, last = out.order_by("publish_at", "pk").first(), out.newest_first().first()
        return first and (timezone.localdate(first), timezone.localdate(last))

    @property
    def steps(self):
        """The years, months or days that lead on from here, each with its address."""
        if not self.span:
            return []
        first, last = self.span
        if self.days:
            on = self.days.narrower(first, last)
        else:
            on = [Days(year) for year in range(last.year, first.year - 1, -1)]
        return [(days, self.get_query_string({DAYS_VAR: days.written})) for days in on]

    @property
    def back(self):
        """The way out to the wider time, as label and address."""
        if not self.days:
            return None
        wider = self.days.wider
        return (
            wider.label if wider else "All",
            self.get_query_string({DAYS_VAR: wider.written if wider else None}),
        )

    @property
    def hits_are_cut(self):
        return bool(self.query) and self.result_count >= MOST


class ArticleList(ArticleActions):
    """To be mixed into the article's admin class, before ModelAdmin."""

    list_display = ["picture", "story", "standing", "department_name", "by", "published", "saved"]
    list_display_links = ["story"]
    list_filter = [StateFilter, SectionFilter, AuthorFilter, LanguageFilter]
    list_per_page = 50
    list_max_show_all = 0
    show_full_result_count = False
    paginator = CappedPaginator
    sortable_by = ()
    # Counting each choice of each filter would read the whole table many times.
    show_facets = ShowFacets.NEVER
    search_fields = ["headline"]
    search_help_text = (
        "Any words of the text, tags, authors and years; “phrases”, -words; or an address or number, pasted."
    )
    ordering = ["-modified_at", "-pk"]

    @property
    def media(self):
        return super().media + author_select(self.admin_site).media

    def get_changelist(self, request, **kwargs):
        return ArticleChangeList

    def get_changelist_instance(self, request):
        changelist = super().get_changelist_instance(request)
        changelist.result_list = rows(changelist.result_list, request.user)
        return changelist

    def get_queryset(self, request):
        return readable(request.user, super().get_queryset(request))

    def get_search_results(self, request, queryset, search_term):
        try:
            found, spelling = find_with_spelling(queryset, search_term)
        except TookTooLong:
            messages.warning(request, "This search took too long, and was given up. Add a word or a year.")
            return queryset.none(), False
        if spelling:
            messages.info(request, f"No article has “{search_term}”; these have “{spelling}”.")
        return found, False

    @display(description="picture", empty_value="")
    def picture(self, article):
        return article.lead_image and picture_html(
            article.lead_image.source, ROLES["thumb"], alt="", sizes="72px"
        )

    @display(description="headline")
    def story(self, article):
        return format_html(
            '<span class="story__kicker">{}</span> <span class="story__headline" dir="auto">{}</span> {}',
            article.kicker,
            article,
            mark(article),
        )

    @display(description="state")
    def standing(self, article):
        state = desk_state(article)
        label = "live" if state == DeskState.CHANGED else state.label
        more = format_html_join(" ", '<small class="standing__{}">{}</small>', beside(article, state))
        return format_html('<span class="standing standing--{}">{} {}</span>', state, label, more)

    @display(description="section", empty_value="–")
    def department_name(self, article):
        return article.section

    @display(description="by")
    def by(self, article):
        return ", ".join(line.author.name for line in article.bylines.all())

    @display(description="published", empty_value="–")
    def published(self, article):
        return time_html(article.publish_at)

    @display(description="last saved")
    def saved(self, article):
        return time_html(article.modified_at)


def beside(article, state):
    """What the list shows beside the state, as pairs of kind and text: when something goes out, and what
    waits for an editor."""
    if state == DeskState.SCHEDULED:
        yield state, time_html(article.publish_at)
    if outlook := outlook_of(article):
        # If the article is not public, it comes back as a whole, so the word “changes” is left out.
        label = f"changes {outlook.label}" if article.is_public() else outlook.label
        if outlook == Outlook.HELD:
            yield outlook, f"{label}: {article.scheduled_problem}"
        else:
            yield outlook, format_html("{} {}", label, time_html(article.scheduled_for))
    if state == DeskState.CHANGED:
        yield unpublished_changes(article)


def unpublished_changes(article):
    if article.is_approved:
        return DeskState.APPROVED, "changes approved"
    if article.changes_in_review:
        return DeskState.IN_REVIEW, "changes in review"
    return DeskState.CHANGED, "unpublished changes"


def time_html(moment):
    """The time in the site's zone; the tooltip names the zone."""
    if moment is None:
        return None
    local = timezone.localtime(moment)
    text = date_format(local, "j M Y, H:i")
    return format_html(
        '<time datetime="{}" title="{} {}">{}</time>', local.isoformat(), text, local.tzname(), text
    )
