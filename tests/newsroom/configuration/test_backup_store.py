import pytest
from environs import ValidationError

from newsroom.configuration.backup_store import access_to_backups, backup_mistakes, check_place

NOTHING = {"ENDPOINT": "", "REGION": "", "KEY_ID": "", "SECRET": ""}
PICTURES = {"ENDPOINT": "https://pictures.example", "REGION": "x", "KEY_ID": "p", "SECRET": "q"}


class TestPlace:
    @pytest.mark.parametrize("right", ["", "s3://example-backups", "s3://example-backups/news/nightly/"])
    def test_takes_a_bucket_and_a_folder(self, right):
        check_place(right)

    @pytest.mark.parametrize("wrong", ["/srv/backups", "s3://", "s3:/b", "s3://Bucket", "s3://example/../x"])
    def test_says_what_to_write(self, wrong):
        with pytest.raises(ValidationError, match="write a bucket, and a folder in it, like s3://"):
            check_place(wrong)


class TestAccess:
    def test_is_that_of_the_pictures_if_nothing_is_said(self):
        assert access_to_backups(NOTHING, PICTURES)["access_key"] == "p"

    def test_mixes_no_key_with_the_address_of_another_store(self):
        found = access_to_backups(NOTHING | {"ENDPOINT": "https://backups.example"}, PICTURES)
        assert (found["endpoint_url"], found["access_key"]) == ("https://backups.example", None)

    def test_half_a_key_is_named(self):
        [sentence] = backup_mistakes(NOTHING | {"SECRET": "s"})
        assert sentence.startswith("Of BACKUP_KEY_ID and BACKUP_SECRET only one is set")
        assert not list(backup_mistakes(NOTHING))
