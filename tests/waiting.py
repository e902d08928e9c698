import time


def wait_until(is_true, seconds=30):
    """Look again and again, and fail if it has not become true by then."""
    deadline = time.monotonic() + seconds
    while not is_true():
        assert time.monotonic() < deadline, "It did not come."
        time.sleep(0.02)
