import pytest

from articles.management.nginx.configuration import nginx_advice, write_files
from articles.management.nginx.server import Server


@pytest.fixture
def written(settings, tmp_path):
    """A site whose operator has written nginx's files; answers their folder."""
    settings.VAR_DIR = tmp_path
    write_files(Server(listen=("127.0.0.1:8080",), application="127.0.0.1:8000", brotli=False, log="off"))
    return tmp_path / "nginx"


class TestNginxAdvice:
    def test_is_none_for_a_site_without_nginx(self, settings, tmp_path):
        settings.VAR_DIR = tmp_path
        assert list(nginx_advice()) == []

    def test_is_none_while_all_is_as_it_was_written(self, written):
        assert list(nginx_advice()) == []

    @pytest.mark.parametrize(
        ("name", "value", "files"),
        [
            ("ALLOWED_HOSTS", ["localhost", "other.example"], "newsroom.conf"),
            ("STATIC_ROOT", "/srv/static", "newsroom.conf"),
            ("PRESS", "no-store", "newsroom.conf"),
            (
                "SECURE_REFERRER_POLICY",
                "no-referrer",
                "page-headers.conf, file-headers.conf, document-headers.conf, away-headers.conf",
            ),
        ],
    )
    def test_names_the_files_that_settings_have_overtaken(self, settings, written, name, value, files):
        value = settings.PRESS | {"CACHE_CONTROL": value} if name == "PRESS" else value
        settings.DEBUG = True  # headers are kept for as long as a process lives, except here
        setattr(settings, name, value)
        (said,) = nginx_advice()
        assert f"({files})" in said
        again = "python manage.py nginx --listen=127.0.0.1:8080 --application=127.0.0.1:8000 --log=off"
        assert f"run: {again} and nginx -t && nginx -s reload" in said

    @pytest.mark.parametrize("name", ["newsroom-away.html", "page-headers.conf"])
    def test_names_a_file_that_is_not_as_it_was_written(self, written, name):
        (written / name).unlink()
        (said,) = nginx_advice()
        assert f"({name})" in said

    def test_asks_for_the_command_where_another_version_wrote(self, written):
        (written / "server.json").unlink()
        (said,) = nginx_advice()
        assert "run: python manage.py nginx …" in said
