import os
import signal

from tests import forks


def test_its_group_can_be_killed_as_soon_as_its_number_is_known(tmp_path):
    environment = {
        "PATH": os.environ["PATH"],
        "VAR_DIR": tmp_path,
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
    }
    for _ in range(20):
        fork = forks.start(["-m", "http.server", "0"], env=environment, own_group=True)
        os.killpg(fork.pid, signal.SIGKILL)
        assert fork.wait(30) == -signal.SIGKILL
