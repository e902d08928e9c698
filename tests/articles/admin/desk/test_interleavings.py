"""Three editors on two articles, in any order: nothing that was saved is lost, nothing that was decided is undone."""

from django.db import connection
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as some
from hypothesis.extra.django import TestCase

from tests import corpora

from .newsroom_floor import Floor

# Some steps are more likely than others, as at a desk.
STEPS = (
    *("type", "type", "type", "save", "save", "open", "tag", "autosave", "press", "press"),
    *("publish", "withdraw", "schedule", "correct", "look", "restore", "list", "bulk", "merge", "wait"),
    *("bulk", "unbin", "look_into_bin", "press_without_session", "add_pictures"),
    *("redate", "redate"),
)
# Most of an example is forms and pages, which are the same on both databases.
IN_EACH_RUN = 10 if connection.vendor == "postgresql" else 15
step = some.tuples(
    some.sampled_from(STEPS),
    some.sampled_from((0, 0, 0, 1, 1, 1, 2)),
    some.sampled_from((*[0] * 2, *[1] * 3)),
    some.integers(0, 29),
)


class InterleavingTests(TestCase):
    @settings(
        max_examples=1_000 if corpora.is_full else IN_EACH_RUN,
        derandomize=True,
        database=None,
        deadline=None,
        # Looking for a shorter case takes minutes.
        phases=[Phase.generate, *([Phase.shrink] if corpora.is_full else [])],
        suppress_health_check=list(HealthCheck),
    )
    @given(some.lists(step, min_size=5, max_size=25 if corpora.is_full else 10))
    def test_lose_no_word_and_undo_no_decision(self, steps):
        floor = Floor(self)
        try:
            for name, who, what, choice in steps:
                floor.do(name, who, what, choice)
                floor.check()
        finally:
            floor.close()
