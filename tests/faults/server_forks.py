"""Servers that start at once (see forked.py), each on the same port: python -m tests.faults.server_forks PORT"""

import socketserver
import sys
from functools import partial
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from newsroom.wsgi import application
from tests.faults.forked import serve_forks


class Server(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, *_arguments):
        pass


def run(port, tell):
    server = Server(("127.0.0.1", port), Quiet)
    server.set_app(application)
    # It listens by now, so nobody has to wait for it.
    tell()
    server.serve_forever()


if __name__ == "__main__":
    serve_forks(partial(run, int(sys.argv[1])))
