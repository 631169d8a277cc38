from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, QueryDict


@dataclass(frozen=True)
class Pagination:
    """A page of a list, and the addresses of the others with the visitor's filters kept."""

    page: Page
    kept: QueryDict

    def address(self, number: int) -> str:
        query = self.kept.copy()
        if number > 1:
            query["page"] = number
        return f"?{query.urlencode()}" if query else "?"

    @property
    def current_query(self) -> str:
        """What to add to the list's address for this very page: "" for the first without filters."""
        address = self.address(self.page.number)
        return "" if address == "?" else address

    @property
    def previous_url(self):
        return self.address(self.page.previous_page_number()) if self.page.has_previous() else None

    @property
    def next_url(self):
        return self.address(self.page.next_page_number()) if self.page.has_next() else None

    @property
    def links(self) -> list[dict]:
        """Number, address and state of each link; a gap has no number."""
        return [
            {"number": number, "url": self.address(number), "is_current": number == self.page.number}
            if isinstance(number, int)
            else {"number": None}
            for number in self.page.paginator.get_elided_page_range(self.page.number, on_each_side=1, on_ends=1)
        ]


def paginate(request: HttpRequest, items, per_page: int, keep: dict[str, str] | None = None) -> Pagination:
    """Cut `items` into pages and choose the one that `?page=` asks for.

    A page past the end gives the last one, anything that is no page number (letters, 20 digits) the first.
    `keep` holds the other query parameters that the list declares, as the visitor gave them, once cleaned.
    """
    paginator = Paginator(items, per_page)
    number = request.GET.get("page", "1")
    number = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 1
    number = min(max(number, 1), paginator.num_pages)
    kept = QueryDict(mutable=True)
    kept.update({name: value for name, value in (keep or {}).items() if value})
    return Pagination(paginator.page(number), kept)
