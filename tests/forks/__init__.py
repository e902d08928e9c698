"""Programs of the site that start at once: each is forked off one process in which all of its code is loaded.

A start of Python that loads Django, the site and granian costs more than a second of the processor, a fork some
hundredths. What is started reads its own settings, environment and arguments, so it does the same as a program that was
started as a whole. Tests of the start itself begin one as a whole (Application(whole=True)), and so do those with other
settings of who is told of news, which are read while the code is loaded.

    start(["manage.py", "press", "once"], env=…).wait()
    start(["-m", "tests.servers.desk"], env=…, stdin=PIPE, stdout=PIPE)
"""

from .forked_process import PIPE, STDOUT, Forked
from .starting import run, start

__all__ = ["PIPE", "STDOUT", "Forked", "run", "start"]
