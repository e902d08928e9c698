import os
import subprocess
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from articles.checks import folder_problems
from articles.conf import environment_as_given, project_folder, var_folder
from articles.database.state import database_problems
from articles.management.doctor.versions import packages
from articles.management.nginx.configuration import nginx_advice
from articles.management.preparing import collect_static_files
from articles.management.upgrade import migrations, processes
from articles.management.upgrade.versions import (
    Note,
    alone,
    manage,
    note_file,
    point,
    read_note,
    settings_beside,
    version_at,
    write_note,
)

LOADS = "import newsroom.wsgi"


class Command(BaseCommand):
    help = (
        "Puts this version in the place of the one that runs, without a pause for readers; --back brings "
        "that one back. `make upgrade` installs this version's packages first."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--link",
            type=Path,
            default=project_folder().parent / "current",
            help="the link to the version that runs (current, beside the folder of this version)",
        )
        parser.add_argument("--back", action="store_true", help="back to the version before the last upgrade")
        parser.add_argument("--without-backup", action="store_true", help="there is one that is new enough")

    def handle(self, *, link, back, without_backup, **options):
        link = processes.as_named(link.absolute())
        version_at(link)
        with alone():
            if back:
                self.go_back(link)
            else:
                self.upgrade(link, without_backup)

    def upgrade(self, link, without_backup):
        older, newer = version_at(link), project_folder()
        if settings_beside(older, newer):
            # They were read already, without it.
            sys.stdout.flush()
            os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], environment_as_given())  # noqa: S606
        note = half_done(newer)
        older = Path(note.older) if note else older
        self.refuse_problems(older, newer, link)
        if note is None:
            backup = "" if without_backup else self.keep(older)
            note = Note(str(older), str(newer), migrations.newest_applied(), backup)
            write_note(note)
        self.say("Collecting the static files …")
        collect_static_files()
        self.migrate()
        self.change_over(link, older, newer)
        self.say("Preparing the articles as this version does …")
        call_command("prepare", verbosity=0)
        write_note(replace(note, is_done=True))
        for sentence in nginx_advice():
            self.say(sentence)
        self.say(f"{newer} runs. The way back: python manage.py upgrade --back")

    def say(self, sentence):
        self.stdout.write(sentence)
        self.stdout.flush()

    def refuse_problems(self, older, newer, link):
        """Nothing is changed before all of it is right."""
        for problem in self.problems(older, newer, link):
            raise CommandError(f"Nothing was changed: {problem}")
        self.say(f"{newer} can take the place of {older}.")

    def problems(self, older, newer, link):
        if older == newer:
            yield f"{link} leads to this version already."
        if any(var_folder().is_relative_to(folder) for folder in (older, newer)):
            yield f"{var_folder()} lies in the folder of one version; move it out and set VAR_DIR."
        yield from folder_problems()
        yield from database_away()
        if unknown := migrations.unknown():
            yield (
                f"this version is older than the database, which has {', '.join(unknown)}; the way back is "
                "`upgrade --back` of the version that runs."
            )
        for finding in packages():
            yield f"{finding.sentence} `make upgrade` does that."
        loaded = subprocess.run(  # noqa: S603 - our own Python and our own words
            [sys.executable, "-c", LOADS],
            cwd=newer,
            env=environment_as_given() | {"PRESS_EMBEDDED": "off"},
            capture_output=True,
            text=True,
        )
        if loaded.returncode:
            yield f"the server could not load it:\n{loaded.stderr.strip()}"

    def keep(self, older):
        self.say("Making a backup …")
        said = manage(older, "backup")
        self.say(said.strip())
        return said.partition(" is whole")[0]

    def migrate(self):
        plan = migrations.plan_forward()
        if taken := migrations.taken_away(plan):
            self.say(
                f"{', '.join(taken)} take away what the older version reads: until the server has changed "
                "over, what is not printed may be answered with an error."
            )
        self.say(f"Bringing the database up to date: {len(plan)} migrations …")
        call_command("migrate", verbosity=0, interactive=False)

    def go_back(self, link):
        note = read_note()
        if note is None:
            raise CommandError(f"There is no way back: no upgrade is noted in {note_file()}.")
        older, newer = Path(note.older), Path(note.newer)
        if project_folder() != newer:
            raise CommandError(f"The way back is a command of the newer version: {newer}/manage.py")
        if fixed := migrations.not_reversible(migrations.plan_back(note.migrations)):
            raise CommandError(
                f"{', '.join(fixed)} cannot be taken back. On the only way what was written since is lost: "
                f"stop the site, point {link} to {older}, and there give: "
                f"manage.py restore {note.backup or 'ARCHIVE'} --replace"
            )
        self.say(f"Back to {older}.")
        manage(older, "collectstatic", "--noinput", "--verbosity=0")
        self.change_over(link, newer, older)
        self.say("Taking the changes of the database back …")
        for app, name in migrations.targets_back(note.migrations):
            call_command("migrate", app, name or "zero", verbosity=0, interactive=False)
        self.say(manage(older, "prepare").strip())
        note_file().unlink()
        self.say(f"{older} runs.")

    def change_over(self, link, before, after):
        """The link leads to `after`; server and press of this machine run it."""
        servers = processes.servers([link, before])
        presses = processes.presses(before)
        point(link, after)
        for server in servers:
            self.change_server(server, link, before, after)
        if not servers:
            self.say("No server runs on this machine; the next start is of this version.")
        for press in presses:
            self.say("The press ends, and is started again by whatever watches over it …")
            if not processes.restart(press, partial(processes.presses, after)):
                self.say("It was not started again within a minute. Start the press.")

    def change_server(self, server, link, before, after):
        if processes.can_reload(server, link, after):
            self.say("The server reloads …")
            if not processes.reload(server):
                point(link, before)
                raise CommandError(
                    f"The new workers did not start; the server's log says why. {link} leads to {before} "
                    "again, which goes on. `upgrade --back` takes the changes of the database back."
                )
            return
        self.say("The server ends, because a part of it is another one, and is started again …")
        if not processes.restart(
            server, lambda: any(map(processes.listens, processes.servers([link, after])))
        ):
            self.say("It was not started again within a minute. Start the server.")


def half_done(newer):
    """The note of an upgrade to this version that was stopped; the same command goes on with it."""
    note = read_note()
    return note if note and note.newer == str(newer) and not note.is_done else None


def database_away():
    """Migrations that are missing are no problem here: they are what is about to be done."""
    return [sentence for sentence in database_problems() if "lacks" not in sentence]
