"""Places in the administration: to look up and to choose; they are written by the import."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from kenes.territories.models import Place
from kenes.territories.queries import PATH_SEPARATOR, search_places


@admin.register(Place)
class PlaceAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Places by code, each with its path."""

    list_display = ("kato", "path_in_words", "level", "valid_from", "valid_to")
    list_filter = ("level",)
    list_per_page = 50
    list_select_related = ("parent__parent__parent",)
    search_fields = ("folded", "kato")

    @admin.display(description=_("Place with its path"))
    def path_in_words(self, place: Place) -> str:
        names = [str(place)]
        while place.parent is not None:
            place = place.parent
            names.insert(0, str(place))
        return PATH_SEPARATOR.join(names)

    def choice_in_words(self, place: Place) -> str:
        """Return a place as lists of choices show it: names repeat, so with path and code."""
        return f"{self.path_in_words(place)} ({place.kato})"

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Place], search_term: str
    ) -> tuple[QuerySet[Place], bool]:
        """Search folded, as everywhere; the best found first, also where a place is chosen."""
        found = search_places(search_term).select_related(*self.list_select_related)
        return found if request.path.endswith("/autocomplete/") else _only(queryset, found), False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Place | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Place | None = None) -> bool:
        return False


def _only(queryset: QuerySet[Place], found: QuerySet[Place]) -> QuerySet[Place]:
    return queryset.filter(pk__in=found.values("pk"))
