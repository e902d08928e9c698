import pytest
from django.core.management import CommandError, call_command

from articles.management.upgrade import versions
from articles.management.upgrade.versions import alone


@pytest.fixture
def link(tmp_path, monkeypatch):
    """The link to the version that runs, of a site whose files lie beside it."""
    monkeypatch.setattr(versions, "var_folder", lambda: tmp_path / "var")
    (tmp_path / "older").mkdir()
    (tmp_path / "older" / "manage.py").touch()
    (tmp_path / "current").symlink_to("older")
    return tmp_path / "current"


@pytest.mark.parametrize("back", [False, True])
def test_the_second_is_refused_in_one_line_and_changes_nothing(link, back):
    (link.parent / "var").mkdir()
    refused = "^Nothing was changed: another upgrade of this site is under way.$"
    with alone(), pytest.raises(CommandError, match=refused):
        call_command("upgrade", link=link, back=back)
    assert link.resolve() == link.parent / "older"


def test_another_can_begin_when_the_first_has_ended(link):
    (link.parent / "var").mkdir()
    with alone():
        pass
    with pytest.raises(CommandError, match="^There is no way back"):
        call_command("upgrade", link=link, back=True)


def test_a_folder_that_cannot_be_written_to_is_named(link):
    (link.parent / "var").touch()
    with pytest.raises(CommandError, match="^Nothing was changed: .*/var/upgrade.lock cannot be written"):
        call_command("upgrade", link=link)
