"""A mail server on this computer. It keeps what it gets, and can be told to refuse."""

import email
from email import policy

from aiosmtpd.controller import Controller

from tests.servers.process import free_port


class MailServer:
    def __init__(self):
        self.messages, self.refuses = [], False
        self.port = free_port()
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)

    async def handle_DATA(self, server, session, envelope):
        if self.refuses:
            return "451 4.3.0 Come again later"
        self.messages.append(email.message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"

    def __enter__(self):
        self.controller.start()
        return self

    def __exit__(self, *_):
        self.controller.stop()
