"""What an application server loads: the site, and one line in its log for each thing an operator forgot."""

import gc
import logging
import multiprocessing
import os
import signal
import sys

# A worker of granian begins as a copy of its parent, with the parent's handlers of signals, so it would not
# hear that it is to stop while it loads the site. Ctrl+C in a terminal reaches the worker as well as its
# parent, which then tells the worker to stop. Told twice, the worker would wait for open connections until it
# is killed, so it hears its parent only.
if multiprocessing.parent_process():
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
try:
    django_application = get_wsgi_application()
except ImproperlyConfigured as mistake:
    sys.exit(f"Newsroom cannot start: {mistake}")

from django.conf import settings
from django.db import connections

from articles.checks import start_problems
from articles.management.observing.watch import start_watching
from articles.press.serve.site import site
from newsroom import postgres_connection

postgres_connection.answers_requests()

# Logged and not refused: a database that comes up later must not need a second start of the site.
for problem in start_problems():
    logging.getLogger("newsroom").error(problem)
connections.close_all()

# Printed pages and stored pictures are answered before Django is entered.
application = site(django_application)
if not settings.DEBUG:
    start_watching()

# What is loaded by now stays: the collector need not look at it again with every few requests.
gc.collect()
gc.freeze()
