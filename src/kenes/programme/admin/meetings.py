"""Meetings with their agenda, speakers, streams and materials in the admin."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kenes.core.errors import KenesError
from kenes.files.actions import keep_upload
from kenes.files.words import told_of
from kenes.programme import actions
from kenes.programme.access import meetings_editable_by, sessions_editable_by
from kenes.programme.admin.editors import EditorsInline, EditorsOnly, acting
from kenes.programme.forms.editing import (
    AgendaFormSet,
    AgendaItemForm,
    MaterialForm,
    MeetingForm,
    SpeakerForm,
    StreamForm,
)
from kenes.programme.forms.ruled import changed_columns
from kenes.programme.models import AgendaItem, AgendaSpeaker, Material, Meeting, VideoStream
from kenes.programme.plans import RoomPolicy
from kenes.programme.rules import check_agenda_item

POLICY_FIELDS = frozenset({"publishing", "who_may_ask", "who_may_vote"})


class AgendaInline(EditorsInline, admin.StackedInline[AgendaItem, Meeting]):
    """The points of the agenda; their speakers stand on the point's own page."""

    model = AgendaItem
    form = AgendaItemForm
    formset = AgendaFormSet
    extra = 0
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[AgendaItem]:
        return AgendaItem.objects.filter(removed_at=None)


class StreamInline(EditorsInline, admin.TabularInline[VideoStream, Meeting]):
    """Where the meeting is seen or heard."""

    model = VideoStream
    form = StreamForm
    extra = 0


class MaterialInline(EditorsInline, admin.StackedInline[Material, Meeting]):
    """Documents and links."""

    model = Material
    form = MaterialForm
    extra = 0


@admin.register(Meeting)
class MeetingAdmin(EditorsOnly, admin.ModelAdmin[Meeting]):
    """Meetings of the campaigns one may prepare. Closing is the desk's, which looks for loose ends."""

    form = MeetingForm
    inlines = [AgendaInline, StreamInline, MaterialInline]
    list_display = ("code", "title", "sphere", "starts_at", "state")
    list_filter = ("state", "sphere", "session__campaign")
    search_fields = ("code", "title_kk", "title_ru", "title_en")
    autocomplete_fields = ("place",)
    readonly_fields = ("code", "state", "room")
    actions = ["open_rooms"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Meeting]:
        return meetings_editable_by(request.user)

    def view_on_site(self, obj: Meeting) -> str:
        """The meeting's public page."""
        return reverse("rooms:room", args=[obj.code])

    @admin.display(description=_("The room"))
    def room(self, meeting: Meeting) -> str:
        """Links to the meeting's screens, once it has a code."""
        if not meeting.code:
            return gettext("It comes with the first save.")
        screens = [("rooms:desk", _("Desk")), ("rooms:projector", _("Projector"))]
        links = [(reverse(name, args=[meeting.code]), label) for name, label in screens]
        return format_html_join(" · ", '<a href="{}">{}</a>', links)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "session":
            kwargs["queryset"] = sessions_editable_by(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # Files are written before the page's transaction begins: disks are slow. Where the page is
        # then refused, its file stays as an upload that nothing names.
        if request.method == "POST" and self.has_change_permission(request):
            for file in request.FILES.values():
                _keep_or_refuse(file, request)
        return super().changeform_view(request, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Meeting, form: ModelForm[Meeting], change: bool) -> None:
        if not change:
            actions.add_meeting(obj, **acting(request))
            return
        changed = set(changed_columns(form, obj))
        policy = RoomPolicy(
            publishing=obj.publishing, who_may_ask=obj.who_may_ask, who_may_vote=obj.who_may_vote
        )
        if changed - POLICY_FIELDS:
            actions.change_meeting(obj, changed=changed - POLICY_FIELDS, **acting(request))
        if changed & POLICY_FIELDS:
            actions.change_room_policy(obj, policy=policy, **acting(request))

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        formset.save(commit=False)
        for row in formset.deleted_objects:
            _REMOVE[formset.model](row, **acting(request))
        for row in formset.new_objects:
            _ENTER[formset.model](row, **acting(request))
        for row, fields in formset.changed_objects:
            if formset.model is AgendaItem:
                actions.change_agenda_item(row, changed=fields, **acting(request))
            else:
                _ENTER[formset.model](row, **acting(request))

    @admin.action(description=_("Open the rooms of these meetings"))
    def open_rooms(self, request: HttpRequest, queryset: QuerySet[Meeting]) -> None:
        """Open each meeting that may be opened, and say which may not."""
        for meeting in queryset:
            try:
                actions.open_meeting(meeting, **acting(request))
            except KenesError as error:
                self.message_user(request, f"{meeting.code}: {error}", messages.ERROR)
            else:
                opened = _("The room %(code)s is open.") % {"code": meeting.code}
                self.message_user(request, opened, messages.SUCCESS)


_REMOVE: dict[Any, Any] = {
    AgendaItem: actions.remove_agenda_item,
    VideoStream: actions.remove_stream,
    Material: actions.remove_material,
}
_ENTER: dict[Any, Any] = {
    AgendaItem: actions.enter_agenda_item,
    VideoStream: actions.save_stream,
    Material: actions.save_material,
}


def _keep_or_refuse(file: Any, request: HttpRequest) -> None:
    try:
        file.kept = keep_upload(file, **acting(request))
    except KenesError as error:
        file.refusal = error
    else:
        for told in told_of(file.kept):
            messages.info(request, told)


class SpeakerInline(EditorsInline, admin.StackedInline[AgendaSpeaker, AgendaItem]):
    """Who speaks to the point."""

    model = AgendaSpeaker
    form = SpeakerForm
    extra = 0


class AgendaItemPageForm(AgendaItemForm):
    """A point on its own page, judged within its meeting."""

    def check_rules(self, row: AgendaItem) -> None:
        check_agenda_item(row, row.meeting)


@admin.register(AgendaItem)
class AgendaItemAdmin(EditorsOnly, admin.ModelAdmin[AgendaItem]):
    """A point of an agenda with its speakers; points are added on their meeting's page."""

    form = AgendaItemPageForm
    inlines = [SpeakerInline]
    list_display = ("title", "meeting", "position", "starts_at", "state")
    list_select_related = ("meeting",)
    readonly_fields = ("meeting", "state")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[AgendaItem]:
        return AgendaItem.objects.filter(removed_at=None, meeting__in=meetings_editable_by(request.user))

    def save_model(
        self, request: HttpRequest, obj: AgendaItem, form: ModelForm[AgendaItem], change: bool
    ) -> None:
        actions.change_agenda_item(obj, changed=changed_columns(form, obj), **acting(request))

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        for speaker in formset.save(commit=False):
            actions.save_speaker(speaker, **acting(request))
        for speaker in formset.deleted_objects:
            actions.remove_speaker(speaker, **acting(request))
