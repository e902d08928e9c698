"""What is wrong or unwise with a site, each as a sentence that says what to do."""

from .examine import ALL, OFTEN, examine
from .facts import room_of_disks, versions
from .finding import Finding, Gravity, unwise, wrong

__all__ = ["ALL", "OFTEN", "Finding", "Gravity", "examine", "room_of_disks", "unwise", "versions", "wrong"]
