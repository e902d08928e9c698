"""Who tries again when others were in the way, and who doesn't."""

import psycopg
import pytest
from django.db import IntegrityError, OperationalError

from articles.publishing.shared.locks import MOST_TRIES, tried_again


def caused_by(error):
    """As Django raises it: its own kind, with the driver's beneath."""
    raised = OperationalError(str(error))
    raised.__cause__ = error
    return raised


class Act:
    """Fails with each of the errors in turn, and then succeeds."""

    def __init__(self, *errors):
        self.errors = list(errors)
        self.tries = 0

    def __call__(self):
        self.tries += 1
        if self.errors:
            raise self.errors.pop(0)
        return "done"


class TestTriedAgain:
    @pytest.mark.parametrize(
        "error",
        [
            caused_by(psycopg.errors.DeadlockDetected()),
            caused_by(psycopg.errors.SerializationFailure()),
            IntegrityError("the slug is taken"),
        ],
    )
    def test_does_it_once_more_when_others_were_in_the_way(self, error):
        act = Act(error)
        assert (tried_again(act), act.tries) == ("done", 2)

    def test_ends_with_the_error_when_others_are_in_the_way_each_time(self):
        act = Act(*[IntegrityError("the slug is taken")] * 10)
        with pytest.raises(IntegrityError):
            tried_again(act)
        assert act.tries == MOST_TRIES

    @pytest.mark.parametrize(
        "error",
        [
            caused_by(psycopg.errors.QueryCanceled()),
            caused_by(psycopg.errors.AdminShutdown()),
            OperationalError("the connection was refused"),
        ],
    )
    def test_raises_at_once_what_trying_again_does_not_mend(self, error):
        act = Act(error)
        with pytest.raises(OperationalError):
            tried_again(act)
        assert act.tries == 1
