"""The options of import_wordpress that say where the files of the old site come from."""

import re
from argparse import ArgumentTypeError
from pathlib import Path

from django.core.management.base import CommandError

from articles.conf import var_folder
from articles.importers.wordpress.media import Folder
from articles.importers.wordpress.media.fetching import Fetcher, InUse, State
from articles.importers.wordpress.text.addresses import host_key

SOURCES = ("fetch", "dir", "none")
NOT_SAID = "--media-dir FOLDER takes them from a copy, and --media fetch from the old server."


def add_media_arguments(parser):
    parser.add_argument(
        "--media-dir",
        type=Path,
        metavar="FOLDER",
        help="the old wp-content/uploads, for pictures and documents",
    )
    parser.add_argument(
        "--media",
        choices=SOURCES,
        help="where files come from: over HTTP from the old server, from --media-dir, or nowhere",
    )
    parser.add_argument(
        "--media-host",
        type=host_name,
        action="append",
        default=[],
        metavar="HOST",
        help="another host whose files are taken over, such as cdn.example.org",
    )
    parser.add_argument(
        "--retry-media", action="store_true", help="with --media fetch: ask once more for what has failed"
    )


def host_name(text):
    """For argparse's `type`: in lower case and punycode, without www, as hosts are compared."""
    if not re.fullmatch(r"[\w.-]+\.[\w-]+", text):
        raise ArgumentTypeError(f"{text!r} is no host; write one like cdn.example.org")
    return host_key(text)


def source_of_files(options):
    """What the options say; None if no files are taken over."""
    folder, hosts = options["media_dir"], frozenset(options["media_host"])
    asked = options["media"] or ("dir" if folder else "none")
    if (asked == "dir") != bool(folder):
        raise CommandError("Say with --media-dir where the folder is, and nothing else with it in --media.")
    if asked != "fetch" and options["retry_media"]:
        raise CommandError("--retry-media goes together with --media fetch.")
    if asked == "dir":
        return folder_at(folder, hosts)
    if asked == "fetch" and options["dry_run"]:
        raise CommandError("A dry run fetches nothing. Leave --media fetch out.")
    return fetcher(hosts, with_failed=options["retry_media"]) if asked == "fetch" else None


def folder_at(path, hosts):
    try:
        return Folder(path, hosts=hosts)
    except OSError as error:
        raise CommandError(f"{path} cannot be opened as a folder: {error.strerror}.") from error


def fetcher(hosts, *, with_failed):
    folder = var_folder() / "wordpress-media"
    try:
        state = State(folder)
    except InUse as error:
        raise CommandError("Another import is fetching files at this moment. Wait until it ends.") from error
    except OSError as error:
        raise CommandError(f"{folder} cannot be written to: {error.strerror}.") from error
    if with_failed:
        state.again()
    return Fetcher(state, hosts=hosts)
