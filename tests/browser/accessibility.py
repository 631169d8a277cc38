"""axe-core with every rule that its version knows, but those of level AAA: our aim is AA (RGAA 4.1, WCAG 2.2 AA)."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = Axe()
RULES = "axe.getRules().filter(rule => !rule.tags.includes('wcag2aaa')).map(rule => rule.ruleId)"


def violations(page: Page) -> list[str]:
    """One line a violation: the rule, where, and what axe says of it. Only rules that really ran count as passed."""
    page.evaluate(AXE.axe_script)
    rules = {rule: {"enabled": True} for rule in page.evaluate(RULES)}
    found = AXE.run(page, options={"rules": rules, "resultTypes": ["violations"]}).response
    return [
        f"{violation['id']}: {' '.join(node['target'][0:1])} – {node['failureSummary'].splitlines()[-1].strip()}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
