"""The people and the stories of the matrix."""

import datetime
from dataclasses import replace

import time_machine
from django.contrib.auth.models import Group, Permission, User
from django.utils import timezone

from articles import publishing
from articles.publishing import Content
from tests import factories as make

DAY = datetime.timedelta(days=1)
GROUP_OF = {
    "C": "Contributors",
    "c": "Contributors",
    "E": "Editors",
    "P": "Publishers",
    "A": "Administrators",
}


def people():
    """By their letters. Those of another section have groups that are copies with that section."""
    elsewhere = make.section("Elsewhere")
    found = {
        letter: User.objects.create_user(f"{letter}-{ord(letter)}", is_staff=True) for letter in "CcEePpAVN"
    }
    for letter, group in GROUP_OF.items():
        found[letter].groups.add(Group.objects.get(name=group))
    for letter, name in (("e", "Editors"), ("p", "Publishers")):
        group = Group.objects.create(name=f"{name} elsewhere")
        group.permissions.set(Group.objects.get(name=name).permissions.all())
        group.sections.set([elsewhere])
        found[letter].groups.add(group)
    found["V"].user_permissions.add(Permission.objects.get(codename="view_article"))
    return found


def changed(article):
    content = Content.newest(article)
    return replace(content, headline=f"{content.headline}, changed")


def story(state, by):
    """One that `by` began, with two versions."""
    article = make.article(by=by)
    article = publishing.save_draft(article, changed(article), by=by)
    if state == "draft":
        return article
    if state in {"in review", "approved"}:
        article = publishing.submit(article, by=by)
        return publishing.approve(article, by=None) if state == "approved" else article
    if state == "binned":
        return publishing.put_in_bin(article, by=None)
    if state == "ended":
        now = timezone.now()
        with time_machine.travel(now - 2 * DAY, tick=False):
            return publishing.publish(article, by=None, until=now - DAY)
    article = publishing.publish(article, by=None, at=timezone.now() + DAY if state == "scheduled" else None)
    if state in {"live with changes", "live, in review", "live, approved"}:
        article = publishing.save_draft(article, changed(article), by=None)
        article = article if state == "live with changes" else publishing.submit(article, by=by)
        return publishing.approve(article, by=None) if state == "live, approved" else article
    if state == "live, more scheduled":
        return publishing.schedule(article, changed(article), by=None, at=timezone.now() + DAY)
    return publishing.withdraw(article, by=None) if state == "withdrawn" else article
