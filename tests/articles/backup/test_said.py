"""Settings and secrets in a backup."""

from django.test import SimpleTestCase, override_settings

from articles.backup.errors import BackupFailed
from articles.backup.said import (
    as_dotenv,
    decrypted,
    encrypted,
    from_dotenv,
    mark_of_secret_key,
    missing_secrets,
    other_settings,
)
from articles.conf import Said

PASSPHRASE = "correct horse battery"
VALUES = {
    "A": "plain",
    "B": "it's $HOME",
    "C": 'a "quoted" # one',
    "D": "back\\slash\\",
    "E": "ünï",
    "F": " x ",
}


class SaidTest(SimpleTestCase):
    def test_values_are_read_as_they_were_written(self):
        self.assertEqual(from_dotenv(as_dotenv(VALUES)), VALUES)

    def test_secrets_cannot_be_read_with_another_passphrase(self):
        """That they can with the right one, tests/servers/test_backup.py shows: each try takes a second, so that
        nobody tries many."""
        content = encrypted(VALUES, PASSPHRASE)
        self.assertNotIn(b"plain", content)
        with self.assertRaisesRegex(BackupFailed, "passphrase is not the one"):
            decrypted(content, "another horse")

    def test_a_short_passphrase_is_refused(self):
        with self.assertRaisesRegex(BackupFailed, "at least 12"):
            encrypted(VALUES, "short")

    def test_the_mark_tells_one_secret_key_from_another(self):
        before = mark_of_secret_key()
        self.assertEqual(before, mark_of_secret_key())
        with override_settings(SECRET_KEY="another"):
            self.assertNotEqual(mark_of_secret_key(), before)

    def test_names_what_is_missing_or_otherwise_here(self):
        here = Said(plain={"TIME_ZONE": "Europe/Paris"}, secrets={"SECRET_KEY": "x"})
        self.assertEqual(
            missing_secrets(["EMAIL_HOST_PASSWORD", "SECRET_KEY"], here), ["EMAIL_HOST_PASSWORD"]
        )
        were = {"TIME_ZONE": "Europe/London", "MOST_READ": "off", "VAR_DIR": "/srv"}
        self.assertEqual(
            other_settings(were, here),
            [
                "TIME_ZONE was 'Europe/London', and is 'Europe/Paris' here.",
                "MOST_READ was 'off', and is not set.",
            ],
        )
