import os
import pwd
from pathlib import Path

from django.db import connection

from articles.checks import folder_problems, static_problems
from articles.conf import backup_folder, media_folder, press_settings, project_folder, var_folder

from .finding import unwise, wrong


def files():
    for sentence in [*folder_problems(), *static_problems()]:
        yield wrong(sentence[0].upper() + sentence[1:])
    for path in private_files():
        if path.is_file() and path.stat().st_mode & 0o077:
            yield wrong(f"{path} holds secrets, and others can read it; run: chmod 600 {path}")
    for folder in (var_folder(), media_folder(), press_settings().shelf):
        if folder.is_dir() and folder.stat().st_uid != os.geteuid():
            yield unwise(
                f"{folder} belongs to {owner(folder)}, and this command was given by "
                f"{name_of(os.geteuid())}. Give "
                "it as the user who runs the site; what another user writes, the site may not change."
            )


def private_files():
    yield project_folder() / ".env"
    yield var_folder() / "secret-key.txt"
    yield var_folder() / "editor-login.txt"
    if connection.vendor == "sqlite":
        yield Path(connection.settings_dict["NAME"])
    if (folder := backup_folder()) and folder.is_dir():
        yield from folder.glob("newsroom-*.tar")


def owner(path):
    return name_of(path.stat().st_uid)


def name_of(number):
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return f"user {number}"
