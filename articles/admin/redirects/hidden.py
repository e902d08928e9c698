"""Redirects to articles that somebody may not see: addresses of drafts hold words of their headlines."""

from itertools import islice

from articles.publishing.rights.of_articles import readable_by, readable_or_public

AT_ONCE = 1000


def hidden_articles(user, redirects):
    """The numbers of the articles to which these lead, and which the person sees neither at the desk nor as
    a reader. One query; none for who sees all of them."""
    numbers = {redirect.article_id for redirect in redirects} - {None}
    if not numbers or not readable_by(user):
        return set()
    seen = readable_or_public(user).filter(pk__in=numbers).order_by()
    return numbers - set(seen.values_list("pk", flat=True))


def without_hidden(user, redirects):
    """The redirects, of any number, without those that lead to such articles."""
    lines = iter(redirects)
    while some := list(islice(lines, AT_ONCE)):
        hidden = hidden_articles(user, some)
        yield from (each for each in some if each.article_id not in hidden)
