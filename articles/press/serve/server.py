"""The application server: granian, with one thread at a time for what is answered from memory.

    python -m articles.press.serve.server --interface=wsgi … newsroom.wsgi:application

Granian hands each request to any of its threads. They share one Python, so threads that answer from memory,
in a few microseconds, spend most of their time on handing Python to each other. Here one thread takes the
requests; for everything that may take long, it lets another one take them meanwhile.

Granian has no public place for this: the function with which it calls a WSGI application is replaced. Read
its wsgi.py and blocking.rs before you raise its version in requirements.txt. How it reloads is replaced too
(reloading.py).
"""

import sys
from collections.abc import Callable
from typing import Any

from granian.cli import entrypoint
from granian.server import mp
from granian.wsgi import _callback_wrapper as granians_runner

from .reloading import prepare, say_loaded
from .request_taker import RequestTaker

Runner = Callable[[Any, dict[str, Any]], None]

# Seconds after which a thread that computes lets another one have Python, a tenth of what is usual: for so
# long a page from memory waits while this process prints.
SWITCH_EVERY = 0.0005


def runner(site: Any, scope_options: dict[str, Any], log_format: str | None = None) -> Runner:
    """What granian calls with each request, in one of its threads. `protocol` takes the answer."""
    sys.setswitchinterval(SWITCH_EVERY)
    whole = granians_runner(site, scope_options, log_format)
    from_memory, taker = site.from_memory, RequestTaker()
    say_loaded()

    def answer(protocol: Any, environ: dict[str, Any]) -> None:
        found = from_memory(environ)
        if found is not None:
            protocol.response_bytes(*found)
        else:
            taker.let_another()
            whole(protocol, environ)
        # Not after an error: granian answers it only once it has got it. The next request parks this thread.
        taker.go_on_or_park()

    return answer


mp._wsgi_call_wrap = runner

if __name__ == "__main__":
    prepare()
    entrypoint()
