from django.db import models


class State(models.TextChoices):
    """What an article is in. *Scheduled* is published with a time still to come, not a state of its own."""

    DRAFT = "draft", "draft"
    IN_REVIEW = "in_review", "in review"
    PUBLISHED = "published", "published"
    WITHDRAWN = "withdrawn", "withdrawn"
