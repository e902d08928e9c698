"""The page of a front's board: showing it, publishing, scheduling, cancelling it and bringing it back."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from articles.admin.desk.endpoints.linking import described
from articles.admin.desk.times import spoken
from articles.fronts.composition import arranged
from articles.fronts.layouts import LAYOUTS, MOST_PLACES
from articles.models import BoardVersion, Section
from articles.publishing import Problem, Refused
from articles.publishing.boards import bring_back_board, cancel_board, publish_board
from articles.publishing.merged_boards import Conflicting, publish_merged_board
from articles.publishing.rights.of_fronts import may_lay_out
from articles.publishing.shared.locks import tried_again
from articles.publishing.shared.versions import Outdated

from .form import OF_A_PLACE, BoardForm, form_of, moved
from .merging import said_of_merge, tell_of_conflict

PAPER = "paper"
SHOWN = 30
LAYOUT_NAMES = {key: [place.name for place in layout.places] for key, layout in LAYOUTS.items()}


def front_of(request, which):
    """The section of the front, None for the paper's own; PermissionDenied if it is not the person's."""
    section = None
    if which != PAPER:
        section = Section.objects.select_related("parent").filter(pk=number_in(which)).first()
        if section is None:
            raise Http404
    if not may_lay_out(request.user, section):
        raise PermissionDenied("Fronts are laid out by those who may publish in all of their sections.")
    return section


def number_in(text):
    """0 if it is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0


def address_of(section):
    return reverse("admin:articles_board_front", args=[PAPER if section is None else section.pk])


def board_view(request, site, which):
    section = front_of(request, which)
    if request.method != "POST":
        form, opened = fresh_form(request, section)
        return page(request, site, section, form, opened=opened)
    if "move" in request.POST:
        data = moved(request.POST, request.POST["move"])
        return page(request, site, section, BoardForm(data, section=section, user=request.user))
    if "cancel" in request.POST or "bring_back" in request.POST:
        return act_on_version(request, section)
    form = BoardForm(request.POST, section=section, user=request.user)
    if form.is_valid() and take(request, section, form):
        return HttpResponseRedirect(address_of(section))
    return page(request, site, section, form)


def fresh_form(request, section):
    """The form, and the version that was asked for; None if it has what readers have."""
    versions = BoardVersion.objects.of(section)
    shown = versions.filter(number=number_in(request.GET.get("version", ""))).first()
    counts = versions.out().first()
    seen = {"version": newest_number(section), "opened": counts.number if counts else 0}
    form = form_of(shown or counts, initial=seen, section=section, user=request.user)
    return form, shown


def newest_number(section):
    newest = BoardVersion.objects.of(section).first()
    return newest.number if newest else 0


def take(request, section, form):
    """Publish or schedule the board; False if it was refused, which the form then says."""
    data = form.cleaned_data
    is_scheduled = "_schedule" in request.POST
    try:
        if is_scheduled and data["at"] is None:
            raise Refused([Problem("at", "Choose the day and the time at which it goes out.")])
        if data["at"] is not None and not is_scheduled:
            raise Refused([Problem("at", "Press Schedule for this time, or empty it to publish now.")])
        said = schedule(request, section, form) if is_scheduled else publish(request, section, form)
    except Conflicting as conflict:
        tell_of_conflict(form, conflict)
    except Outdated:
        tell_of_newer(form, section)
    except Refused as refusal:
        form.refuse(refusal)
    else:
        messages.success(request, said)
    return not form.errors


def schedule(request, section, form):
    at = form.cleaned_data["at"]
    tried_again(
        partial(publish_board, *what_is_chosen(section, form), **by_whom(request, section, form), at=at)
    )
    return f"It goes out on {spoken(at)}."


def publish(request, section, form):
    """Publish it, together with what others have published meanwhile if the form says on which version it was
    opened."""
    chosen, more = what_is_chosen(section, form), by_whom(request, section, form)
    opened = form.cleaned_data["opened"]
    if opened is None:
        tried_again(partial(publish_board, *chosen, **more))
        return "It is out."
    version, merged = tried_again(partial(publish_merged_board, *chosen, **more, opened=opened))
    seen = {"expected": more["expected"], "version": version.number}
    return "It is out." + (said_of_merge(merged, section, **seen) if merged else "")


def what_is_chosen(section, form):
    return section, form.cleaned_data["layout"], form.filled()


def by_whom(request, section, form):
    blocks = form.blocks() if section is None else ()
    return {"by": request.user, "expected": form.cleaned_data["version"], "blocks": blocks}


def tell_of_newer(form, section):
    newest = BoardVersion.objects.of(section).select_related("by").first()
    if newest is None:
        # As after a restore of an older backup.
        told = "The board that you opened is not there any more."
    else:
        told = format_html(
            "{} has published this front on {}, after you opened it: <a href='?version={}'>version {}</a>.",
            newest.who,
            spoken(newest.at),
            newest.number,
            newest.number,
        )
    more = "What you chose is below and not out. Publish it once more to put it in its place."
    form.add_error(None, format_html("{} {}", told, more))
    # The editor has been told, so publishing once more is allowed.
    form.data = form.data.copy()
    form.data["version"] = newest.number if newest else 0
    counts = BoardVersion.objects.of(section).out().first()
    form.data["opened"] = counts.number if counts else 0


def act_on_version(request, section):
    """Bring an older version back, or cancel one that is scheduled."""
    is_cancelled = "cancel" in request.POST
    number = number_in(request.POST["cancel" if is_cancelled else "bring_back"])
    seen = number_in(request.POST.get("version", ""))
    version = BoardVersion.objects.of(section).filter(number=number).first()
    if version is None:
        raise Http404
    try:
        if is_cancelled:
            tried_again(partial(cancel_board, version, by=request.user))
            messages.success(request, f"{version} will not go out.")
        else:
            tried_again(partial(bring_back_board, version, by=request.user, expected=seen))
            messages.success(request, f"{version} is out again.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(address_of(section))


def page(request, site, section, form, *, opened=None):
    versions = BoardVersion.objects.of(section).select_related("by", "cancelled_by")
    now, counts = timezone.now(), versions.out().first()
    context = {
        **site.each_context(request),
        "title": f"Front: {section}" if section else "Front of the paper",
        "section": section,
        "front_url": section.get_absolute_url() if section else "/",
        "which": PAPER if section is None else section.pk,
        "form": form,
        "slots": slots_of(form),
        "blocks": blocks_of(form) if section is None else [],
        "layouts": LAYOUTS.values(),
        "layout_names": LAYOUT_NAMES,
        "chosen_layout": form["layout"].value(),
        "counts": counts,
        "opened": opened if opened != counts else None,
        "to_come": list(versions.to_come(now)),
        "versions": list(versions[:SHOWN]),
        "zone": timezone.get_default_timezone_name(),
    }
    request.current_app = site.name
    return TemplateResponse(request, "admin/fronts/board.html", context)


def slots_of(form):
    """What the page shows of each place: its number, its fields, and what the desk says of the article."""
    names = LAYOUT_NAMES.get(form["layout"].value(), ())
    for place in range(MOST_PLACES):
        fields = {name: form[f"{name}_{place}"] for name in OF_A_PLACE}
        story = form.stories.get(place)
        yield {
            "place": place,
            "name": names[place] if place < len(names) else "",
            "story": described(story) if story else {},
            "is_open": any(fields[name].value() or fields[name].errors for name in OF_A_PLACE[1:]),
            **fields,
        }


def blocks_of(form):
    """The departments in the order of their blocks, each with whether it is hidden."""
    chosen = form.blocks()
    departments = [(section, ()) for section in Section.objects.top()]
    hidden = {number for number, is_hidden in chosen if is_hidden}
    in_order = arranged(departments, [(number, False) for number, _ in chosen])
    return [(section, section.pk in hidden) for section, _ in in_order]
