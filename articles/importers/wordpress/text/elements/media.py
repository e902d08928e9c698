"""Sounds, films and frames: an embed of a known provider, else a paragraph with a link."""

from dataclasses import dataclass
from html import escape

from articles.body.links import host_of
from articles.importers.wordpress.text.addresses import absolute, file_name, split
from articles.importers.wordpress.text.markup import element
from articles.importers.wordpress.text.options import Words
from articles.importers.wordpress.text.resolver import Document, Resolver
from articles.importers.wordpress.text.result import Findings, Kind

from .links import Links
from .own_lines import embed_at

LONGEST_TYPE = 5
LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True)
class Media:
    links: Links
    resolver: Resolver
    findings: Findings
    words: Words

    def frame(self, address: str, title: str = "") -> str:
        address = absolute(address, self.links.address)
        embed = embed_at(address)
        if embed:
            return embed
        host = host_of(address)
        self.findings.leave_out(Kind.FRAME, host or "without address", address)
        if not host:
            return ""
        text = escape(self.words.frame.format(" ".join(title.split())[:LONGEST_TITLE] or host))
        return element("p", {}, element("a", {"href": self.links.target(address) or address}, text))

    def sound(self, address: str, attachment: str) -> str:
        return self._file(address, attachment, self.words.listen)

    def film(self, address: str, attachment: str) -> str:
        return self._file(address, attachment, self.words.watch)

    def _file(self, address: str, attachment: str, label: str) -> str:
        address = absolute(address, self.links.address) if address else ""
        embed = embed_at(address)
        if embed:
            return embed
        document = self.document(address, attachment)
        if not document.address:
            self.findings.leave_out(Kind.ELEMENT, "sound or film without address", attachment or address)
            return ""
        name = file_name(document.address) or file_name(address) or host_of(address)
        link = element("a", {"href": document.address}, escape(label.format(name)))
        return element("p", {}, link + described(document))

    def document(self, address: str, attachment: str) -> Document:
        """The file where it is now, or where it was if it is not to be had."""
        if self.links.site.own(address) or self.links.site.is_media(address):
            self.findings.documents.setdefault(address)
        found = self.resolver.document(address, attachment)
        if found is not None:
            return found
        target = self.links.site.own(address) or (address if host_of(address) else "")
        return Document(target, type_of(address))


def described(document: Document) -> str:
    told = ", ".join(filter(None, [document.type, document.size]))
    return escape(f" ({told})") if told else ""


def type_of(address: str) -> str:
    parts = split(address)
    ending = parts.path.rpartition(".")[2] if parts and "." in file_name(address) else ""
    return ending.upper() if ending.isalnum() and len(ending) <= LONGEST_TYPE else ""
