from wagtail import hooks

from portal.samples import map_of_the_poles

hooks.register("style_guide_samples", map_of_the_poles)
