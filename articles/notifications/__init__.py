"""Telling people of the desk what concerns them: a consumer of the outbox (consumer.py) tells of what the
clock and the press bring, and writes down which e-mails are to be sent; sending.py sends them."""
