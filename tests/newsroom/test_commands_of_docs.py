"""Every command in the documentation is one that there is: manage.py's with its options, make's, and those of other programs.

The commands of install.md and of the containers' page are run as they stand there (tests/servers/). Of all others the
command's own parser reads what the page says, so a renamed option, or one that never was, is found.
"""

import re
import shlex
from functools import cache

import pytest
from django.core.management import CommandError, get_commands, load_command_class

from tests.newsroom.test_pages_of_docs import PAGES
from tests.servers.application import ROOT

# Decisions and changes tell of what was.
READ = [page for page in PAGES if page.name != "CHANGELOG.md" and page.parent.name != "decisions"]
FENCED, SPAN = re.compile(r"```\w*\n(.*?)```", re.DOTALL), re.compile(r"`([^`]+)`")
INDENTED = re.compile(r"^(?: {4,}|\t)\S.*$", re.MULTILINE)
GIVEN = re.compile(r"manage\.py +([a-z_]+)((?: +|$).*)?", re.DOTALL)
# Where the command ends and the shell goes on: pipes, files, the next command, a remark, and the text beside it.
END = re.compile(r"\s(?:\d?>>?|\||&&|;|#|<)\s?|  +[a-z]")
MADE_BY_SHELL = re.compile(r"\$\(.*\)")
# Programs of the pages' blocks that no test runs from there: what runs the same, or why nothing can.
PROGRAMS = {
    "curl": "asks a server elsewhere",
    "grep": "reads what a server elsewhere has said",
    "xargs": "reads what a server elsewhere has said",
    "cd": "goes into a folder",
    "git": "fetches from elsewhere; tests/servers/test_upgrade.py does it with a repository of its own",
    "install": "changes the machine; tests/servers/test_install_page.py does the same",
    "ln": "changes the machine; tests/servers/test_install_page.py does the same",
    ".venv/bin/python": "runs a test",
    "make": "its targets are looked up below",
    "mkdir": "makes a folder",
    "mv": "with a cluster of PostgreSQL; tests/servers/test_backup.py::TestPointInTime does it",
    "cp": "with a cluster of PostgreSQL; tests/servers/test_backup.py::TestPointInTime does it",
    "touch": "with a cluster of PostgreSQL; tests/servers/test_backup.py::TestPointInTime does it",
    "pg_basebackup": "tests/servers/test_backup.py::TestPointInTime gives it",
    "nginx": "tests/nginx/ start it with the same files",
    "python": "manage.py is read below",
    "python3": "manage.py is read below, and the files of packages are looked up",
    "rsync": "reads another host",
    "systemctl": "needs a running systemd; tests/newsroom/test_units.py has systemd read the units",
    "manage.py": "read below",
}
RUN_WHOLE = {"docs/operating/install.md", "docs/operating/containers/README.md"}
# What pages write where a reader puts in something else.
EXAMPLES = {"N": "1", "URL": "https://news.example.org"}
PREFIX = re.compile(r"^(?:sudo (?:-u \w+ )?(?:-- )?|[A-Z_]+=\S+ )*")


def plain(text):
    """Lines that go on are one; what markup says is taken away."""
    return re.sub(r"\\\n\s*", " ", text).replace(r"\|", "|")


def blocks(text):
    fenced = FENCED.findall(text)
    return "\n".join([*fenced, *INDENTED.findall(FENCED.sub("", text))])


def given(page):
    """(command, what follows) of each manage.py in blocks and between backticks."""
    text = plain(page.read_text())
    inside = [
        *blocks(text).splitlines(),
        *(span.replace("\n", " ") for span in SPAN.findall(FENCED.sub("", text))),
    ]
    for line in inside:
        for part in re.split(r"(?=manage\.py )", line):
            if found := GIVEN.match(part):
                yield found[1], END.split(MADE_BY_SHELL.sub("", found[2] or ""))[0].strip()


ALL = sorted({(page.relative_to(ROOT).as_posix(), *each) for page in READ for each in given(page)})


@cache
def known():
    return get_commands()


def parser_of(name):
    app = known()[name]
    command = app if not isinstance(app, str) else load_command_class(app, name)
    return command.create_parser("manage.py", name)


def options_of(parser):
    """All of them, those of its subcommands too."""
    for action in parser._actions:
        yield from action.option_strings
        for below in getattr(action, "choices", None) or {}:
            if hasattr(action.choices, "values"):
                yield from options_of(action.choices[below])


def words_of(said):
    """What is in brackets may be left out, and is tried; `a|b` is one of them."""
    text = re.sub(r"[\[\]“”]", " ", said).replace("FILE…", "FILE")
    words = [word.partition("|")[0].rstrip(",") for word in shlex.split(text)]
    return [EXAMPLES.get(word, word) for word in words]


class TestManage:
    @pytest.mark.parametrize(("page", "name", "said"), ALL, ids=[" ".join(each) for each in ALL])
    def test_reads_it_as_it_stands_there(self, page, name, said, tmp_path, monkeypatch):
        assert name in known(), f"{page}: there is no manage.py {name}"
        parser, words = parser_of(name), words_of(said)
        named = {word.partition("=")[0] for word in words if word.startswith("--")}
        assert named <= set(options_of(parser)), f"{page}: manage.py {name} {said}"
        # A name that stands alone in a sentence, or with an ellipsis, says only which command is meant.
        if words and "…" not in said:
            monkeypatch.chdir(tmp_path)
            for file in (word for word in words if re.search(r"\.(tsv|log|gz)$", word)):
                (tmp_path / file).parent.mkdir(exist_ok=True)
                (tmp_path / file).touch()
            try:
                parser.parse_args(words)
            except CommandError as error:
                pytest.fail(f"{page}: manage.py {name} {said}: {error}", pytrace=False)

    def test_is_found_wherever_it_is_named(self):
        assert len(ALL) > 80
        assert {"backup", "restore", "doctor", "press", "import_wordpress", "upgrade"} <= {
            name for _, name, _ in ALL
        }

    def test_an_option_that_is_not_there_would_be(self):
        assert "--no-such" not in set(options_of(parser_of("backup")))
        with pytest.raises(CommandError):
            parser_of("restore").parse_args(["ARCHIVE", "--no-such"])


def first_words(page):
    """Of each line of the page's blocks that a shell could run."""
    for line in blocks(plain(page.read_text())).splitlines():
        # What stands in a file of settings.
        if re.match(r"\s*\w+ = ", line):
            continue
        for part in re.split(r"&&|\|| \(", line.strip()):
            word = PREFIX.sub("", part.strip()).partition(" ")[0]
            if re.fullmatch(r"[a-z][\w.-]*|\.venv/bin/\w+", word):
                yield word, line.strip()


# Blocks of these are pictures, and files of other programs.
NO_COMMANDS = {"docs/architecture.md", "docs/operating/hosts-and-cdn.md"}


class TestOtherPrograms:
    @pytest.mark.parametrize("page", READ, ids=lambda page: page.relative_to(ROOT).as_posix())
    def test_are_known_with_what_runs_them(self, page):
        name = page.relative_to(ROOT).as_posix()
        if name in RUN_WHOLE | NO_COMMANDS:
            return
        unknown = {word: line for word, line in first_words(page) if word not in PROGRAMS}
        assert not unknown


class TestMake:
    def test_has_every_target(self):
        there = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
        inside = "\n".join(blocks(plain(page.read_text())) for page in READ)
        spans = "\n".join(span for page in READ for span in SPAN.findall(FENCED.sub("", page.read_text())))
        named = re.findall(r"^\s*make(?: -C \S+)? ([a-z]+)", f"{inside}\n{spans}", re.MULTILINE)
        assert len(named) > 5
        assert set(named) <= there


class TestFiles:
    def test_that_commands_name_are_there(self):
        inside = "\n".join(blocks(plain(page.read_text())) for page in READ)
        named = set(re.findall(r"\brequirements[\w-]*\.txt|\bdocs/operating/[\w./*-]+", inside))
        assert len(named) > 2
        assert [name for name in sorted(named) if not list(ROOT.glob(name))] == []
