"""A text of WordPress → the HTML of a body of ours. The steps are those of WordPress, in its order; the
sanitiser is the last one, and the only one that is trusted."""

import re

from articles.body import as_stored, notes_on

from .addresses import OldSite
from .autop import autop
from .blocks import fold_blocks, has_blocks
from .elements import rewritten, with_credits, with_own_lines
from .footnotes import DOUBLE_BRACKETS, Footnotes
from .languages import in_language
from .markup import CLASSIC, CONTROLS, FOOTNOTES, PLAIN, classic
from .options import Options
from .resolver import Resolver
from .result import Converted, Findings
from .shortcodes import fold_shortcodes, proven
from .shortcodes.names import Context

FIRST_FIGURE = re.compile(
    r'<figure(?: class="(?:wide|start|end)")?><img data-image="(\d+)"[^<>]*>'
    r"(?:<figcaption>(?:[^<]|<(?!/figcaption>))*</figcaption>)?</figure>\n?"
)


def convert(
    body: str,
    resolver: Resolver,
    *,
    site: OldSite,
    address: str = "",
    footnotes: str = "",
    lead: int | None = None,
    options: Options | None = None,
    with_html: bool = True,
) -> Converted:
    """`address` is where the text stood, `footnotes` the meta field of that name, `lead` the number of the
    image that is shown above the text: if the text begins with it too, it is shown once. Without its HTML,
    everything else is told of the text, in less time."""
    options = options or Options()
    findings = Findings()
    text = CONTROLS.sub("", body).replace("\r\n", "\n").replace("\r", "\n")
    text = in_language(text, options.language, findings)
    if options.has_footnote_marks:
        text = DOUBLE_BRACKETS.sub(r"[efn_note]\1[/efn_note]", text)
    html = _in_paragraphs(text, resolver, findings, Footnotes(footnotes), options)
    html = rewritten(
        with_own_lines(html),
        site=site,
        address=address,
        resolver=resolver,
        findings=findings,
        words=options.words,
    )
    if options.credit_from_caption:
        html = with_credits(html)
    return _result(html, lead, findings) if with_html else _told("", notes_on(html), findings)


def _in_paragraphs(
    text: str, resolver: Resolver, findings: Findings, notes: Footnotes, options: Options
) -> str:
    names = proven(text) | options.shortcodes
    html = fold_blocks(text, resolver, findings) if has_blocks(text) else classic(text)
    html = fold_shortcodes(html, names, Context(resolver, findings, notes))
    html = notes.with_list(autop(notes.with_marks(html)))
    for mark in (CLASSIC, PLAIN, FOOTNOTES):
        html = html.replace(mark, "")
    return html


def _result(html: str, lead: int | None, findings: Findings) -> Converted:
    made = as_stored(html)
    first = FIRST_FIGURE.match(made.html) if lead is not None else None
    lead_figure = first[0] if first and int(first[1]) == lead else ""
    if lead_figure:
        return _told(as_stored(str(made.html)[len(lead_figure) :]).html, made.notes, findings, lead_figure)
    return _told(made.html, made.notes, findings)


def _told(html: str, notes: tuple[str, ...], findings: Findings, lead_figure: str = "") -> Converted:
    return Converted(
        html=html,
        left_out=tuple(findings.left_out.values()),
        pictures=tuple(findings.pictures),
        documents=tuple(findings.documents),
        files_linked=tuple(findings.files_linked),
        links_not_found=tuple(findings.links_not_found),
        galleries=tuple(findings.galleries),
        pages=findings.pages,
        notes=notes,
        lead_figure=lead_figure,
    )
