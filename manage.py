#!/usr/bin/env python
"""Newsroom's command line."""

import os
import signal
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import DatabaseError

from articles.database.state import database_problems


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as mistake:
        # An operator's mistake is a sentence, not a traceback.
        sys.exit(f"Newsroom cannot start: {mistake}")
    except DatabaseError:
        # So is a database that is away or not prepared. Any other error of it is ours.
        problems = list(database_problems())
        if not problems:
            raise
        sys.exit("\n".join(problems))
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)


if __name__ == "__main__":
    main()
