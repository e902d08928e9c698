from django.apps import AppConfig
from django.db.models.signals import post_migrate, post_save


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = "Newsroom"

    def ready(self):
        # Not importable before the models are.
        from articles.accounts import receivers as of_accounts
        from articles.audit import receivers as of_audit
        from articles.notifications.consumer import Notifications
        from articles.outbox.consumers import register
        from articles.press.changes.wake import nudge_when_written
        from articles.press.shelf.files import the_shelf
        from articles.press.telling.notices import WritesDown
        from articles.press.telling.services import services
        from articles.press.webhooks.noting import NotesWebhooks
        from articles.publishing.rights.roles import make_groups
        from articles.publishing.rights.tokens import end_tokens_of_who_has_left
        from articles.related.consumer import RelatedLists
        from articles.search.desk import DeskSearch
        from articles.search.public import PublicSearch

        of_audit.connect()
        of_accounts.connect()
        register(PublicSearch())
        register(DeskSearch())
        register(RelatedLists())
        register(Notifications())
        register(NotesWebhooks())
        if told := services():
            register(WritesDown(told, the_shelf))
        post_migrate.connect(make_groups, sender=self)
        post_save.connect(end_tokens_of_who_has_left, sender="auth.User")
        post_save.connect(nudge_when_written, sender="articles.OutboxEntry")
