"""What a browser sends from the desk: every field of the form as it was shown, with some changed."""

from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser


def fields(response, **changes):
    """Of the form in the page; a field that the page does not have is refused, as a browser could not fill it."""
    form = LexborHTMLParser(response.content.decode()).css_first("#article_form")
    found = {}
    for node in form.css("input, textarea, select"):
        name, kind = node.attributes.get("name"), node.attributes.get("type")
        if not name or kind == "file":
            continue
        if kind in ("checkbox", "radio") and "checked" not in node.attributes:
            continue
        if node.tag == "textarea":
            found[name] = (node.text() or "").removeprefix("\n")
        elif node.tag == "select":
            chosen = node.css_first("option[selected]") or node.css_first("option")
            found[name] = chosen.attributes.get("value") or ""
        else:
            found[name] = node.attributes.get("value") or ("on" if kind == "checkbox" else "")
    unknown = (
        {name for name in changes if not name.startswith("_")}
        - set(found)
        - {"lead_file", "lead_in_library", "reason"}
    )
    assert not unknown, f"the form has no field {unknown}"
    return found | changes


def add_address():
    return reverse("admin:articles_article_add")


def change_address(article):
    return reverse("admin:articles_article_change", args=[article.pk])


def write(client, article=None, **changes):
    """Open the form, change fields, press the button that `changes` names (or Save)."""
    address = change_address(article) if article else add_address()
    return client.post(address, fields(client.get(address), **changes))


def buttons(response):
    tree = LexborHTMLParser(response.content.decode())
    return {node.attributes["name"] for node in tree.css("#article_form button[name]:not([form])")}


def errors(response):
    """The messages of the form by the field under which they stand."""
    tree = LexborHTMLParser(response.content.decode())
    return {node.attributes["data-errors-of"]: node.text(strip=True) for node in tree.css("[data-errors-of]")}
