from articles.models import Collection
from articles.publishing.picture_library.many import empty, set_collections
from tests import factories as make
from tests.articles.publishing.newsroom import NewsroomTestCase


class EmptyCollectionsTest(NewsroomTestCase):
    def test_a_collection_is_gone_with_its_last_picture(self):
        one, other = make.image("one"), make.image("other")
        set_collections(one, ["Harbour", "Alone"])
        set_collections(other, ["harbour"])
        set_collections(one, [])
        self.assertEqual([each.name for each in Collection.objects.all()], ["Harbour"])

    def test_they_are_looked_for_without_reading_what_all_collections_hold(self):
        sql = str(empty().query)
        self.assertIn("NOT EXISTS", sql.replace("NOT (EXISTS", "NOT EXISTS"))
        self.assertNotIn("JOIN", sql)
