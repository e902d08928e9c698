"""Telling programs elsewhere that articles are published, changed or withdrawn.

A consumer of the outbox writes down what to tell (noting.py). It is told in threads beside the press, once
the change is printed (sending.py), signed as standardwebhooks.com says (messages.py), and to public addresses
alone (posting.py). Nobody waits for a receiver: neither editors and readers nor other receivers.
"""
