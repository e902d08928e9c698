from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import TransactionTestCase

BEFORE = [("articles", "0013_press_progress")]
AFTER = [("articles", "0014_the_same_bytes_are_one_picture")]


def migrate(targets):
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return MigrationExecutor(connection).loader.project_state(targets).apps


class SameBytesTest(TransactionTestCase):
    def setUp(self):
        self.addCleanup(lambda: migrate(MigrationExecutor(connection).loader.graph.leaf_nodes()))
        self.old = migrate(BEFORE)

    def image(self, fingerprint, alt):
        return self.old.get_model("articles", "Image").objects.create(
            file=f"masters/{alt}.jpg", width=3, height=2, fingerprint=fingerprint, alt=alt
        )

    def test_that_are_there_several_times_stay_and_are_told_apart(self):
        a, b = "a" * 64, "b" * 64
        for fingerprint, alt in ((a, "first"), (b, "alone"), (a, "second"), (a, "third")):
            self.image(fingerprint, alt)
        images = migrate(AFTER).get_model("articles", "Image").objects
        found = dict(images.values_list("alt", "fingerprint"))
        self.assertEqual((found["first"], found["alone"]), (a, b))
        self.assertEqual(len(set(found.values())), 4)
        self.assertEqual({len(fingerprint) for fingerprint in found.values()}, {64})
