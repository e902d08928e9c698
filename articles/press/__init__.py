"""The press: follows the outbox and keeps readers' pages printed. docs/operating/press.md says what it does.

What is due      intake (position in the outbox), affected, standing (change → addresses), orders, print_queue
Printing         printer (address → bytes), under_way, periods, pictures_ahead, failures
The shelf        shelf (files), reprint, filling, addresses, edition (`press all`, `press check`), imprint
The loop         run, nudge, leading (one press a shelf), status
What can wait    back_room, polish, wanted
Serving          site, serve, entries, negotiation, stored_pictures
Stores in front  purge, purge_queue
"""
