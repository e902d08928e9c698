"""What the press writes down of what it has read in the log."""

import datetime
from collections import Counter

from django.db import OperationalError
from django.test import TestCase
from django.utils import timezone

from articles.models import Reads
from articles.press.reads.worker import write
from tests import factories
from tests.articles.publishing.broken import breaks_at


class WriteTest(TestCase):
    def test_after_an_error_no_hour_is_written_and_all_may_be_tried_again(self):
        path = factories.published_article().get_absolute_url()
        hour = int(timezone.now().timestamp()) // 3600 * 3600
        found = {at: Counter({path: 2}) for at in (hour - 3600, hour)}
        with breaks_at(2, "INSERT INTO articles_reads"), self.assertRaises(OperationalError):
            write(found)
        self.assertFalse(Reads.objects.exists())
        write(found)
        rows = Reads.objects.order_by("hour").values_list("hour", "number")
        hours = [datetime.datetime.fromtimestamp(at, datetime.UTC) for at in found]
        self.assertEqual(list(rows), [(at, 2) for at in hours])
