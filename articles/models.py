from articles.index_page import ArticleIndexPage
from articles.page import ArticlePage, ArticleTopic, RelatedArticle

__all__ = ["ArticleIndexPage", "ArticlePage", "ArticleTopic", "RelatedArticle"]
