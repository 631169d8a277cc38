from wagtail import hooks

from search.samples import search_results

hooks.register("style_guide_samples", search_results)
