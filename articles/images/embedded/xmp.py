"""XMP: an XML document in the file. It is parsed by defusedxml, so that it defines no entities and reads no
files."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from defusedxml import ElementTree
from PIL import Image

MOST_BYTES = 1_000_000
LONGEST = 2_000

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
_IPTC = "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}"
_RIGHTS = "{http://ns.adobe.com/xap/1.0/rights/}"
_NAMES = {
    "alt": f"{_IPTC}AltTextAccessibility",
    "caption": f"{_DC}description",
    "creator": f"{_DC}creator",
    "credit": f"{_PHOTOSHOP}Credit",
    "copyright": f"{_DC}rights",
    "origin": f"{_PHOTOSHOP}Source",
    "licence": f"{_RIGHTS}UsageTerms",
    "taken_on": f"{_PHOTOSHOP}DateCreated",
}


def xmp_of(image: Image.Image) -> dict[str, str]:
    document = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    data = document.encode() if isinstance(document, str) else bytes(document)
    data = data.strip(b"\x00 \t\r\n")
    if not data or len(data) > MOST_BYTES:
        return {}
    try:
        root = ElementTree.fromstring(data, forbid_dtd=True)
    except (SyntaxError, ValueError):  # not well-formed; a document type, an entity, an unknown coding
        return {}
    return {name: _said(root, tag)[:LONGEST].strip() for name, tag in _NAMES.items()}


def _said(root: Element, tag: str) -> str:
    """The text of a property, which is an attribute, an element, or a list in one: of several languages the
    one for all readers, of several people all."""
    for description in root.iter(f"{_RDF}Description"):
        if said := description.get(tag):
            return said
        if (element := description.find(tag)) is not None:
            return ", ".join(_listed(element))
    return ""


def _listed(element: Element) -> Iterator[str]:
    items = list(element.iter(f"{_RDF}li"))
    if not items:
        yield element.text or ""
    elif element.find(f"{_RDF}Alt") is not None:
        default = (item for item in items if item.get(_LANGUAGE) == "x-default")
        yield next(default, items[0]).text or ""
    else:
        yield from filter(None, (item.text for item in items[:10]))
