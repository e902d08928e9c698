from articles.checks import start_advice
from articles.database.state import database_problems

from .finding import unwise, wrong


def database():
    problems = list(database_problems())
    for sentence in problems:
        yield wrong(sentence[0].upper() + sentence[1:])
    if not problems:
        for sentence in start_advice():
            yield unwise(sentence)
