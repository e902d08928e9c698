#!/usr/bin/env python
"""Newsroom's command line."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as mistake:
        # An operator's mistake is a sentence, not a traceback.
        sys.exit(f"Newsroom cannot start: {mistake}")


if __name__ == "__main__":
    main()
