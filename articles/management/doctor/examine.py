import socket

from django.db import DatabaseError, InterfaceError

from .alarms import alarms
from .backups import backups
from .certificates import certificates
from .database import answer, database
from .disks import disks
from .files import files
from .finding import Gravity, wrong
from .mail import mail
from .people import people
from .press import press
from .single_sign_on import single_sign_on
from .time import clock
from .versions import versions

CHECKS = {
    "disks": disks,
    "files": files,
    "versions": versions,
    "certificates": certificates,
    "alarms": alarms,
}
DATABASE = {"answer": answer, "database": database}
# They ask the database, once it is known that it answers.
ASKING = {
    "clock": clock,
    "press": press,
    "backups": backups,
    "mail": mail,
    "people": people,
    "single_sign_on": single_sign_on,
}
# What a host looks at each minute, because somebody may be needed at once.
OFTEN = ("disks", "answer", "press", "backups")
ALL = tuple(name for name in (*CHECKS, *DATABASE, *ASKING) if name != "answer")


def examine(names=ALL):
    """The findings of these checks, by their names. While the database is away, those that ask it are left
    out."""
    found = {name: look_at(name, CHECKS[name]) for name in CHECKS if name in names}
    of_database = {name: list(DATABASE[name]()) for name in DATABASE if name in names}
    found |= of_database
    if any(finding.gravity is Gravity.WRONG for findings in of_database.values() for finding in findings):
        return found
    asked = {name: ask(name, ASKING[name]) for name in ASKING if name in names}
    return found | {name: findings for name, findings in asked.items() if findings is not None}


def look_at(name, check):
    """What the check finds. A disk that answers with errors keeps nobody from looking at the rest."""
    try:
        return list(check())
    except OSError as error:
        said = f"The doctor can't look at {name}: {error}. Look whether the disks are well (dmesg)."
        return [wrong(said, trouble=f"{name} as seen from {socket.gethostname()}")]


def ask(name, check):
    """None if the database has gone away since it was asked whether it is there."""
    try:
        return look_at(name, check)
    except (DatabaseError, InterfaceError):
        return None
