from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import OldAddress, OutboxEntry, Section
from articles.picture_files import masters
from articles.publishing import Refused, add_tag, delete_for_good, put_in_bin, save_draft
from articles.publishing.authors import remove_author, save_author, uses_of_author
from articles.publishing.picture_library.removal import remove_image
from articles.publishing.picture_library.uses import uses_of_image
from articles.publishing.sections import order_sections, remove_section, uses_of_section
from articles.publishing.shared.uses import MOST_COUNTED, Use
from tests import factories as make

from .newsroom import NewsroomTestCase


class RemovalTest(NewsroomTestCase):
    def test_refuses_what_is_used_and_names_the_use(self):
        article = make.article(section=self.harbours, authors=[self.mara])
        with self.assertRaisesMessage(Refused, "“Harbours” is still used by 1 article."):
            remove_section(self.harbours)
        with self.assertRaisesMessage(Refused, "“Mara Ellis” is still used by 1 article."):
            remove_author(self.mara)
        delete_for_good(put_in_bin(article, by=None))
        remove_section(self.harbours)
        self.assertEqual(Section.objects.get(), self.world)

    def test_tells_the_press_of_the_addresses_that_led_to_it(self):
        author = make.author("Inés Prado")
        author.slug = "ines"
        save_author(author)
        remove_author(author)
        change = OutboxEntry.objects.latest("pk").change
        self.assertEqual(change["below"], ["/author/in%C3%A9s-prado/", "/author/ines/"])
        self.assertFalse(OldAddress.objects.exists())

    def test_counts_an_article_once_that_shows_a_picture_twice(self):
        image = make.image()
        body = f'<figure><img src="/x.jpg" data-image="{image.pk}" alt="A harbour"></figure>'
        make.article(lead_image=image, body=body)
        self.assertEqual([str(use) for use in uses_of_image(image)], ["1 article"])

    def test_counts_a_picture_of_a_working_copy_whose_article_got_a_tag_meanwhile(self):
        image, article = make.image(), make.published_article()
        body = f'<figure><img src="/x.jpg" data-image="{image.pk}" alt="A harbour"></figure>'
        save_draft(article, make.content(body=body), by=self.editor)
        add_tag(article, "coast", by=self.editor)
        with self.assertRaisesMessage(Refused, "still used by 1 article"):
            remove_image(image)

    def test_counts_working_copies_that_name_it_and_reads_none_of_them(self):
        image, article, other = make.image(), make.published_article(), make.published_article()
        save_draft(
            article,
            make.content(lead_image=image, section=self.harbours, authors=[self.mara]),
            by=self.editor,
        )
        save_draft(other, make.content(), by=self.editor)
        for uses, row in (
            (uses_of_image, image),
            (uses_of_section, self.harbours),
            (uses_of_author, self.mara),
        ):
            with self.subTest(uses), CaptureQueriesContext(connection) as asked:
                self.assertEqual([str(use) for use in uses(row)], ["1 working copy"])
            self.assertFalse([each for each in asked if "articles_revision" in each["sql"]])

    def test_keeps_the_file_if_the_row_stays_after_all(self):
        image = make.image()
        with self.captureOnCommitCallbacks():
            remove_image(image)
        self.assertTrue(masters().exists(image.file.name))

    def test_says_more_than_it_has_counted(self):
        self.assertEqual(str(Use("articles", MOST_COUNTED + 1, "article")), "more than 1,000 articles")
        self.assertEqual(str(Use("articles", 12, "article")), "12 articles")


class OrderTest(NewsroomTestCase):
    def test_counts_through_both_levels(self):
        make.section("Science", order=1)
        Section.objects.filter(pk=self.world.pk).update(order=2)
        order_sections()
        self.assertEqual(
            list(Section.objects.values_list("name", "order")),
            [("Science", 1), ("World", 2), ("Harbours", 3)],
        )

    def test_announces_nothing_where_nothing_moved(self):
        order_sections()
        OutboxEntry.objects.all().delete()
        order_sections()
        self.assertFalse(OutboxEntry.objects.exists())
