"""What one person of the editor may see of the others' things, where Wagtail does not ask.

Wagtail's policies say who may touch what; this package carries their answers to the places that forget to ask:
choosers and the editor's API, references posted in forms, and the views of packages (`guard`).
"""
