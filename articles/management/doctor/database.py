import socket

from django.db import DatabaseError, InterfaceError, connection

from articles.checks import start_advice
from articles.database.state import database_problems

from .finding import unwise, wrong


def database():
    problems = list(database_problems())
    for sentence in problems:
        yield wrong(sentence[0].upper() + sentence[1:], trouble=trouble())
    if not problems:
        for sentence in start_advice():
            yield unwise(sentence)


def answer():
    """Whether it answers at all, which is a hundredth of the work."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, InterfaceError) as error:
        reason = (str(error).strip().splitlines() or ["it says nothing"])[0]
        yield wrong(f"The database does not answer ({reason}); look whether it runs.", trouble=trouble())


def trouble():
    return f"database as seen from {socket.gethostname()}"
