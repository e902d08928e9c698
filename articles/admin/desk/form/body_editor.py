"""The editor for bodies: CKEditor 4 with a strict configuration, and how bodies go into it and come out of
it.

Its filters are no protection; `articles.body.sanitise` on the server is. They only keep out what would be
removed from the text later.
"""

import re

from ckeditor.widgets import CKEditorWidget
from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.urls import reverse

from articles.body import is_html, sanitise
from articles.body.embeds import KNOWN_HOSTS
from articles.images import ROLES, rendition_url, renditions_for
from articles.models import Image
from articles.publishing.shared.prepared_body import image_ids

# A novel has a million characters and ten thousand paragraphs; what has more is a mistake of the clipboard.
LONGEST = 2_500_000
MOST_PIECES = 50_000
IMG = re.compile(r'<img\b[^>]*?\bdata-image="(\d{1,18})"[^>]*>')
OPENING = re.compile(r"<[a-zA-Z]")
SRC = re.compile(r'\s(?:src|width|height)="[^"]*"')

ALLOWED = (
    "strong em s sub code pre ul blockquote cite hr br wbr mark thead tbody tr caption table figcaption;"
    "h1 h5 h6; h2[id]; h3[id]; h4[id]; p[id]; sup[id]; li[id,value]; ol[start,reversed,type];"
    "abbr[!title]; a[!href,title,id];"
    "th[scope,colspan,rowspan]; td[colspan,rowspan];"
    "p h2 h3 h4 blockquote ul ol li th td caption figcaption span[lang,dir];"
    "aside(facts,summary); figure(wide,start,end,gallery,pair);"
    "img[!src,alt,width,height,data-image,data-decorative]"
)

# autogrow and iframe areas are left out, because the text is an element of the page itself (divarea) and
# grows with it. CKEditor's own pictures are left out, because figures are a plugin of ours.
CONFIG = {
    "toolbar": [
        ["Format", "Bold", "Italic", "-", "Link", "Unlink", "-", "BulletedList", "NumberedList"],
        [
            "Blockquote",
            "DeskSource",
            "DeskSummary",
            "DeskFacts",
            "-",
            "DeskPicture",
            "Table",
            "HorizontalRule",
        ],
        ["RemoveFormat", "DeskTypography", "DeskNote", "-", "Undo", "Redo", "-", "Source"],
    ],
    "format_tags": "p;h2;h3",
    "extraPlugins": "divarea,newsroom",
    "removePlugins": (
        "wysiwygarea,image,image2,uploadimage,uploadwidget,iframe,iframedialog,flash,forms,preview,print,"
        "newpage,save,templates,codesnippet,codesnippetgeshi,smiley,exportpdf,scayt,wsc,easyimage,"
        "cloudservices,language,bidi,div,pagebreak,font,colorbutton,colordialog,copyformatting,stylescombo,"
        "about,pastefromgdocs,elementspath,resize,maximize,tableselection,tableresize,magicline,liststyle,"
        "filebrowser,showborders"
    ),
    "allowedContent": ALLOWED,
    "disallowedContent": "*[on*]; *{*}",
    "clipboard_handleImages": False,
    "disableNativeSpellChecker": False,
    "entities": False,
    "basicEntities": True,
    "linkShowTargetTab": False,
    "linkShowAdvancedTab": False,
    "removeDialogTabs": "link:advanced;link:target;table:advanced",
    "title": "Body",
    "applicationTitle": "The body and its buttons",
    "height": "auto",
    "width": "100%",
    "toolbarCanCollapse": False,
    "startupShowBorders": False,
}


class BodyWidget(CKEditorWidget):
    """A textarea that works by itself and becomes the editor once its script is there."""

    def __init__(self, **kwargs):
        super().__init__(template_name="admin/desk/body_widget.html", **kwargs)
        self.config = {"skin": "moono-lisa", **CONFIG}
        self.attrs["data-embeds"] = " ".join(KNOWN_HOSTS)

    def build_attrs(self, base_attrs, extra_attrs=None):
        addresses = {
            "data-paste": reverse("admin:articles_desk_paste"),
            "data-links": reverse("admin:articles_desk_links"),
            "data-typography": reverse("admin:articles_desk_typography"),
            "data-longest": LONGEST,
        }
        return addresses | super().build_attrs(base_attrs, extra_attrs)

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        # A text that is too long to be cleaned is shown as source, because the editor must not get it
        # unclean.
        context["widget"]["is_source"] = bool(excess(value or ""))
        return context

    def _render(self, template_name, context, renderer=None):
        # By default Django finds widgets' templates apart from the site's. This one is one of the site's.
        return render_to_string(template_name, context)


class BodyField(forms.CharField):
    def __init__(self, **kwargs):
        super().__init__(required=False, strip=False, widget=BodyWidget, **kwargs)

    def bound_data(self, data, initial):
        # A text that was not saved is shown again in the editor, which runs in the admin: so it is cleaned
        # first.
        text = self.to_python(data)
        return text if excess(text) else for_editor(sanitise(text))

    def has_changed(self, initial, data):
        # The editor may write the same text with other HTML, so the cleaned texts are compared.
        return sanitise(self.to_python(data)) != sanitise(initial or "")

    def to_python(self, value):
        return paragraphs((value or "").replace("\x00", ""))

    def run_validators(self, value):
        """Check only the size. Django's validator for NUL is not needed, because to_python() has removed
        them."""
        if sentence := excess(value):
            raise ValidationError(sentence, code="long")


def excess(text):
    """Why the text is too long for one article; empty if it is not. Finds that out without parsing it."""
    if len(text) > LONGEST:
        return (
            f"This text has {len(text):,} characters with its markup; {LONGEST:,} is the most that one"
            " article takes. Make two articles of it."
        )
    pieces = sum(1 for _ in OPENING.finditer(text)) if text.count("<") > MOST_PIECES else 0
    if pieces <= MOST_PIECES:
        return ""
    return (
        f"This text is made of {pieces:,} pieces: paragraphs, list items, cells of tables, words in italics."
        f" {MOST_PIECES:,} is the most that one article takes. Take out what was pasted by mistake, or make"
        " several articles of it."
    )


def paragraphs(text):
    """Make a paragraph of each block of lines in plain text, which is what one types if no script runs."""
    if is_html(text) or "\n" not in text:
        return text
    text = text.replace("<", "&lt;")
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return "\n".join(f"<p>{block}</p>".replace("\n", "<br>") for block in blocks)


def for_editor(body):
    """The stored body with today's address of each picture, so that the editor can show it."""
    return all_for_editor([body])[0]


def all_for_editor(bodies):
    """The same for several bodies, in one query."""
    images = Image.objects.in_bulk({number for body in bodies for number in image_ids(body)})

    def shown(found):
        image = images.get(int(found[1]))
        if image is None:
            return found[0]
        bare = SRC.sub("", found[0])[4:]
        return f'<img src="{desk_address(image)}" width="{image.width}" height="{image.height}"{bare}'

    return [IMG.sub(shown, body) for body in bodies]


def desk_address(image, *, width=720):
    """The address of the rendition whose width is nearest to that width. It is one that readers get too."""
    choices = renditions_for(image.source, [ROLES["figure"]])
    modern = [rendition for rendition in choices if rendition.format == "webp"] or choices
    return rendition_url(min(modern, key=lambda rendition: abs(rendition.width - width)))
