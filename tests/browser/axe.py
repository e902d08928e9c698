"""What axe finds wrong with a page: the rules of WCAG that a program can check."""

from axe_playwright_python.base import AXE_SCRIPT

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# In the dark, nothing is different but the colours.
COLOURS = ["color-contrast"]
# Of what is right, axe would describe every element, which takes longer than to judge it.
JUDGED = """async ([options, leftOut]) => {
  const judged = leftOut.length ? { exclude: leftOut } : document;
  const { violations } = await axe.run(judged, { ...options, resultTypes: ["violations"], selectors: false });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => [id, html.slice(0, 160)]));
}"""
# Colours begin to change one frame after the scheme, and those of links would take a moment. A style sheet that is made by a
# script is no matter for the page's policy. A page that draws no frame, because another one is before it, is not waited for.
AT_ONCE = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("*, ::before, ::after { transition: none !important; animation: none !important }");
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  const frames = new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return Promise.race([frames, new Promise((done) => setTimeout(done, 1000))]);
}"""
# What stands on a page: what has the same name and the same classes has the same colours.
KINDS = "[...document.body.querySelectorAll('*')].map((each) => `${each.tagName} ${each.className}`)"
# What it would load besides are style sheets, whose own imports it does not find.
ALWAYS = {"preload": False}


def found_by_axe(page, rules, left_out=()):
    """A line for each element that breaks one of these rules. `left_out` are selectors of what is judged elsewhere."""
    page.evaluate(AT_ONCE)
    if page.evaluate("typeof axe == 'undefined'"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(JUDGED, [{**ALWAYS, "runOnly": rules}, list(left_out)])
    return [f"{rule}: {html}" for rule, html in found]
