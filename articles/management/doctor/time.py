import datetime
import shutil
import subprocess

from django.db import connection
from django.utils import timezone

from articles.models import OutboxEntry

from .finding import unwise, wrong

# So far apart may the clocks of two hosts be. Articles come out by the second.
TOLERATED = datetime.timedelta(seconds=2)


def clock():
    yield from apart_from_the_database()
    newest = OutboxEntry.objects.order_by("-pk").values_list("written_at", flat=True).first()
    if newest and newest > timezone.now() + TOLERATED:
        yield wrong(
            f"The newest change was made at {timezone.localtime(newest):%d %B %H:%M:%S}, which is still "
            "to come: the "
            "clock of this machine was set back, or that of another host is fast. Let all of them follow "
            "a time server."
        )
    if follows_no_server():
        yield unwise("The clock follows no time server; run: timedatectl set-ntp true")


def apart_from_the_database():
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        apart = abs(timezone.now() - cursor.fetchone()[0])
    if apart > TOLERATED:
        yield wrong(
            f"The clocks of this machine and of the database are {apart.total_seconds():.0f} seconds "
            "apart; let both follow a time server."
        )


def follows_no_server():
    """False where nobody can tell, as in containers, whose clock is the host's."""
    program = shutil.which("timedatectl")
    if not program:
        return False
    asked = [program, "show", "--property=NTPSynchronized", "--value"]
    done = subprocess.run(asked, capture_output=True, text=True)  # noqa: S603 - no word of it comes from outside
    return done.returncode == 0 and done.stdout.strip() == "no"
