"""Each verb reprints what shows its change, and nothing else: with the real views, page by page.

What plan/test_exact*.py ask to the page is not asked here again.
"""

import re

import time_machine

from articles import publishing
from articles.models import Author, Page, Section, Tag
from articles.press.changes.intake import Round
from articles.publishing.authors import save_author
from articles.publishing.pages import save_page
from articles.publishing.pictures import change_image
from articles.publishing.sections import order_sections, save_section
from articles.publishing.tags import merge_tags, remove_tag, save_tag
from tests import factories
from tests.articles.press.printed_newsroom import DAY, HOUR, NOON, PrintedNewsroom, without_feeds

# Lists that show a story of Harbours by Mara Ellis about the coast.
LISTS = {"/", "/world/", "/world/harbours/", "/tag/coast/", "/author/mara-ellis/"}


class ArticleVerbsTest(PrintedNewsroom):
    def test_a_published_article_is_on_every_page_that_lists_it(self):
        article = self.publish()
        changed = self.printed()
        self.assert_true_to_the_site()
        months = {f"{start}2026/06/" for start in LISTS}
        self.assertLessEqual({article.get_absolute_url(), *LISTS, *months}, changed)

    def test_it_is_on_the_days_that_somebody_has_asked_for(self):
        self.publish(at=NOON - 9 * DAY)
        changed = self.printed()
        self.assert_true_to_the_site()
        self.assertLessEqual({f"{start}2026/06/01/" for start in LISTS}, changed)

    def test_days_that_nobody_asks_for_are_not_printed(self):
        for path in list(self.shelf.walk()):
            if re.search(r"/\d{4}/\d\d/\d\d/$", path):
                self.shelf.remove(path)
        self.publish()
        self.assertEqual([path for path in self.printed() if path.endswith("2026/06/10/")], [])

    def test_a_published_article_touches_no_other_section_author_or_tag(self):
        self.publish()
        changed = self.printed()
        others = (
            "/culture/",
            "/world/courts/",
            "/author/jonas-okafor/",
            "/tag/law/",
            "/tag/money/",
            "/about/",
        )
        self.assertEqual([path for path in changed if path.startswith(others)], [])

    def test_its_neighbours_in_the_section_show_it_under_more(self):
        self.publish(at=NOON - 20 * DAY)
        changed = self.printed()
        stories = {number: self.story(number).get_absolute_url() in changed for number in range(12)}
        self.assertEqual([number for number, touched in stories.items() if touched], [0, 3, 6, 9])
        self.assert_true_to_the_site()

    def test_a_months_first_article_makes_its_page_and_its_neighbours_link_to_it(self):
        article = self.publish(at=NOON - 400 * DAY)
        changed = self.printed()
        self.assert_true_to_the_site()
        self.assertIn(f"/{article.publish_at:%Y/%m}/", changed)

    def test_a_new_tag_and_a_new_author_get_their_pages(self):
        self.publish(tags=("fog",), authors=[factories.author("Inés Prado")])
        self.assertLessEqual({"/tag/fog/", "/tag/fog/2026/06/", "/author/inés-prado/"}, self.printed())
        self.assert_true_to_the_site()

    def test_a_withdrawn_article_is_gone_everywhere(self):
        article = self.story(0)
        publishing.withdraw(article, by=None)
        changed = self.printed()
        self.assert_true_to_the_site()
        self.assertEqual(self.shelf.read(article.get_absolute_url()).status, 410)
        self.assertLessEqual({"/", "/world/harbours/", "/tag/coast/"}, changed)
        # It was the only one of its day.
        self.assertIsNone(self.shelf.read(f"/{article.publish_at:%Y/%m/%d}/"))

    def test_what_is_gone_does_not_change_with_the_next_story(self):
        gone = self.story(0).get_absolute_url()
        publishing.withdraw(self.story(0), by=None)
        self.printed()
        self.before = self.files()
        self.publish()
        self.assertNotIn(gone, self.printed())
        self.assert_true_to_the_site()

    def test_a_withdrawn_article_whose_month_was_never_printed_is_linked_to_no_more(self):
        article = self.story(3)
        self.shelf.remove(f"/{article.publish_at:%Y/%m/%d}/")
        publishing.withdraw(article, by=None)
        self.printed()
        self.assert_true_to_the_site()

    def test_a_changed_slug_leaves_a_page_that_leads_to_the_new_one(self):
        article = self.story(0)
        old = article.get_absolute_url()
        new = self.republish(article, slug="another-word").get_absolute_url()
        changed = self.printed()
        self.assert_true_to_the_site()
        self.assertLessEqual({old, new, "/"}, changed)
        self.assertEqual(self.shelf.read(old).status, 301)
        self.assertIn(f'content="0; url={new}"'.encode(), self.shelf.read(old).body)

    def test_whoever_comes_by_an_older_address_is_led_there_too(self):
        article = self.story(0)
        old = article.get_absolute_url()
        self.republish(article, slug="another-word")
        self.printed()
        new = self.republish(self.story(0), slug="a-third-word").get_absolute_url()
        self.printed()
        self.assert_true_to_the_site()
        self.assertIn(f'content="0; url={new}"'.encode(), self.shelf.read(old).body)
        publishing.withdraw(self.story(0), by=None)
        self.printed()
        self.assertEqual([self.shelf.read(path).status for path in (old, new)], [410, 410])
        self.assert_true_to_the_site()

    def test_a_saved_draft_changes_nothing(self):
        publishing.save_draft(self.story(0), factories.content(headline="Not yet"), by=None)
        self.assertEqual(self.printed(), set())


class TimeTest(PrintedNewsroom):
    def test_a_scheduled_article_comes_at_its_second_and_not_before(self):
        article = publishing.schedule(self.story_to_come(), by=None, at=NOON + HOUR)
        self.assertEqual(self.printed(), set())
        with time_machine.travel(NOON + HOUR - HOUR / 3600, tick=False):
            self.assertEqual(self.printed(), set())
        with time_machine.travel(NOON + HOUR, tick=False):
            self.assertIn(article.get_absolute_url(), self.printed())
            self.assert_true_to_the_site()

    def test_it_stands_beside_what_was_published_after_it_was_scheduled(self):
        publishing.schedule(self.story_to_come(), by=None, at=NOON + HOUR)
        with time_machine.travel(NOON + HOUR / 2, tick=False):
            self.publish(headline="In between", tags=())
            self.printed()
        with time_machine.travel(NOON + HOUR, tick=False):
            self.printed()
            self.assert_true_to_the_site()

    def test_it_comes_on_the_pages_of_a_tag_that_got_another_address_meanwhile(self):
        publishing.schedule(self.story_to_come(), by=None, at=NOON + HOUR)
        tag = Tag.objects.get(name="coast")
        tag.slug = "shore"
        save_tag(tag)
        self.printed()
        with time_machine.travel(NOON + HOUR, tick=False):
            self.assertIn("/tag/shore/", self.printed())
            self.assert_true_to_the_site()

    def test_an_article_with_an_end_is_gone_at_its_second(self):
        article = self.publish(until=NOON + HOUR)
        self.printed()
        with time_machine.travel(NOON + HOUR, tick=False):
            self.assertIn(article.get_absolute_url(), self.printed())
            self.assertEqual(self.shelf.read(article.get_absolute_url()).status, 410)
            self.assert_true_to_the_site()

    def test_a_press_that_was_down_prints_at_once_what_came_due(self):
        article = publishing.schedule(self.story_to_come(), by=None, at=NOON + HOUR)
        self.printed()
        with time_machine.travel(NOON + 5 * DAY, tick=False):
            self.press = type(self.press)(self.shelf)
            self.assertIn(article.get_absolute_url(), self.printed())
            self.assert_true_to_the_site()

    def test_a_clock_that_ran_ahead_and_is_set_back_leaves_nothing_early(self):
        article = publishing.schedule(self.story_to_come(), by=None, at=NOON + HOUR)
        with time_machine.travel(NOON + DAY, tick=False):
            self.assertIn(article.get_absolute_url(), self.printed())
        self.assertEqual(self.printed(), set())
        self.assert_true_to_the_site()
        with time_machine.travel(NOON + HOUR, tick=False):
            self.assertIn(article.get_absolute_url(), self.printed())

    def test_what_comes_at_its_second_does_so_also_just_after_the_clock_was_set_back(self):
        """Nothing but that second is a reason to look back then."""
        article = publishing.schedule(self.story_to_come(), by=None, at=NOON + HOUR)
        self.press.intake._look_back = Round(10**6)
        for moment in (NOON + DAY, NOON):
            with time_machine.travel(moment, tick=False):
                self.printed()
        self.assertEqual(self.press.intake.seconds_to_next(NOON), HOUR.total_seconds())
        with time_machine.travel(NOON + HOUR, tick=False):
            self.assertIn(article.get_absolute_url(), self.printed())

    def test_the_front_has_the_new_date_at_midnight(self):
        with time_machine.travel(NOON + DAY, tick=False):
            self.assertEqual(self.printed(), {"/"})
            self.assert_true_to_the_site()

    def story_to_come(self):
        return factories.article(section=self.harbours, authors=[self.mara], tags=("coast",))


class SharedTest(PrintedNewsroom):
    def test_a_renamed_section_is_on_every_page(self):
        section = Section.objects.get(pk=self.culture.pk)
        section.name = "Arts"
        save_section(section)
        self.assertEqual(without_feeds(self.printed()), without_feeds(self.before))
        self.assert_true_to_the_site()

    def test_a_section_at_another_address_takes_its_archive_along(self):
        section = Section.objects.get(pk=self.harbours.pk)
        section.parent = self.culture
        save_section(section)
        changed = self.printed()
        self.assert_true_to_the_site()
        self.assertLessEqual({"/world/harbours/", "/culture/harbours/"}, changed)
        self.assertEqual(self.shelf.read("/world/harbours/").status, 301)

    def test_its_old_archive_leads_nowhere_when_the_last_story_of_a_month_goes(self):
        section = Section.objects.get(pk=self.harbours.pk)
        section.slug = "ports"
        save_section(section)
        self.printed()
        month = f"/world/harbours/{self.story(0).publish_at:%Y/%m}/"
        self.assertEqual(self.shelf.read(month).status, 301)
        publishing.withdraw(self.story(0), by=None)
        self.printed()
        self.assertIsNone(self.shelf.read(month))
        self.assert_true_to_the_site()

    def test_another_order_of_sections_is_on_every_page(self):
        order_sections({self.culture.pk: 0})
        self.printed()
        self.assert_true_to_the_site()

    def test_a_renamed_author_is_wherever_their_articles_are(self):
        author = Author.objects.get(pk=self.mara.pk)
        author.name, author.slug = "Mara Lind", "mara-lind"
        save_author(author)
        changed = self.printed()
        self.assert_true_to_the_site()
        self.assertLessEqual({"/author/mara-ellis/", "/author/mara-lind/", "/"}, changed)
        self.assertNotIn("/about/", changed)

    def test_an_authors_biography_is_on_their_page_and_their_articles(self):
        author = Author.objects.get(pk=self.mara.pk)
        author.biography = "Writes about water."
        save_author(author)
        changed = self.printed()
        self.assert_true_to_the_site()
        own = {story.get_absolute_url() for story in author.articles.all()}
        self.assertEqual(changed, {"/author/mara-ellis/", *own})

    def test_a_renamed_tag_is_on_its_pages_and_its_articles(self):
        tag = Tag.objects.get(name="coast")
        tag.name, tag.slug = "shore", "shore"
        save_tag(tag)
        changed = self.printed()
        self.assert_true_to_the_site()
        self.assertLessEqual({"/tag/coast/", "/tag/shore/", "/tag/shore/2026/06/"}, changed)
        self.assertNotIn("/", changed)

    def test_a_renamed_tag_in_another_script_takes_its_months_along(self):
        self.publish(tags=("Küste",))
        self.printed()
        tag = Tag.objects.get(name="Küste")
        self.assertTrue(self.shelf.read("/tag/küste/2026/06/"))
        tag.name, tag.slug = "Берег", "берег"
        save_tag(tag)
        self.printed()
        self.assert_true_to_the_site()
        self.assertEqual(self.shelf.read("/tag/küste/2026/06/").status, 301)
        self.assertTrue(self.shelf.read("/tag/берег/2026/06/"))

    def test_merged_tags_leave_one(self):
        money, law = Tag.objects.get(name="money"), Tag.objects.get(name="law")
        merge_tags([law], into=money)
        changed = self.printed()
        self.assert_true_to_the_site()
        self.assertLessEqual({"/tag/law/", "/tag/money/"}, changed)

    def test_a_deleted_tag_is_taken_off_its_articles(self):
        remove_tag(Tag.objects.get(name="law"))
        changed = self.printed()
        self.assert_true_to_the_site()
        self.assertIn(self.story(2).get_absolute_url(), changed)
        self.assertIsNone(self.shelf.read("/tag/law/"))

    def test_the_text_of_a_page_of_the_papers_own_is_on_it_alone(self):
        page = Page.objects.get(pk=self.about.pk)
        page.body = "<p>We print what we have checked.</p>"
        save_page(page)
        self.assertEqual(self.printed(), {"/about/"})
        self.assert_true_to_the_site()

    def test_a_new_page_of_the_papers_own_is_in_the_foot_of_every_page(self):
        factories.page("Contact")
        self.assertEqual(without_feeds(self.printed()), {*without_feeds(self.before), "/contact/"})
        self.assert_true_to_the_site()


class PictureTest(PrintedNewsroom):
    def setUp(self):
        super().setUp()
        self.image = factories.image(width=600, height=400, seed=1)
        self.shown = self.publish(headline="With a picture", lead_image=self.image)
        self.printed()
        self.before = self.files()

    def test_a_new_credit_is_on_the_article(self):
        change_image(self.image, credit="Photograph: Ana Lind")
        self.assertEqual(without_feeds(self.printed()), {self.shown.get_absolute_url()})
        self.assert_true_to_the_site()

    def test_a_new_focal_point_is_on_every_card(self):
        change_image(self.image, focus=(10, 90))
        changed = self.printed()
        self.assert_true_to_the_site()
        self.assertLessEqual({self.shown.get_absolute_url(), "/", "/tag/coast/"}, changed)

    def test_an_authors_portrait_is_on_their_page_and_articles(self):
        author = Author.objects.get(pk=self.mara.pk)
        author.portrait = self.image
        save_author(author)
        self.printed()
        change_image(self.image, focus=(90, 10), alt="Mara Ellis at her desk")
        changed = self.printed()
        self.assert_true_to_the_site()
        self.assertLessEqual({"/author/mara-ellis/", self.story(3).get_absolute_url()}, changed)

    def test_a_portrait_of_two_authors_is_on_the_articles_of_both(self):
        for author in (self.mara, self.jonas):
            author.portrait = self.image
            save_author(author)
        self.printed()
        change_image(self.image, focus=(90, 10), alt="The harbour desk")
        changed = self.printed()
        self.assert_true_to_the_site()
        self.assertLessEqual({self.story(0).get_absolute_url(), self.story(1).get_absolute_url()}, changed)
