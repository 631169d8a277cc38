"""Videos that stand on other servers: recognising their addresses, what their providers say of them, their facade.

Nothing of a provider reaches a visitor before they ask: `facade` shows a poster of our own and one button.
"""
