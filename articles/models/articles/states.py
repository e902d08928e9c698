from django.db import models


class State(models.TextChoices):
    """What an article is in.

    *Scheduled* is no state of its own. An article that readers never had is published with a time still to
    come. One that they have or had keeps its state, and its changes are scheduled beside it. The whole table
    of states, times and copies is docs/writing/states.md; a test tries each of its cells.
    """

    DRAFT = "draft", "draft"
    IN_REVIEW = "in_review", "in review"
    PUBLISHED = "published", "published"
    WITHDRAWN = "withdrawn", "withdrawn"
