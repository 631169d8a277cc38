from django.utils.translation import gettext as _

from articles.models import ArticleIndexPage, ArticlePage
from core.seams import Missing, add_page_button

ENOUGH_ARTICLES = 3


def article_tasks(site, user):
    """What the dashboard says of articles: where to write one, and that a young site has too few."""
    tasks = add_page_button(site, user, ArticleIndexPage, ArticlePage, _("Write an article"), "edit", 10)
    articles = ArticlePage.objects.published().descendant_of(site.root_page)
    if articles[:ENOUGH_ARTICLES].count() < ENOUGH_ARTICLES:
        tasks.append(Missing(_("Publish three articles: a young site looks alive with them."), None, 90))
    return tasks
