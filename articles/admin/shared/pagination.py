from django.core.paginator import Paginator
from django.utils.functional import cached_property


class CappedPaginator(Paginator):
    """Counts no further than anybody pages.

    Counting a million rows takes longer than showing fifty of them, and so does skipping them. Whoever
    looks for more than these goes by month, filter or search.
    """

    most = 5_000

    @cached_property
    def counted(self):
        return self.object_list.order_by().values("pk")[: self.most + 1].count()

    @property
    def count(self):
        return min(self.counted, self.most)

    @property
    def goes_on(self):
        """There are more rows than it counts and shows."""
        return self.counted > self.most
