from django.core.management.base import BaseCommand, CommandError

from articles.management.doctor import Gravity, examine

# As those of `press status`: 0 if all is well.
UNWISE, WRONG = 3, 4
BEGIN = {Gravity.WRONG: "Wrong", Gravity.UNWISE: "Unwise"}


class Command(BaseCommand):
    help = (
        "Says what is wrong or unwise with the site, and what to do. Ends with 4 if something is wrong, "
        "with 3 if something is only unwise, and with 0 if all is well."
    )
    requires_system_checks = ()

    def handle(self, **options):
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
