"""What the log leaves out."""


def in_one_line(record):
    """A request that Django refuses, such as one for a host that is not ours, is no fault of the site's. The
    log has a line of it; a traceback of fourteen would let any stranger fill the disk."""
    if record.name.startswith("django.security."):
        record.exc_info = None
    return True
