from django.utils import timezone

from articles.models import PictureFailure, PressStatus, PrintFailure, Task

from .finding import wrong

SEE = "`python manage.py press status` says more."


def press():
    now = timezone.now()
    presses, given_up = PressStatus.objects.in_use_and_given_up(now)
    if not presses:
        yield wrong("No press has printed yet; start the server, or: python manage.py press run")
    for each in presses:
        if not each.is_running(now) or each.is_in_trouble(now):
            said = f"The press of {each.shelf}: {each.in_words(now)}. {each.error_in_words()}".rstrip()
            yield wrong(said, trouble=f"press of {each.shelf}")
    failures = PrintFailure.objects.without(given_up).count()
    pictures, tasks = PictureFailure.objects.count(), Task.objects.filter(tries__gt=0).count()
    if failures or pictures or tasks:
        yield wrong(
            f"{failures} pages can't be printed, {pictures} pictures can't be made and {tasks} changes of "
            f"many articles can't go on; {SEE}",
            trouble="printing",
        )
