import datetime

from django.test import TestCase
from django.utils import timezone

from articles.models import PressStatus, PrintFailure
from articles.press.status import forget_lost_shelves

DAY = datetime.timedelta(days=1)


class ForgetLostShelvesTest(TestCase):
    def setUp(self):
        self.now = timezone.now()

    def press(self, shelf, *, seen):
        PressStatus.objects.create(shelf=shelf, seen_at=self.now - seen)

    def failure(self, shelf, *, ago):
        failed = self.now - ago
        PrintFailure.objects.create(shelf=shelf, path="/world/", failed_at=failed, next_try_at=failed)

    def shelves_with_failures(self):
        forget_lost_shelves(self.now)
        return set(PrintFailure.objects.values_list("shelf", flat=True))

    def test_takes_along_the_failures_of_a_press_that_is_forgotten(self):
        self.press("old:/srv/shelf", seen=40 * DAY)
        self.failure("old:/srv/shelf", ago=40 * DAY)
        self.assertEqual(self.shelves_with_failures(), set())

    def test_leaves_those_of_a_press_that_is_known(self):
        self.press("paper-1:/srv/shelf", seen=0 * DAY)
        self.press("paper-2:/srv/shelf", seen=20 * DAY)
        self.failure("paper-1:/srv/shelf", ago=20 * DAY)
        self.failure("paper-2:/srv/shelf", ago=20 * DAY)
        self.assertEqual(self.shelves_with_failures(), {"paper-1:/srv/shelf", "paper-2:/srv/shelf"})

    def test_leaves_those_of_a_press_that_has_only_begun(self):
        self.failure("new:/srv/shelf", ago=datetime.timedelta(seconds=3))
        self.assertEqual(self.shelves_with_failures(), {"new:/srv/shelf"})
