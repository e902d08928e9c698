from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = "Newsroom"

    def ready(self):
        # Not importable before the models are.
        from articles.publishing.groups import make_groups

        post_migrate.connect(make_groups, sender=self)
