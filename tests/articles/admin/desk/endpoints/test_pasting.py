from django.contrib.auth.models import User
from django.test import TestCase
from django.urls import reverse

from tests import factories


class PastingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = factories.editor("ana")

    def setUp(self):
        self.client.force_login(self.editor)

    def pasted(self, html):
        return self.client.post(reverse("admin:articles_desk_paste"), {"html": html})

    def test_text_comes_back_as_saving_would_keep_it_with_what_is_told(self):
        html = '<p class=MsoNormal onclick=x>so\u00adft <del>not</del></p><video src="v.mp4"></video><script>x</script>'
        answer = self.pasted(html).json()
        self.assertEqual(answer["html"], "<p>soft</p>")
        self.assertEqual(
            [line.split(" was ")[0] for line in answer["told"]],
            [
                "Cleaned: 1 piece of text with invisible characters.",
                "1 deleted passage",
                "1 video, sound or file",
            ],
        )

    def test_pictures_of_the_library_get_their_addresses_and_others_keep_their_numbers(self):
        image = factories.image()
        html = self.pasted(
            f'<img data-image="{image.pk}"><img data-image="900000000000000001"><p>x</p>'
        ).json()["html"]
        self.assertIn('src="/media/', html)
        self.assertIn('<img data-image="900000000000000001">', html)

    def test_text_that_is_too_long_is_refused_in_a_sentence(self):
        response = self.pasted("<p>x" * 60_000)
        self.assertEqual(response.status_code, 413)
        self.assertIn("50,000", response.json()["error"])

    def test_is_for_those_who_write(self):
        self.client.force_login(User.objects.create_user("clerk", is_staff=True))
        self.assertEqual(self.pasted("<p>x</p>").status_code, 403)
        self.client.logout()
        self.assertEqual(self.pasted("<p>x</p>").status_code, 403)
