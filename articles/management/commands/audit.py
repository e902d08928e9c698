from django.core.management.base import BaseCommand

from articles.audit.keeping import prune
from articles.conf import audit_days


class Command(BaseCommand):
    help = (
        "Deletes what is older in the audit log than AUDIT_DAYS. The press does so by itself, once an hour."
    )

    def add_arguments(self, parser):
        parser.add_argument("act", choices=["prune"])

    def handle(self, **options):
        gone = prune()
        kept = f"{audit_days():,} days are kept" if audit_days() else "everything is kept (AUDIT_DAYS=0)"
        self.stdout.write(f"{gone:,} entries deleted; {kept}.")
