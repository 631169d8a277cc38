from django import template

from core.querysets import HOME_LENGTH

register = template.Library()


@register.simple_tag(takes_context=True)
def pole_name(context, path: str) -> str:
    """The pôle of a page, by its path in the tree, in a list of several (`pole_names`: path of a home → name)."""
    return context.get("pole_names", {}).get(path[:HOME_LENGTH], "")
