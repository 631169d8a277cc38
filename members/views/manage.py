"""« L'annuaire »: what a pôle's people do with its directory beyond one profile at a time."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.isolation.guard import PLAIN_NUMBER
from core.manage import IndexesView, IndexView
from members import exports
from members.columns import COLUMNS
from members.directory import alone, rows_of
from members.duplicates import compare, find_pairs, merge
from members.importing.imports import MemberImport
from members.index_page import MemberIndexPage
from members.page import MemberPage
from members.proposals import Proposal
from members.verification import VerificationRequest, ask, ask_all, due, to_ask

PER_PAGE = 50


class DirectoryView(IndexView):
    """A screen about one directory, for those who publish in it."""

    index_model = MemberIndexPage
    permission = "publish"
    name_in_address = "directory"
    guide = "annuaire"
    overview = "manage_directory"
    overview_label = gettext_lazy("The directory")
    header_icon = "group"

    @property
    def directory(self) -> MemberIndexPage:
        return self.index

    @cached_property
    def members(self):
        return MemberPage.objects.in_directory(self.directory)

    @cached_property
    def proposals(self):
        return Proposal.objects.in_directory(self.directory).select_related("member")

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "waiting": self.proposals.waiting().count()}

    def member(self, pk: int) -> MemberPage:
        member = self.members.filter(pk=pk).first()
        if member is None:
            raise Http404
        return member

    def posted_number(self, name: str) -> int:
        value = self.request.POST.get(name, "")
        if not PLAIN_NUMBER.fullmatch(value):
            raise Http404
        return int(value)


class DirectoriesView(IndexesView):
    page_title = gettext_lazy("The directories")
    header_icon = "group"
    screens = DirectoryView
    columns = (
        gettext_lazy("Profiles on line"),
        gettext_lazy("Corrections that wait"),
        gettext_lazy("Not verified for a year"),
    )
    empty = gettext_lazy("You publish in no directory. Ask somebody with the role “Publication” of your pôle.")

    def cells(self, index):
        return (
            MemberPage.objects.in_directory(index).live().count(),
            Proposal.objects.in_directory(index).waiting().count(),
            due(index).count(),
        )


class DirectoryOverviewView(DirectoryView):
    template_name = "members/manage/overview.html"
    page_title = gettext_lazy("The directory")
    tab = "overview"

    def get_context_data(self, **kwargs):
        return {
            **super().get_context_data(**kwargs),
            "count": self.members.live().count(),
            "drafts": self.members.filter(live=False).count(),
            "due": due(self.directory).count(),
            "imports": MemberImport.objects.of(self.directory).shown()[:10],
        }


def whole_export(request, directory: int, name: str) -> HttpResponse:
    """Every profile on line, with every column: what an import reads back."""
    page = DirectoryView.indexes_of(request.user).filter(pk=directory).first()
    if page is None:
        raise PermissionDenied
    if name == "modele":
        content = exports.workbook([[column.key for column in COLUMNS]], {})
        response = HttpResponse(content, content_type=exports.XLSX)
        response["Content-Disposition"] = 'attachment; filename="modele-annuaire.xlsx"'
        return response
    write = exports.FORMATS.get(name)
    if write is None:
        raise Http404
    members = MemberPage.objects.in_directory(page).live()
    return write(exports.Export.of(page, request, alone(rows_of(members, ended=True)), members, COLUMNS))


class ProposalsView(DirectoryView):
    """The corrections to answer, the oldest first."""

    template_name = "members/manage/proposals.html"
    page_title = gettext_lazy("Corrections")
    tab = "proposals"

    def get_context_data(self, **kwargs):
        page = Paginator(self.proposals.waiting(), PER_PAGE).get_page(self.request.GET.get("p"))
        return {**super().get_context_data(**kwargs), "page": page}

    def post(self, request, *args, **kwargs):
        proposal = self.proposals.filter(pk=self.posted_number("proposal")).first()
        if proposal is None:
            raise Http404
        name = proposal.member.title
        if request.POST.get("action") == "accept":
            if proposal.accept(request.user):
                done = _("%(name)s: the corrections are on line.")
                if not proposal.member.live:
                    done = _("%(name)s: the corrections are in the profile, which is not on line.")
                messages.success(request, done % {"name": name})
            else:
                messages.error(
                    request,
                    _("%(name)s: this can no longer be accepted as it is. Correct the profile by hand.")
                    % {"name": name},
                )
        elif proposal.decide(request.user, accepted=False):
            done = _("%(name)s: set aside; the profile has not changed.")
            if not proposal.texts:
                done = _("%(name)s: marked as dealt with.")
            messages.success(request, done % {"name": name})
        return self.back("directory_proposals")


class VerificationView(DirectoryView):
    """The yearly check: who is to be asked, who was, who did not answer."""

    template_name = "members/manage/verification.html"
    page_title = gettext_lazy("Yearly check")
    tab = "verification"

    def get_context_data(self, **kwargs):
        due_members = due(self.directory)
        requests = VerificationRequest.objects.pending().filter(member__in=self.members).select_related("member")
        return {
            **super().get_context_data(**kwargs),
            "to_ask": to_ask(self.directory),
            "requests": requests,
            "without_address": due_members.filter(email=""),
            "verified": self.members.live().count() - due_members.count(),
        }

    def post(self, request, *args, **kwargs):
        if request.POST.get("member"):
            member = self.member(self.posted_number("member"))
            if not member.email:
                messages.error(request, _("%(name)s has no e-mail address.") % {"name": member.title})
            else:
                ask(member)
                messages.success(request, _("Sent to %(name)s.") % {"name": member.title})
        else:
            ticked = {key for key in request.POST.getlist("ask") if key.isascii() and key.isdigit()}
            count = ask_all(self.directory, ticked)
            said = ngettext("%(count)s link is on its way.", "%(count)s links are on their way.", count)
            messages.success(request, said % {"count": count})
        return self.back("directory_verification")


class DuplicatesView(DirectoryView):
    template_name = "members/manage/duplicates.html"
    page_title = gettext_lazy("Duplicates")
    tab = "duplicates"

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "pairs": find_pairs(self.directory)}


class MergeView(DirectoryView):
    """Two profiles side by side, and what the one that stays will say."""

    template_name = "members/manage/merge.html"
    page_title = gettext_lazy("Make one profile of two")
    tab = "duplicates"

    def dispatch(self, request, *args, **kwargs):
        if kwargs["kept"] == kwargs["other"]:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        kept, other = self.member(self.kwargs["kept"]), self.member(self.kwargs["other"])
        return {**super().get_context_data(**kwargs), "kept": kept, "other": other, "columns": compare(kept, other)}

    def post(self, request, *args, **kwargs):
        kept, other = self.member(self.kwargs["kept"]), self.member(self.kwargs["other"])
        taken = {column["key"] for column in compare(kept, other) if request.POST.get(column["key"]) == "other"}
        try:
            merge(kept, other, taken, request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return self.back("directory_duplicates")
        messages.success(
            request,
            _("%(kept)s stays; %(other)s is off line, and its address leads there.")
            % {"kept": kept.title, "other": other.title},
        )
        return self.back("directory_duplicates")
