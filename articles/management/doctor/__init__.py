"""What is wrong or unwise with a site, each as a sentence that says what to do."""

from .backups import backups
from .certificates import certificates
from .database import database
from .disks import disks
from .files import files
from .finding import Finding, Gravity, unwise, wrong
from .mail import mail
from .people import people
from .press import press
from .time import clock
from .versions import versions

CHECKS = (disks, files, versions, certificates)
# They ask the database, once `database` has said that it answers.
ASKING = (clock, press, backups, mail, people)

__all__ = ["ASKING", "CHECKS", "Finding", "Gravity", "database", "unwise", "wrong"]
