"""The Content-Security-Policy that a page carries in itself, read as a browser reads it."""

from articles.page_assets import sha256_source


def own_policy(page):
    """Directive → sources. Fails unless the policy stands where it governs everything that the page holds."""
    charset, said = page.css("head > *")[:2]
    assert charset.attributes == {"charset": "utf-8"}
    assert said.attributes["http-equiv"] == "Content-Security-Policy"
    directives = (part.strip().partition(" ") for part in said.attributes["content"].split(";"))
    return {name: sources.split() for name, _, sources in directives}


def hashes_in(page):
    """Those of the scripts and of the styles that stand in the page, in order."""
    scripts = [
        sha256_source(node.text())
        for node in page.css("script")
        if node.attributes.get("type") != "application/ld+json"
    ]
    return scripts, [sha256_source(node.text()) for node in page.css("style")]
