"""The real servers, started on free ports of this computer for tests and benchmarks, and stopped again.

Each class takes a folder for its files. `start` returns when the server answers, `stop` lets it finish,
`kill` is a power cut.
"""

from .application import Application
from .asking import Answer, ask
from .nginx import Nginx
from .parts import Missing, find_chromium, find_nginx, find_postgres, find_varnish
from .postgres import Postgres
from .process import ServerProcess, free_port
from .website import Desk, Failed, Website

__all__ = [
    "Answer",
    "Application",
    "Desk",
    "Failed",
    "Missing",
    "Nginx",
    "Postgres",
    "ServerProcess",
    "Website",
    "ask",
    "find_chromium",
    "find_nginx",
    "find_postgres",
    "find_varnish",
    "free_port",
]
