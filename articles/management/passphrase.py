"""The passphrase of secrets in a backup: from a file, or typed."""

import getpass
import sys
from pathlib import Path

from django.core.management.base import CommandError

from articles.backup.errors import BackupFailed
from articles.backup.said import read_passphrase


def add_passphrase_option(parser):
    parser.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="FILE",
        help="a text with the passphrase of the secrets; without it, the passphrase is asked for",
    )


def passphrase_from(file, *, twice):
    if file:
        try:
            return read_passphrase(file)
        except BackupFailed as error:
            raise CommandError(str(error)) from error
    if not sys.stdin.isatty():
        raise CommandError(
            "Nobody is here to type the passphrase; name a file that has it: --passphrase-file FILE."
        )
    typed = getpass.getpass("Passphrase for the secrets: ")
    if twice and getpass.getpass("The same again: ") != typed:
        raise CommandError("The two are not the same; nothing was done.")
    return typed
