from articles.models import Act
from tests import factories as make
from tests.articles.admin.desk.case import DeskTestCase, address


class LogTest(DeskTestCase):
    def test_says_who_did_what_and_links_to_the_article(self):
        article = make.published_article(by=self.user)
        page = self.client.get(address("act_changelist"))
        self.assertContains(page, "published")
        self.assertContains(page, f'<a href="{address("article_change", article.pk)}">')

    def test_costs_the_same_with_more_rows(self):
        for _ in range(5):
            make.published_article(by=self.user)
        with self.assertNumQueries(8):
            self.client.get(address("act_changelist"))

    def test_cannot_be_changed(self):
        make.article()
        act = Act.objects.first()
        self.assertEqual(self.client.get(address("act_add")).status_code, 403)
        self.assertEqual(self.client.post(address("act_change", act.pk), {"detail": "x"}).status_code, 403)
        self.assertEqual(self.client.post(address("act_delete", act.pk), {"post": "yes"}).status_code, 403)

    def test_of_the_outbox_is_for_those_who_run_the_site(self):
        self.client.force_login(make.editor("operator"))
        make.published_article()
        self.assertContains(self.client.get(address("outboxentry_changelist")), "article")
