"""A mail provider's server: takes what is sent with TLS and the right password, and prints it."""

import ssl
import sys
import threading

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Debugging
from aiosmtpd.smtp import AuthResult


def knows(server, session, envelope, mechanism, said):
    expected = (b"newsroom", b"the-password-of-your-mail-provider")
    return AuthResult(success=(said.login, said.password) == expected)


certificate = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
certificate.load_cert_chain(*sys.argv[1:])
sys.stdout.reconfigure(line_buffering=True)
Controller(
    Debugging(sys.stdout),
    hostname="127.0.0.1",
    port=587,
    tls_context=certificate,
    require_starttls=True,
    auth_required=True,
    authenticator=knows,
).start()
threading.Event().wait()
