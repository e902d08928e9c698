"""Errors that the log has are also sent to Sentry, or to what takes the same, if SENTRY_DSN says where.

Only what is logged as an error is sent, with the places in the code: no values of variables, nothing of the
request but its name, no lines of the log before it. So what anybody typed or read stays here, unless the
words of an error repeat it.
"""

import logging
import socket

from articles.http.request_id import request_id

LEFT_OUT = ("request", "user", "extra", "breadcrumbs", "modules")


def begin(dsn):
    # Only who has it needs the package.
    import sentry_sdk
    from sentry_sdk.integrations.atexit import AtexitIntegration
    from sentry_sdk.integrations.dedupe import DedupeIntegration
    from sentry_sdk.integrations.excepthook import ExcepthookIntegration
    from sentry_sdk.integrations.logging import LoggingIntegration
    from sentry_sdk.integrations.threading import ThreadingIntegration

    sentry_sdk.init(
        dsn,
        default_integrations=False,
        auto_enabling_integrations=False,
        integrations=[
            LoggingIntegration(level=None, event_level=logging.ERROR),
            ExcepthookIntegration(),
            ThreadingIntegration(propagate_scope=False),
            DedupeIntegration(),
            # Without its line in the terminal.
            AtexitIntegration(callback=lambda pending, timeout: None),
        ],
        before_send=without_people,
        include_local_variables=False,
        send_default_pii=False,
        max_breadcrumbs=0,
        propagate_traces=False,
        auto_session_tracking=False,
        send_client_reports=False,
        server_name=socket.gethostname(),
    )


def without_people(event, hint):
    for name in LEFT_OUT:
        event.pop(name, None)
    if name := request_id():
        event.setdefault("tags", {})["request"] = name
    return event
