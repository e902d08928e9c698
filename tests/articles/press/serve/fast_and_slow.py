"""A site for the server: "/" is in memory, everything else takes as long as its address says."""

import time


def application(environ, start_response):
    path = environ["PATH_INFO"].strip("/")
    if path == "fails":
        raise ValueError("It fails.")
    body = environ["wsgi.input"].read(100) if "CONTENT_LENGTH" in environ else b"slow"
    time.sleep(float(path))
    start_response("200 OK", [("Content-Length", str(len(body)))])
    return [body]


def from_memory(environ):
    return (200, [("Content-Length", "4")], b"fast") if environ["PATH_INFO"] == "/" else None


application.from_memory = from_memory
