"""Who may put stories on which front: whoever may publish in a section, on that section's front; on the
paper's front whoever may publish in all sections."""

from articles.models import Article, Section, State

from .reach import User, reach, within


def may_lay_out(user: User, section: Section | None) -> bool:
    """None is the front of the paper."""
    reached = reach(user, "publish")
    return reached.sections is None if section is None else section.pk in reached


def fronts_of(user: User) -> list[Section | None]:
    """Those that the person may lay out, that of the paper first."""
    reached = reach(user, "publish")
    if not reached:
        return []
    paper = [None] if reached.sections is None else []
    return [*paper, *within(reached)]


def fronts_for(user: User, article: Article | None) -> list[Section | None]:
    """The fronts on which the person may put this article, that of the paper first. Only what readers have,
    or will get at a time that is set, is offered a place."""
    if article is None or article.state != State.PUBLISHED or article.section is None:
        return []
    sections = dict.fromkeys([None, article.section.department, article.section])
    return [section for section in sections if may_lay_out(user, section)]
