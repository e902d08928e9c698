import os
import signal
import subprocess
import sys
import time

import brotli
import pytest

from articles.press.background.best_compression import NICE, Smallest, smallest

BODY = b"".join(b"<p>Sentence %d of the harbour's price.</p>" % number for number in range(800))


@pytest.fixture
def process():
    process = Smallest()
    yield process
    process.end()


class TestSmallest:
    def test_compresses_as_small_as_here(self, process):
        for body in (BODY, b"", BODY[:1000], os.urandom(100_000)):
            assert process(body) == smallest(body)
            assert brotli.decompress(process(body)) == body

    def test_is_one_process_of_low_priority_until_it_is_ended(self, process):
        process(BODY)
        number = process._process.pid
        assert os.getpriority(os.PRIO_PROCESS, number) >= NICE
        process(BODY)
        assert process._process.pid == number
        process.end()
        with pytest.raises(ProcessLookupError):
            os.kill(number, 0)
        assert process(BODY)

    def test_ends_although_another_process_holds_its_pipe(self, process):
        process(BODY)
        child, held = process._process, os.dup(process._process.stdin.fileno())
        process.end()
        os.close(held)
        assert child.returncode == -signal.SIGKILL

    def test_that_was_killed_is_said_and_started_again(self, process):
        process(BODY)
        os.kill(process._process.pid, signal.SIGKILL)
        process._process.wait()
        with pytest.raises(OSError):
            process(BODY)
        assert process(BODY) == smallest(BODY)

    def test_ends_with_the_process_that_began_it(self):
        script = (
            "from articles.press.background.best_compression import Smallest; import os, signal; process = Smallest();"
            " process(b'1'); print(process._process.pid, flush=True); os.kill(os.getpid(), signal.SIGKILL)"
        )
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
        number, deadline = int(done.stdout), time.monotonic() + 10
        while os.path.exists(f"/proc/{number}") and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not os.path.exists(f"/proc/{number}")
        assert done.stderr == ""
