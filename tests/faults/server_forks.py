"""Servers that start at once: each is forked off a process that has the site loaded, and can be killed like any.

    python -m tests.faults.server_forks PORT

A line in: a server is started on the port. A line out: its process number. Starting Python a hundred times would take
minutes.
"""

import os
import socketserver
import sys
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from newsroom.wsgi import application


class Server(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, *_arguments):
        pass


def run(port):
    server = Server(("127.0.0.1", port), Quiet)
    server.set_app(application)
    # It listens by now, so nobody has to wait for it.
    print(os.getpid(), flush=True)
    server.serve_forever()


def main(port):
    child = 0
    for _line in sys.stdin:
        if child:
            os.waitpid(child, 0)
        child = os.fork()
        if child == 0:
            run(port)
            os._exit(1)


if __name__ == "__main__":
    main(int(sys.argv[1]))
