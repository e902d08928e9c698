"""Loads all code of the site, and forks for each message that comes: python -m tests.forks.fork_server CHANNEL

It opens no database and calls nothing that remembers a setting, so that each fork can begin with settings of its own.
"""

import atexit
import gc
import json
import os
import pkgutil
import runpy
import socket
import sys
import threading
import traceback
from contextlib import suppress
from importlib import import_module

import django
from django.conf import empty, settings
from django.core.exceptions import ImproperlyConfigured
from django.core.signals import setting_changed
from django.template import engines

LONGEST_MESSAGE = 1 << 20
# Not imported, because importing them does something.
LEFT_OUT = ("articles.migrations", "articles.management.demo")

# What is imported only when a server starts, and what the tests' own programs need.
BESIDES = (
    *("granian.cli", "granian.server", "django.core.wsgi", "newsroom.postgres_connection"),
    *("django.test.signals", "tests.factories"),
)


def load():
    django.setup()
    import_module(settings.ROOT_URLCONF)
    for name in settings.MIDDLEWARE:
        import_module(name.rpartition(".")[0])
    for package in map(import_module, ("articles", "django.core.management.commands")):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.startswith(LEFT_OUT):
                import_module(module.name)
    for name in BESIDES:
        import_module(name)
    templates = settings.BASE_DIR / "templates"
    for file in templates.rglob("*.html"):
        name = file.relative_to(templates).as_posix()
        engines["django" if name.startswith("admin/") else "readers"].get_template(name)


def main(number):
    load()
    gc.collect()
    gc.freeze()
    with socket.socket(fileno=number) as channel:
        while True:
            message, files, *_ = socket.recv_fds(channel, LONGEST_MESSAGE, 8)
            if not message:
                reap()
                return
            if os.fork() == 0:
                channel.close()
                start_program(json.loads(message), files)
            for file in files:
                os.close(file)
            reap()


def reap():
    """Let go of the forks that have ended. What the processor has done for them is counted as done for this process."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def start_program(program, files):
    """Forks once more. The outer one waits for the end of the inner one, which is the program, and tells its code."""
    *streams, tell = files
    child = os.fork()
    if child == 0:
        os.close(tell)
        run_program(program, streams)
    if program["own_group"]:
        # Before its number is told: whoever kills the group of a number would otherwise find none yet.
        with suppress(ProcessLookupError):
            os.setpgid(child, child)
    for file in streams:
        os.close(file)
    for number in (0, 1, 2):
        os.close(number)
    os.write(tell, child.to_bytes(8, "big", signed=True))
    _, status = os.waitpid(child, 0)
    os.write(tell, os.waitstatus_to_exitcode(status).to_bytes(8, "big", signed=True))
    os._exit(0)


def run_program(program, streams):
    """Runs it, once this process looks like one that was started for it."""
    for number, file in enumerate(streams):
        os.dup2(file, number)
        os.close(file)
    if program["own_group"]:
        os.setpgid(0, 0)
    os.chdir(program["folder"])
    os.environ.clear()
    os.environ.update(program["environment"])
    # As every program of ours does, the first thing.
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    os.execv = run_here
    take_settings()
    end(exit_code(program["command"]))


def exit_code(command):
    """That of Python, which says what went wrong."""
    try:
        run_python(command)
    except SystemExit as ended:
        if isinstance(ended.code, str):
            print(ended.code, file=sys.stderr)
        return ended.code if isinstance(ended.code, int) else int(bool(ended.code))
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


def end(code):
    """As Python ends, but for taking apart all that is loaded, which takes longer than most programs."""
    threading._shutdown()
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with suppress(BrokenPipeError):
            stream.flush()
    os._exit(code)


def run_python(arguments):
    sys.orig_argv = [sys.executable, *arguments]
    if arguments[0] == "-m":
        sys.argv = arguments[1:]
        runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
    else:
        sys.argv = arguments
        runpy.run_path(arguments[0], run_name="__main__")


def run_here(_program, command):
    """For os.execv(): `manage.py serve` becomes granian without losing what is loaded."""
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        connection.close()
        if connection.vendor == "postgresql":
            connection.close_pool()
    take_settings()
    run_python(command[1:])
    sys.exit()


def take_settings():
    """Those of this environment. Whatever remembers one of the old ones is told, as in a test that overrides it."""
    before = settings._wrapped
    for name in [each for each in sys.modules if each == "newsroom.settings" or each.endswith(".settings")]:
        if name.partition(".")[0] in ("newsroom", "tests"):
            del sys.modules[name]
    settings.__dict__.clear()
    settings._wrapped = empty
    forget_connections()
    try:
        settings._setup()
    except ImproperlyConfigured:
        # The program comes to them, too, and says what is wrong with them.
        settings._wrapped = empty
        return
    now = settings._wrapped
    for name, value in vars(before).items():
        if not hasattr(now, name):
            # A default that an application has added while it was loaded.
            setattr(now, name, value)
        elif name.isupper() and getattr(now, name) != value and name != "DATABASES":
            setting_changed.send(sender=None, setting=name, value=getattr(now, name), enter=True)
    if now.TELLING != before.TELLING:
        sys.exit("Who is told of news is read while the code is loaded: start this program whole.")


def forget_connections():
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        del connections[connection.alias]
    connections._settings = None
    vars(connections).pop("settings", None)


if __name__ == "__main__":
    main(int(sys.argv[1]))
