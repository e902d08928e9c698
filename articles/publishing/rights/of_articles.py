"""Which articles somebody may read, and in which they may write.

Whoever may view or change articles may do so in the sections into which that permission reaches. Whoever may
add articles reads their own ones in any state, and writes in them as long as they are drafts. An article
belongs to those who began it and to those whose byline it has.
"""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db.models import Q, QuerySet

from articles.models import Act, Article, Byline, State

from .reach import Reach, User, may_somewhere, reach

MOST_NAMED = 5


def own_articles(user: User) -> QuerySet:
    """The numbers of the articles with this person's byline, and of those that the person began."""
    signed = Byline.objects.filter(author__user=user).order_by().values("article")
    begun = Act.objects.filter(by=user, verb=Act.Verb.CREATE).order_by().values("article")
    return signed.union(begun)


def is_own(user: User, article: Article) -> bool:
    """Asked of the database once for each instance, because the form asks for each of its buttons."""
    known = article.__dict__.setdefault("_own_of", {})
    if user.pk not in known:
        known[user.pk] = (
            article.bylines.filter(author__user=user).exists()
            or article.acts.filter(by=user, verb=Act.Verb.CREATE).exists()
        )
    return known[user.pk]


def may(user: User, act: str, article: Article) -> bool:
    """Whether the person's permission for the act, such as “publish”, reaches this article. Whether the state
    of the article allows the act is decided by the verbs.

    An article without a section is reached by those who have all sections, and by those to whom it belongs.
    """
    reached = reach(user, act)
    if article.section_id in reached:
        return True
    return bool(reached) and article.section_id is None and is_own(user, article)


def may_begin(user: User) -> bool:
    return may_somewhere(user, "add")


def may_read(user: User, article: Article) -> bool:
    """Whether the person sees the article at the desk: its text, its history, its preview."""
    if may(user, "view", article) or may(user, "change", article):
        return True
    return may_begin(user) and is_own(user, article)


def may_write(user: User, article: Article | None) -> bool:
    """Whether the person may save the text of the article now; None is a new one."""
    if article is None:
        return may_begin(user)
    if article.is_scheduled:
        # It is published as it is saved. So whoever changes it must be allowed to publish.
        return may(user, "change", article) and may(user, "publish", article)
    return may(user, "change", article) or is_own_draft(user, article)


def is_own_draft(user: User, article: Article) -> bool:
    return article.state == State.DRAFT and may(user, "add", article) and is_own(user, article)


def chosen_from(user: User, article: Article | None, act: str = "change") -> Reach:
    """The sections into which the person may put the article, when the text is saved or the act is done."""
    if act == "change" and (article is None or not may(user, "change", article)):
        return reach(user, "add")
    return reach(user, act)


def readable(user: User, articles: QuerySet | None = None) -> QuerySet:
    """The articles of the queryset, or all that are not in the bin, that this person sees at the desk."""
    articles = Article.objects.all() if articles is None else articles
    return articles.filter(readable_by(user))


def readable_by(user: User) -> Q:
    """The condition on articles."""
    seen = reach(user, "view") | reach(user, "change")
    if seen.sections is None:
        return Q()
    return seen.condition | (Q(pk__in=own_articles(user)) if may_begin(user) else Q(pk__in=[]))


def readable_or_public(user: User) -> QuerySet:
    """The same with what all readers see, which whoever writes may name."""
    public = Q(pk__in=Article.objects.published().order_by().values("pk"))
    condition = readable_by(user)
    return Article.objects.filter(condition | public if condition else condition)


def at_the_desk() -> QuerySet:
    """Everybody who works at the desk."""
    return get_user_model().objects.filter(is_active=True, is_staff=True)


def who_may_read(article: Article) -> QuerySet:
    """The people at the desk for whom may_read() holds. One query."""
    # Without a section it is read by whoever reads any article, if it is their own.
    readers_of_own = have("add") if article.section_id else have("add", "view", "change")
    signed = article.bylines.order_by().values("author__user")
    begun = article.acts.filter(verb=Act.Verb.CREATE).order_by().values("by")
    is_own = Q(pk__in=signed) | Q(pk__in=begun)
    reached = have("view", "change", groups=groups_in(article.section_id))
    return at_the_desk().filter(Q(is_superuser=True) | reached | (readers_of_own & is_own))


def have(*acts: str, groups: QuerySet | None = None) -> Q:
    """The condition on people: they have one of the permissions by name, or from one of the groups."""
    permissions = Permission.objects.filter(
        content_type__app_label="articles", codename__in=[f"{act}_article" for act in acts]
    ).order_by()
    groups = Group.objects.all() if groups is None else groups
    members = groups.filter(permissions__in=permissions).order_by().values("user")
    return Q(pk__in=permissions.values("user")) | Q(pk__in=members)


def groups_in(section: int | None) -> QuerySet:
    """The groups whose permissions reach articles of this section, or those without one. A group may come
    several times."""
    everywhere, there = Q(sections=None), Q(sections=section) | Q(sections__subsections=section)
    return Group.objects.filter(everywhere | there if section else everywhere)


def who_may(act: str, section: int | None) -> str:
    """The groups that may do the act with articles of this section, in words: “Publishers or
    Administrators”."""
    groups = groups_in(section).filter(
        permissions__codename=f"{act}_article", permissions__content_type__app_label="articles"
    )
    names = list(groups.distinct().order_by("name").values_list("name", flat=True)[:MOST_NAMED])
    return " or ".join(filter(None, [", ".join(names[:-1]), *names[-1:]])) or "Whoever runs the site"
