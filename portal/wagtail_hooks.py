from wagtail import hooks

from portal.blocks import portal_blocks
from portal.samples import map_of_the_poles

hooks.register("home_blocks", portal_blocks)
hooks.register("style_guide_samples", map_of_the_poles)
