import pytest
from django.db import IntegrityError, connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.test import TransactionTestCase

BEFORE = [("articles", "0013_press_progress")]
AFTER = ("articles", "0014_the_same_bytes_are_one_picture")
FINGERPRINT, OTHER = "a" * 64, "b" * 64


def add_images(apps, alias="default"):
    images = apps.get_model("articles", "Image").objects.using(alias)
    for fingerprint, alt in (
        (FINGERPRINT, "first"),
        (OTHER, "alone"),
        (FINGERPRINT, "second"),
        (FINGERPRINT, "third"),
    ):
        images.create(file=f"masters/{alt}.jpg", width=3, height=2, fingerprint=fingerprint, alt=alt)


def assert_told_apart(apps, alias="default"):
    images = apps.get_model("articles", "Image").objects.using(alias)
    found = dict(images.values_list("alt", "fingerprint"))
    assert (found["first"], found["alone"]) == (FINGERPRINT, OTHER)
    assert len(set(found.values())) == 4
    assert {len(fingerprint) for fingerprint in found.values()} == {64}


@pytest.fixture
def empty(django_db_blocker):
    """A database in memory without any table; answers its alias."""
    connections.databases["empty"] = connections.configure_settings(
        {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
    )["default"]
    with django_db_blocker.unblock():
        yield "empty"
        connections["empty"].close()
    del connections["empty"], connections.databases["empty"]


class TestSameBytes:
    def test_that_are_there_several_times_stay_and_are_told_apart(self, empty):
        """The migration alone, on a table as the one before has left it."""
        loader = MigrationLoader(None)
        state = loader.project_state(BEFORE)
        with connections[empty].schema_editor() as editor:
            editor.create_model(state.apps.get_model("auth", "User"))
            editor.create_model(state.apps.get_model("articles", "Image"))
        add_images(state.apps, empty)
        with connections[empty].schema_editor() as editor:
            after = loader.get_migration(*AFTER).apply(state, editor)
        assert_told_apart(after.apps, empty)
        with pytest.raises(IntegrityError):
            add_images(after.apps, empty)


@pytest.mark.full
class SameBytesTest(TransactionTestCase):
    """The same among all migrations, back and forth, on the database of the tests."""

    def setUp(self):
        self.addCleanup(lambda: self.migrate(MigrationExecutor(connection).loader.graph.leaf_nodes()))

    def migrate(self, targets):
        MigrationExecutor(connection).migrate(targets)
        return MigrationExecutor(connection).loader.project_state(targets).apps

    def test_that_are_there_several_times_stay_and_are_told_apart(self):
        add_images(self.migrate(BEFORE))
        assert_told_apart(self.migrate([AFTER]))
