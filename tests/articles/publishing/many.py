"""Very many articles in a moment: rows like those of one that the verbs have made."""

import datetime
import uuid

from articles.models import Article, Revision
from articles.publishing import Content
from articles.publishing.article.content.apply import hold_names

AT_ONCE = 500


def copies_of(article, count, *, apart=datetime.timedelta(hours=6)):
    """So many articles more with the same section, tags, authors and picture, each before the last."""
    made = [copy_of(article, number, apart) for number in range(1, count + 1)]
    Article.objects.bulk_create(made, batch_size=AT_ONCE)
    for links, column in ((article.tag_links, "content_object"), (article.bylines, "article")):
        rows = [(link, each) for each in made for link in links.order_by("pk")]
        links.model.objects.bulk_create(
            [again(link, **{column: each}, published_at=each.publish_at) for link, each in rows],
            batch_size=AT_ONCE,
        )
    return made


def copy_of(article, number, apart):
    at = article.publish_at - number * apart
    return again(
        article,
        uid=uuid.uuid4(),
        slug=f"{article.slug}-copy-{number}",
        publish_at=at,
        first_published_at=at,
        address_date=at.date(),
    )


def again(row, **changes):
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    made = type(row)(**values | {"pk": None, "id": None})
    for name, value in changes.items():
        setattr(made, name, value)
    return made


def with_working_copies(articles, **changes):
    """Each gets a working copy that says the same, but for the changes."""
    for article in articles:
        content = Content(**vars(Content.of(article)) | changes).as_json()
        article.version += 1
        article.working_copy = Revision.objects.create(
            article=article, number=article.version, content=content
        )
        article.save()
        hold_names(article)
