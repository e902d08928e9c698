"""Export files for tests: the project's own one, and small ones written by code."""

from pathlib import Path

from articles.importers.wordpress.reading import FileRefused, Limits, read, sources
from articles.importers.wordpress.records import Item

OWN = Path(__file__).parents[3] / "files" / "corpora" / "wxr" / "lantern.xml"
NAMESPACES = {
    "excerpt": "http://wordpress.org/export/1.2/excerpt/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "wp": "http://wordpress.org/export/1.2/",
}
# What the head of a file needs for it to be an export at all.
HEAD = "<wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://lantern.test</wp:base_blog_url>"


def export(*parts, head=HEAD, namespaces=NAMESPACES, begin="<?xml version='1.0' encoding='UTF-8'?>\n"):
    """The bytes of a file whose channel has these parts."""
    declared = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in namespaces.items())
    return (
        f'{begin}<rss version="2.0" {declared}>\n<channel>{head}\n{"".join(parts)}\n</channel></rss>'.encode()
    )


def element(name, text):
    return f"<{name}><![CDATA[{text}]]></{name}>"


def item(*parts, id=1, title="A title", body="A text.", type="post", status="publish", **fields):
    """An item. Fields are named as WordPress does, without `wp:`; parts are XML."""
    texts = {"post_id": id, "post_type": type, "status": status, **fields}
    inner = element("title", title) + element("content:encoded", body)
    inner += "".join(element(f"wp:{name}", text) for name, text in texts.items() if text is not None)
    return f"<item>{inner}{''.join(parts)}</item>\n"


def meta(key, value):
    return f"<wp:postmeta>{element('wp:meta_key', key)}{element('wp:meta_value', value)}</wp:postmeta>"


def category(slug, name, domain="category"):
    return f'<category domain="{domain}" nicename="{slug}"><![CDATA[{name}]]></category>'


def written(folder, data, name="export.xml"):
    path = folder / name
    path.write_bytes(data)
    return path


def records(*paths, limits=None, **options):
    limits = limits or Limits()
    return [
        record
        for source in sources(paths, limits=limits)
        for record in read(source, limits=limits, **options)
    ]


def items(*paths, **options):
    return [record for record in records(*paths, **options) if isinstance(record, Item)]


def refusal(*paths, **options):
    """Why the files are refused; an AssertionError if they are not."""
    try:
        records(*paths, **options)
    except FileRefused as error:
        return error
    raise AssertionError("the file was read")
