import time


def wait_until(is_true, seconds=30):
    """Look again and again, and fail if it has not become true by then. What takes long to look at is looked at less often,
    because whoever makes it true needs the processor, too."""
    deadline = time.monotonic() + seconds
    while True:
        begun = time.monotonic()
        if is_true():
            return
        now = time.monotonic()
        assert now < deadline, "It did not come."
        time.sleep(min(max(0.02, 2 * (now - begun)), 0.5))
