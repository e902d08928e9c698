from django.apps import AppConfig
from django.db.models.signals import post_migrate, post_save


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = "Newsroom"

    def ready(self):
        # Not importable before the models are.
        from articles.outbox.consumers import register
        from articles.press.outbox.wake import nudge_when_written
        from articles.press.shelf.files import the_shelf
        from articles.press.telling.notices import WritesDown
        from articles.press.telling.services import services
        from articles.publishing.permissions import make_groups
        from articles.search.desk import DeskSearch
        from articles.search.public import PublicSearch

        register(PublicSearch())
        register(DeskSearch())
        if told := services():
            register(WritesDown(told, the_shelf))
        post_migrate.connect(make_groups, sender=self)
        post_save.connect(nudge_when_written, sender="articles.OutboxEntry")
