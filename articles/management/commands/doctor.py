from django.core.management.base import BaseCommand, CommandError

from articles.management.doctor import Gravity, examine
from articles.management.observing.ways import try_ways

# As those of `press status`: 0 if all is well.
UNWISE, WRONG = 3, 4
BEGIN = {Gravity.WRONG: "Wrong", Gravity.UNWISE: "Unwise"}


class Command(BaseCommand):
    help = (
        "Says what is wrong or unwise with the site, and what to do. Ends with 4 if something is wrong, "
        "with 3 if something is only unwise, and with 0 if all is well."
    )
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument(
            "--try-alarms", action="store_true", help="send an alarm that says that it is a try, and stop"
        )

    def handle(self, *, try_alarms, **options):
        if try_alarms:
            self.try_alarms()
            return
        found = [finding for findings in examine().values() for finding in findings]
        found.sort(key=lambda finding: -finding.gravity)
        for finding in found:
            self.stdout.write(f"{BEGIN[finding.gravity]}: {finding.sentence}")
        if not found:
            self.stdout.write("All is well.")
            return
        number = sum(finding.gravity is Gravity.WRONG for finding in found)
        raise CommandError(
            f"{number} wrong, {len(found) - number} unwise.", returncode=WRONG if number else UNWISE
        )

    def try_alarms(self):
        tried = list(try_ways())
        for sentence in tried:
            self.stdout.write(sentence)
        if not tried:
            raise CommandError("Neither ALARM_EMAIL nor ALARM_WEBHOOK is set, so nobody is told of anything.")
        if any("not taken" in sentence for sentence in tried):
            raise CommandError("Not every alarm was taken.")
