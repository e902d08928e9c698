"""Where the links of a text lead."""

from dataclasses import dataclass

from articles.importers.wordpress.text.addresses import (
    OldSite,
    absolute,
    is_behind_login,
    is_file,
    is_picture_file,
    one_spelling,
)
from articles.importers.wordpress.text.markup import own_value
from articles.importers.wordpress.text.resolver import Resolver
from articles.importers.wordpress.text.result import Findings, Kind


@dataclass(frozen=True, slots=True)
class Links:
    site: OldSite
    # Where the text stood.
    address: str
    resolver: Resolver
    findings: Findings

    def target(self, href: str) -> str | None:
        """Where a link leads now; None if it is none any more."""
        made = own_value(href)
        if made is not None or not href.strip() or href.startswith("#"):
            return made if made is not None else href
        address = absolute(href, self.address)
        own = self.site.own(address)
        if own is None and not self.site.is_media(address):
            return address if address.startswith(("http://", "https://")) else href
        if own is not None and is_behind_login(own):
            self.findings.leave_out(Kind.LINK, "for people who are logged in", address)
            return None
        return self._present(address, own)

    def _present(self, address: str, own: str | None) -> str:
        page, sign, fragment = address.partition("#")
        if sign and fragment and self._is_here(page):
            return f"#{fragment}"
        if is_file(page):
            self.findings.files_linked.setdefault(page)
        found = self.resolver.link(one_spelling(page))
        if found is not None:
            return found + (f"#{fragment}" if fragment and "#" not in found else "")
        if own is not None:
            self.findings.links_not_found.setdefault(own)
        return own if own is not None else address

    def _is_here(self, page: str) -> bool:
        here = self.site.own(self.address) if self.address else None
        own = self.site.own(page)
        return here is not None and own is not None and own.rstrip("/") == here.rstrip("/")

    def is_of_picture(self, href: str, rel: str) -> bool:
        """Whether a link around a picture leads to that picture's file or page, and so says nothing here."""
        address = absolute(href, self.address)
        if is_picture_file(address) or "attachment" in rel:
            return True
        return self.site.own(address) is not None and self.resolver.is_picture_page(one_spelling(address))
