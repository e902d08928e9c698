from articles.models.collections.public_pages import is_shown


class OnSite:
    """“View on site” for what may have no page yet: without a public story there is nothing to see."""

    def view_on_site(self, obj):
        return obj.get_absolute_url() if is_shown(obj) else None
