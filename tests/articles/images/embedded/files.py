"""Pictures whose files say something in words."""

import struct

from PIL.PngImagePlugin import PngInfo

from tests.articles.images.samples import encoded, quarters

XMP = """<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 xmlns:iptc="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
 xmlns:rights="http://ns.adobe.com/xap/1.0/rights/" {attributes}>{properties}</rdf:Description>
</rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""


def with_iptc(fields, *, declared=b"", format="JPEG"):
    """A JPEG with these fields of record 2, number → bytes or a list of them."""
    records = [(1, 90, declared)] if declared else []
    for number, value in fields.items():
        records += [(2, number, each) for each in (value if isinstance(value, list) else [value])]
    block = b"".join(
        struct.pack(">BBBH", 0x1C, record, number, len(value)) + value for record, number, value in records
    )
    resource = b"8BIM" + struct.pack(">HHI", 0x0404, 0, len(block)) + block + b"\x00" * (len(block) % 2)
    segment = b"Photoshop 3.0\x00" + resource
    data = encoded(quarters(), format)
    return data[:2] + b"\xff\xed" + struct.pack(">H", len(segment) + 2) + segment + data[2:]


def with_xmp(properties="", attributes="", *, format="JPEG"):
    return with_document(XMP.format(properties=properties, attributes=attributes), format)


def with_document(document, format):
    if format != "PNG":
        return encoded(quarters(), format, xmp=document.encode())
    texts = PngInfo()
    texts.add_itxt("XML:com.adobe.xmp", document)
    return encoded(quarters(), format, pnginfo=texts)


def listed(name, kind, *items, language=""):
    inner = "".join(f"<rdf:li{language}>{item}</rdf:li>" for item in items)
    return f"<{name}><rdf:{kind}>{inner}</rdf:{kind}></{name}>"
