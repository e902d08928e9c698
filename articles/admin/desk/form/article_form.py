"""The form of an article: checks what an editor types and makes a `Content` of it."""

import json
import uuid

from django import forms
from django.urls import reverse

from articles.body import as_stored
from articles.conf import languages
from articles.models import Article, Correction, Image, Section
from articles.models.articles.article import Direction
from articles.models.articles.kinds import Kind
from articles.publishing import BylineContent, Content, Problem
from articles.publishing.article.content.named_rows import moved_to
from articles.publishing.article.content.slugs import slug_from
from articles.publishing.article.merging.older_forms import token_of
from articles.publishing.article.scheduling.saved_times import times_of
from articles.publishing.rights.of_articles import chosen_from
from articles.publishing.rights.reach import Reach, within

from .body_editor import BodyField, for_editor
from .fields import (
    MOST_TAGS,
    BylinesField,
    PinnedField,
    TagsField,
    TextField,
    WebAddressField,
    standing_tags,
)
from .names_gone import lost_pictures, named_lately, replaced
from .times_form import AGAIN, TimesForm, times_as_shown

CONTENT_FIELDS = (
    "headline",
    "kicker",
    "standfirst",
    "body",
    "slug",
    "language",
    "direction",
    "kind",
    "reviewed",
    "meant",
)
SEARCH_FIELDS = ("search_title", "search_description", "canonical_url")
# For problems whose field has another name on the form than in the verbs.
PROBLEM_OF = {"alt": "lead_alt", "caption": "lead_caption", "credit": "lead_credit", "focus": "lead_focus_x"}
WORDS = ("alt", "caption", "credit")
GONE = "This picture is no longer in the library; choose another."
FIELD_OF_PROBLEM = {"text": "correction_text", "lead_image": "lead_alt"}


def growing(rows=1, **attrs):
    return forms.Textarea(attrs={"rows": rows, "data-grow": "", **attrs})


class DeskForm(TimesForm):
    uid = forms.UUIDField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    # What the form showed of the article besides its text: see publishing/article/merging/older_forms.py.
    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    kicker = TextField(max_length=80, widget=forms.TextInput(attrs={"placeholder": "Kicker"}))
    headline = TextField(
        max_length=300, widget=growing(placeholder="Headline", **{"data-single-line": ""}), label="Headline"
    )
    standfirst = TextField(
        single_line=False,
        max_length=2000,
        widget=growing(placeholder="Standfirst: one or two sentences that say what the story is"),
    )
    body = BodyField()

    section = forms.ModelChoiceField(
        Section.objects.select_related("parent"),
        required=False,
        empty_label="No section yet",
        error_messages={
            "invalid_choice": "This section is not one of yours, or is not there any more; choose another."
        },
    )
    tags = TagsField(help_text="Separated by commas.")
    bylines = BylinesField(help_text="One name a line, in order; a role before a colon.")

    pinned = PinnedField(
        label="Related articles", help_text="Shown first; like articles follow. One address a line."
    )

    lead_image = forms.ModelChoiceField(
        Image.objects.all(),
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": GONE},
    )
    lead_file = forms.FileField(
        required=False, widget=forms.FileInput(attrs={"accept": "image/*"}), label="Choose a picture"
    )
    lead_alt = TextField(max_length=500, label="Alt text", widget=growing(rows=2))
    lead_caption = TextField(single_line=False, max_length=5000, label="Caption", widget=growing(rows=1))
    lead_credit = TextField(max_length=200, label="Credit")
    lead_focus_x = forms.IntegerField(required=False, min_value=0, max_value=100, label="from the left")
    lead_focus_y = forms.IntegerField(required=False, min_value=0, max_value=100, label="from the top")
    # Whether the words that are typed here become those of the library too.
    lead_in_library = forms.BooleanField(required=False, label="Put these words into the library too")
    # The lead picture and its words as the form showed them, as JSON of picture_as_shown().
    lead_shown = forms.CharField(required=False, widget=forms.HiddenInput)

    # The pictures in the text, by number, without words that say what they show, when readers should get it.
    alt_asked = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)

    slug = TextField(
        max_length=300,
        widget=forms.TextInput(
            attrs={"placeholder": "made from the headline", "aria-describedby": "desk-address"}
        ),
    )
    language = forms.ChoiceField(choices=languages, required=False)
    direction = forms.ChoiceField(choices=Direction.choices, required=False)
    kind = forms.ChoiceField(choices=Kind.choices, required=False)
    reviewed = TextField(max_length=200, label="What is reviewed", help_text="The book, the film, the place.")
    rating = forms.TypedChoiceField(
        choices=[("", "none"), *((number, f"{'★' * number} {number} of 5") for number in range(1, 6))],
        coerce=int,
        empty_value=None,
        required=False,
    )
    search_title = TextField(max_length=200, label="Title in results")
    search_description = TextField(max_length=320, label="Description", widget=growing(rows=2))
    canonical_url = WebAddressField(
        required=False, max_length=500, assume_scheme="https", label="First published at"
    )
    # No checkbox: what is typed is kept and merged by the values of fields.
    noindex = forms.TypedChoiceField(
        choices=[("", "may list it"), ("1", "are asked to leave it out")],
        coerce=bool,
        empty_value=False,
        required=False,
        label="Search engines",
    )

    meant = TextField(
        max_length=300,
        label="Meant as written",
        help_text="Words such as TK that are no leftovers in this article, separated by commas.",
    )

    correction_kind = forms.ChoiceField(choices=Correction.Kind.choices, required=False, label="Kind")
    correction_text = TextField(
        single_line=False, max_length=5000, label="What was wrong and what is right", widget=growing(rows=3)
    )
    reason = TextField(max_length=250, label="Why, for colleagues")
    why_back = TextField(
        single_line=False, max_length=5000, label="What has to be done first?", widget=growing(rows=2)
    )

    def __init__(self, *args, user, article=None, **kwargs):
        self.user, self.article = user, article
        # Sentences for the editor, and whether what is saved differs from what was typed.
        self.notes, self.is_amended = [], False
        super().__init__(*args, **kwargs)
        self.fields["section"].queryset = self.sections()
        for field in self.fields.values():
            field.widget.attrs.setdefault("autocomplete", "off")
        self.dress()

    def sections(self):
        """Those into which the person may put the article, and the one that it names now."""
        chosen = chosen_from(self.user, self.article)
        now = (
            {Content.newest(self.article).section_id} if chosen.sections is not None and self.article else ()
        )
        return within(chosen | Reach(frozenset(now)))

    def dress(self):
        """Add the attributes that the form's scripts read."""
        for name, attrs in script_attributes(self.user).items():
            self.fields[name].widget.attrs.update(attrs)
        for name in ("kicker", "headline", "standfirst", "body"):
            self.fields[name].widget.attrs |= {"lang": self["language"].value() or "", "dir": "auto"}
        if self.article is None and not self.is_bound:
            self.fields["headline"].widget.attrs["autofocus"] = True

    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        if not slug or (self.article and slug == self.article.slug):
            return slug
        return slug_from(slug)

    def clean_body(self):
        """Parse the body here, once and before the verbs run. A long text takes seconds, and the verbs hold
        locks."""
        previous = Content.newest_body(self.article) if self.article else ""
        made = as_stored(self.cleaned_data["body"], previous)
        self.notes += filter(None, [*made.notes, lost_pictures(made.html)])
        self.cleaned_line = made.cleaned
        return made.html

    def clean_tags(self):
        names, new = standing_tags(self.cleaned_data["tags"])
        lately = named_lately(self.article) if new else ()
        if gone := [name for name in new if name.lower() in lately]:
            names, told = replaced(names, gone, self.article)
            self.notes += told
            self.is_amended = True
        new = [name for name in new if name not in gone]
        for name in new:
            self.refuse_if_merged(name)
        if new and not self.user.has_perm("articles.add_tag"):
            raise forms.ValidationError(
                f"“{new[0]}” is not a tag yet, and you may not make new ones. Choose one that is there."
            )
        return names

    def refuse_if_merged(self, name):
        """Refuse a tag that was merged: a new article's form may name it, and would make it again."""
        if tag := moved_to(name):
            raise forms.ValidationError(
                f"There is no tag “{name}”; what had its address is “{tag}” now. Choose that one, or add"
                " the tag under Tags first."
            )

    def clean_pinned(self):
        numbers = self.cleaned_data["pinned"]
        if self.article and self.article.pk in numbers:
            raise forms.ValidationError("This is the article itself; take it out.")
        return numbers

    def clean_lead_file(self):
        file = self.cleaned_data["lead_file"]
        if file and not self.user.has_perm("articles.add_image"):
            raise forms.ValidationError(
                "You may not add pictures to the library; choose one that is there.", code="permission"
            )
        return file

    def add_problems(self, problems):
        for problem in problems:
            name = FIELD_OF_PROBLEM.get(problem.field, problem.field)
            self.add_error(name if name in self.fields else None, problem.message)

    def choose_picture(self, image):
        """Put the uploaded picture, which is in the library now, into the form. So the form still has it if
        it is shown again."""
        self.data = self.data.copy()
        self.data["lead_image"] = str(image.pk)
        self.cleaned_data |= {"lead_image": image, "lead_file": None}

    def asks_about(self, images):
        """Have the form's script ask what the first of these pictures shows."""
        self.data = self.data.copy()
        self.data["alt_asked"] = " ".join(str(image.pk) for image in images)[:2000]

    @property
    def section_number(self):
        section = self.cleaned_data["section"]
        return section and section.pk

    def content(self):
        """What was typed, as a value."""
        data = self.cleaned_data
        typed = {name: data[name] or "" for name in (*CONTENT_FIELDS, *SEARCH_FIELDS)}
        return Content(
            **{**typed, "direction": typed["direction"] or "auto", "kind": typed["kind"] or Kind.NEWS.value},
            rating=data["rating"],
            noindex=data["noindex"],
            section_id=self.section_number,
            **self.lead(),
            tags=data["tags"],
            bylines=data["bylines"],
            pinned=data["pinned"],
        )

    def content_so_far(self):
        """What was typed. A field that is wrong has what was saved last. Call it after is_valid()."""
        if self.errors:
            self.cleaned_data = self.saved_values() | self.cleaned_data
        return self.content()

    def saved_values(self):
        saved = Content.newest(self.article) if self.article else Content()
        image = Image.objects.filter(pk=saved.lead_image_id).first()
        names = (*CONTENT_FIELDS, *SEARCH_FIELDS, "rating", "noindex", "tags", "bylines", "pinned")
        section = Section.objects.filter(pk=saved.section_id).first()
        others = {"section": section, "lead_image": None, "lead_shown": "", "lead_in_library": False}
        others |= {f"lead_{word}": "" for word in WORDS} | lead_of(image, saved)
        return {name: getattr(saved, name) for name in names} | others

    def lead(self):
        """The lead picture and its words in this article, by the names of Content."""
        image = self.cleaned_data["lead_image"]
        if image is None:
            return {}
        return {"lead_image_id": image.pk} | {f"lead_{word}": self.own_word(word, image) for word in WORDS}

    def own_word(self, word, image):
        """A word as the article has it of its own; None if it is that of the library."""
        typed, shown = self.cleaned_data[f"lead_{word}"], self.shown_picture()
        if self.cleaned_data["lead_in_library"]:
            return None
        if shown.get("id") != image.pk:
            # The form has never shown the words of this picture, so an empty field says nothing.
            return typed if typed and typed != getattr(image, word) else None
        if typed == shown["own"].get(word):
            return typed
        return None if typed == shown.get(word) else typed

    def changed_picture(self, image):
        """What the editor wants to be changed of the picture in the library, by name: focus, and if that was
        chosen, alt, caption and credit. And the problems: what a colleague has changed as well, in another
        way."""
        data, present = self.cleaned_data, picture_as_shown(image)
        typed = {word: data[f"lead_{word}"] for word in WORDS if data["lead_in_library"]}
        if None not in (data["lead_focus_x"], data["lead_focus_y"]):
            typed["focus"] = [data["lead_focus_x"], data["lead_focus_y"]]
        shown = self.shown_picture()
        if shown.get("id") != image.pk:
            # Without a script, the fields still have the focal point of the picture before.
            if typed.get("focus") == shown.get("focus"):
                typed.pop("focus", None)
            shown = present
        changed = {
            name: value for name, value in typed.items() if value not in (shown.get(name), present[name])
        }
        problems = [
            Problem(
                PROBLEM_OF[name], f"Somebody has changed this meanwhile, to “{said(present[name])}”. {AGAIN}"
            )
            for name, value in changed.items()
            if present[name] not in (shown.get(name), value)
        ]
        if problems:
            self.data = self.data.copy()
            self.data["lead_shown"] = json.dumps(present | {"own": self.shown_picture().get("own", {})})
        return changed, problems

    def shown_picture(self):
        try:
            shown = json.loads(self.cleaned_data["lead_shown"] or "{}")
        except (ValueError, RecursionError):
            return {}
        is_known = isinstance(shown, dict) and isinstance(shown.get("own"), dict)
        return shown if is_known else {}


def said(value):
    return value if isinstance(value, str) else "{} from the left and {} from the top".format(*value)


def picture_as_shown(image, own=None):
    """The picture as the library has it, and the words that the article has of its own."""
    if image is None:
        return {}
    words = {word: getattr(image, word) for word in WORDS}
    return {"id": image.pk, **words, "focus": [image.focus_x, image.focus_y], "own": own or {}}


def script_attributes(user):
    upload = reverse("admin:articles_desk_upload") if user.has_perm("articles.add_image") else ""
    return {
        "kicker": {"aria-label": "Kicker"},
        "headline": {"aria-label": "Headline"},
        "standfirst": {"aria-label": "Standfirst"},
        "body": {"data-upload": upload, "data-picker": reverse("admin:articles_image_picker")},
        "bylines": {"data-suggestions": reverse("admin:articles_desk_authors")},
        "pinned": {"data-suggestions": reverse("admin:articles_desk_links")},
        "tags": {
            "data-suggestions": reverse("admin:articles_desk_tags"),
            "data-may-make": "1" if user.has_perm("articles.add_tag") else "",
            "data-most": MOST_TAGS,
        },
    }


def initial_of(content, article):
    """A form's initial values for what is stored."""
    image = Image.objects.filter(pk=content.lead_image_id).first() if content.lead_image_id else None
    values = {name: getattr(content, name) for name in (*CONTENT_FIELDS, *SEARCH_FIELDS)}
    return {
        **values,
        **lead_of(image, content),
        "rating": content.rating or "",
        "noindex": "1" if content.noindex else "",
        "body": for_editor(content.body),
        "section": content.section_id,
        "tags": content.tags,
        "bylines": content.bylines,
        "pinned": content.pinned,
        "uid": article.uid,
        "version": article.version,
        "seen": token_of(article),
        **times_of(article),
        "times_shown": times_as_shown(article),
    }


def lead_of(image, content):
    if image is None:
        return {}
    words = {word: getattr(content, f"lead_{word}") for word in WORDS}
    own = {word: value for word, value in words.items() if value is not None}
    return {
        "lead_image": image,
        **{f"lead_{word}": own.get(word, getattr(image, word)) for word in WORDS},
        "lead_focus_x": image.focus_x,
        "lead_focus_y": image.focus_y,
        "lead_shown": json.dumps(picture_as_shown(image, own)),
    }


def initial_of_new(user):
    """A new article has its writer's byline already."""
    author = getattr(user, "author", None)
    return {
        "bylines": (BylineContent(author.pk),) if author else (),
        "uid": uuid.uuid4(),
        "version": 0,
        "language": Article._meta.get_field("language").get_default(),
        "direction": Direction.AUTOMATIC,
        "kind": Kind.NEWS,
    }
