"""axe-core with every rule that its version knows, but those of level AAA: our aim is AA (RGAA 4.1, WCAG 2.2 AA)."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = Axe()
RULES = "axe.getRules().filter(rule => !rule.tags.includes('wcag2aaa')).map(rule => rule.ruleId)"
# axe does not judge a text that a drawing or a gradient may cover, or that is scrolled out of its box: ornaments are
# taken away first, and tables are made small enough to fit.
WITHOUT_ORNAMENTS = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
        *::before, *::after { content: none !important }
        .table { background: none !important }
        .table * { min-inline-size: 0 !important; padding: 0 !important; font-size: 3px !important }
    `);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""


OF_COLOURS = ("color-contrast", "link-in-text-block")


def violations(page: Page, *only: str, doubts: bool = True) -> list[str]:
    """One line a violation: the rule, where, and what axe says of it. A contrast it could not judge is one too, unless
    there are to be no `doubts`: the editor's own bars lie over one another.

    Of all rules, or of `only` some: a page by night has other colours, and nothing else.
    """
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(WITHOUT_ORNAMENTS)
        page.evaluate(AXE.axe_script)
    rules = {rule: {"enabled": not only or rule in only} for rule in page.evaluate(RULES)}
    found = AXE.run(page, options={"rules": rules, "resultTypes": ["violations", "incomplete"]}).response
    unjudged = [result for result in found["incomplete"] if doubts and result["id"] == "color-contrast"]
    return [
        f"{result['id']}: {' '.join(map(str, node['target'][0:1]))} – {node['failureSummary'].splitlines()[-1].strip()}"
        for result in (*found["violations"], *unjudged)
        for node in result["nodes"]
    ]
