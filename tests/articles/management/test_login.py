import stat

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.management import call_command

from articles.management.login import ensure_login, kept_login, login_file, new_login
from articles.models import Author

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path


class TestEnsureLogin:
    def test_makes_an_editor_who_may_do_everything_and_has_a_byline(self):
        login = ensure_login()
        user = authenticate(username=login.name, password=login.password)
        assert user.is_staff and user.is_superuser
        assert Author.objects.get(user=user).name == "Editor"

    def test_keeps_name_and_password_on_one_line_for_the_owner_only(self):
        login = ensure_login()
        assert login_file().read_text() == f"{login.name} {login.password}\n"
        assert stat.S_IMODE(login_file().stat().st_mode) == 0o600

    def test_answers_the_same_login_the_next_time(self):
        assert ensure_login() == ensure_login()

    def test_makes_none_where_people_have_logins_of_their_own(self):
        get_user_model().objects.create_user("ana", password="press-room")
        assert ensure_login() is None
        assert not login_file().exists()

    def test_makes_the_user_anew_when_the_database_was_replaced(self):
        ensure_login()
        get_user_model().objects.all().delete()
        login = ensure_login()
        assert authenticate(username=login.name, password=login.password)

    def test_is_not_fooled_by_a_file_that_says_something_else(self):
        login_file().write_text("only-one-word\n")
        login = ensure_login()
        assert kept_login() == login


class TestNewLogin:
    def test_gives_a_new_password_and_keeps_the_author(self):
        first, second = new_login(), new_login()
        assert first.password != second.password
        assert authenticate(username="editor", password=first.password) is None
        assert authenticate(username="editor", password=second.password)
        assert Author.objects.count() == 1

    def test_takes_another_address_where_an_author_has_the_name_already(self):
        Author.objects.create(name="Editor", slug="editor")
        new_login()
        assert Author.objects.filter(user__isnull=False).get().slug != "editor"

    def test_gives_an_address_to_an_author_whose_name_has_no_letters(self):
        new_login("...")
        assert Author.objects.get().get_absolute_url() == "/author/author/"


class TestRoles:
    def test_are_one_group_and_no_more(self):
        new_login("kit", role="Publishers")
        login = new_login("kit", role="Contributors")
        user = authenticate(username="kit", password=login.password)
        assert [group.name for group in user.groups.all()] == ["Contributors"]
        assert user.is_staff and not user.is_superuser

    def test_leave_the_login_of_the_site_in_its_file(self):
        boss = ensure_login()
        new_login("kit", role="Editors")
        assert kept_login() == boss

    def test_are_offered_by_the_command(self, capsys):
        call_command("editor", "ana", role="administrator")
        user = get_user_model().objects.get(username="ana")
        assert user.has_perm("auth.add_user") and not user.is_superuser
        assert "Kept in" not in capsys.readouterr().err


class TestCommand:
    def test_prints_the_login_that_works(self, capsys):
        call_command("editor", "ana")
        name, password = capsys.readouterr().out.split()
        assert authenticate(username=name, password=password).get_username() == "ana"
