"""The words of an e-mail, in text and HTML. What is said of an article is read here, when the e-mail is sent,
and only if its receiver may read the article then."""

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import Truncator

from articles.conf import absolute, paper
from articles.models import Notification
from articles.models.desk.notification import Kind
from articles.publishing.notifications.telling import goes_out
from articles.publishing.notifications.told import line_of, link_of
from articles.publishing.rights.of_articles import may_read

LONGEST_SUBJECT = 150


def email_of(told: Notification) -> EmailMultiAlternatives | None:
    """None if there is nobody to whom it may be sent."""
    person = told.person
    if not (person.is_active and person.is_staff and person.email):
        return None
    if told.article_id and (told.article.binned_at or not may_read(person, told.article)):
        return None
    if told.kind == Kind.SOON and not goes_out(told.article, told.time):
        # The mail server was away for so long, or somebody has decided otherwise.
        return None
    context = {
        "line": line_of(told),
        "words": told.note.text if told.note_id else "",
        "quote": told.note.quote if told.note_id else "",
        "link": absolute(link_of(told)),
        "settings_link": absolute(reverse("admin:articles_notification_changelist")),
        "paper": paper().name,
    }
    email = EmailMultiAlternatives(
        Truncator(" ".join(context["line"].split())).chars(LONGEST_SUBJECT),
        render_to_string("admin/email/notification.txt", context),
        to=[person.email],
        # A mail server that is offered it twice, because a host died after sending, knows it by this.
        headers={
            "Message-ID": f"<notification-{told.pk}@{paper().host}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    email.attach_alternative(render_to_string("admin/email/notification.html", context), "text/html")
    return email
