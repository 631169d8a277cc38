"""Everything that a pôle may own, with a word in it that nobody of another pôle may ever read."""

from datetime import timedelta
from functools import cached_property

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.serializers import serialize
from django.db.models import Q
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.images import get_image_model
from wagtail.models import (
    Collection,
    Comment,
    Locale,
    ModelLogEntry,
    Page,
    PageLogEntry,
    PageViewRestriction,
    Site,
    UploadedFile,
)
from wagtail_localize.models import StringSegment, TranslationSource
from wagtail_localize.operations import translate_object

from articles.models import ArticlePage
from commons.models import Charter, Principle, Sector, Topic
from core.models import SiteDocument, SiteImage
from poles.audit import Action, record
from poles.invitations import Invitation
from poles.roles import RESEAU
from tests.factories import (
    ArticlePageFactory,
    CharterFactory,
    ImageFactory,
    PrincipleFactory,
    SectorFactory,
    TopicFactory,
    jpeg,
)
from tests.isolation.rooms import EventsOfAPole, MembersOfAPole, ReceptionOfAPole, VideosOfAPole
from trash.models import TrashedPage
from trash.pages import trash

SEARCH_WORD = "Hermine"  # beside every canary, so that one may search for the text without writing the canary oneself


class World(VideosOfAPole, MembersOfAPole, EventsOfAPole, ReceptionOfAPole):
    """One pôle with one of everything. `pole` is a `PoleUnderTest`; `canary` is in every private text of it."""

    def __init__(self, pole, canary: str):
        self.pole, self.canary = pole, canary
        # The order matters: what follows stands on what precedes.
        _ = (self.people, self.pages, self.image, self.document, self.log, self.redirect)
        _ = (
            self.passkey,
            self.invitation,
            self.video,
            self.series,
            self.video_host,
            self.topic,
            self.sector,
            self.member,
            self.duplicate,
            self.proposal,
            self.verification_request,
            self.member_import,
            self.campaign,
            self.event,
            self.calendar_source,
            self.calendar_import,
            self.principle,
            self.charter,
            self.uploaded_image,
            self.uploaded_document,
            self.string_segment,
            self.task_state,
            self.trashed,
            self.vain_search,
            self.synonyms,
            self.best_bet,
            self.contact_page,
            self.message,
            self.signature,
            self.involvement_text,
        )

    def secret(self, what: str) -> str:
        return f"{SEARCH_WORD} {self.canary} {what}"

    # People

    @cached_property
    def people(self):
        people = [self.pole.writer, self.pole.publisher]
        for number, person in enumerate(people):
            person.first_name, person.last_name = self.secret("prénom"), "Nom"
            person.email = f"{self.canary.lower()}{number}@example.org"
            person.save()
        return people

    @cached_property
    def passkey(self) -> Authenticator:
        return Authenticator.objects.create(
            user=self.pole.publisher, type=Authenticator.Type.WEBAUTHN, data={"name": self.secret("clé")}
        )

    @cached_property
    def invitation(self) -> Invitation:
        return Invitation.objects.create(
            email=f"invite-{self.canary.lower()}@example.org", pole=self.pole.pole, role_key="publication"
        )

    # Pages in every state

    @cached_property
    def draft(self) -> ArticlePage:
        page = ArticlePageFactory(
            parent=self.pole.index, title=self.secret("brouillon"), slug="brouillon", live=False, owner=self.pole.writer
        )
        page.save_revision(user=self.pole.writer)
        return page

    @cached_property
    def published_with_draft(self) -> ArticlePage:
        """Public, but for what is being written."""
        page = ArticlePageFactory(parent=self.pole.index, title="Ce que tout le monde lit", slug="lu")
        page.save_revision().publish()
        page.title = self.secret("changements")
        page.save_revision(user=self.pole.writer)
        return Page.objects.get(pk=page.pk).specific

    @cached_property
    def private(self) -> ArticlePage:
        page = ArticlePageFactory(parent=self.pole.index, title=self.secret("privé"), slug="prive")
        page.save_revision().publish()
        PageViewRestriction.objects.create(
            page=page, restriction_type=PageViewRestriction.PASSWORD, password=self.secret("mot")
        )
        return page

    @cached_property
    def scheduled(self) -> ArticlePage:
        page = ArticlePageFactory(parent=self.pole.index, title=self.secret("programmé"), slug="programme", live=False)
        page.go_live_at = timezone.now() + timedelta(days=3)
        page.save_revision(user=self.pole.publisher).publish()
        return Page.objects.get(pk=page.pk).specific

    @cached_property
    def expired(self) -> ArticlePage:
        page = ArticlePageFactory(parent=self.pole.index, title=self.secret("expiré"), slug="expire", live=False)
        page.save_revision()
        Page.objects.filter(pk=page.pk).update(expired=True, expire_at=timezone.now() - timedelta(days=1))
        return page

    @cached_property
    def locked(self) -> ArticlePage:
        page = ArticlePageFactory(
            parent=self.pole.index,
            title=self.secret("verrouillé"),
            slug="verrouille",
            live=False,
            locked=True,
            locked_by=self.pole.publisher,
            locked_at=timezone.now(),
        )
        page.save_revision()
        return page

    @cached_property
    def moderated(self) -> ArticlePage:
        page = ArticlePageFactory(parent=self.pole.index, title=self.secret("à relire"), slug="a-relire", live=False)
        page.save_revision(user=self.pole.writer)
        page.get_workflow().start(page, self.pole.writer)
        return page

    @cached_property
    def copied(self) -> ArticlePage:
        return self.draft.create_alias(parent=self.pole.index, update_slug="copie")

    @cached_property
    def translated(self) -> ArticlePage:
        return self.translation.get_target_instance()

    @cached_property
    def pages(self) -> list[ArticlePage]:
        Comment.objects.create(
            page=self.draft,
            user=self.pole.writer,
            text=self.secret("commentaire"),
            contentpath="title",
            revision_created=self.draft.latest_revision,
        )
        EditingSession.objects.create(
            user=self.pole.writer, content_object=self.draft.page_ptr, last_seen_at=timezone.now(), is_editing=True
        )
        return [
            self.draft,
            self.published_with_draft,
            self.private,
            self.scheduled,
            self.expired,
            self.locked,
            self.moderated,
            self.copied,
            self.translated,
        ]

    @cached_property
    def translation(self):
        translate_object(self.draft, [Locale.objects.get(language_code="br")], user=self.pole.writer)
        return TranslationSource.objects.get(object_id=self.draft.translation_key).translations.get()

    @cached_property
    def string_segment(self):
        return StringSegment.objects.filter(source=self.translation.source).first()

    @cached_property
    def task_state(self):
        return self.moderated.current_workflow_task_state

    # Files

    @cached_property
    def collection(self) -> Collection:
        return self.pole.collection.add_child(name=self.secret("dossier"))

    @cached_property
    def image(self) -> SiteImage:
        return ImageFactory(
            title=self.secret("image"), description=self.secret("description"), collection=self.collection
        )

    @cached_property
    def document(self) -> SiteDocument:
        return SiteDocument.objects.create(
            title=self.secret("document"),
            file=ContentFile(b"texte", name="interne.txt"),
            collection=self.pole.collection,
        )

    @cached_property
    def uploaded_image(self) -> UploadedFile:
        return self.uploaded(get_image_model(), ContentFile(jpeg(), name=f"{self.canary}.jpg"))

    @cached_property
    def uploaded_document(self) -> UploadedFile:
        return self.uploaded(SiteDocument, ContentFile(b"texte", name=f"{self.canary}.txt"))

    def uploaded(self, model, file) -> UploadedFile:
        return UploadedFile.objects.create(
            for_content_type=apps.get_model("contenttypes", "ContentType").objects.get_for_model(model),
            file=file,
            uploaded_by_user=self.pole.writer,
        )

    # The rest

    @cached_property
    def redirect(self) -> Redirect:
        return Redirect.objects.create(
            old_path=f"/{self.canary.lower()}", site=self.pole.site, redirect_page=self.draft.page_ptr
        )

    @cached_property
    def topic(self) -> Topic:
        """The network's, and not published yet: nobody's business but the network's."""
        topic = TopicFactory(name=self.secret("thème"), slug=f"theme-{self.canary.lower()}", live=False)
        return self.with_revision(topic)

    @cached_property
    def sector(self) -> Sector:
        return self.with_revision(
            SectorFactory(name=self.secret("secteur"), slug=f"secteur-{self.canary.lower()}", live=False)
        )

    @cached_property
    def principle(self) -> Principle:
        return self.with_revision(PrincipleFactory(title=self.secret("principe"), live=False))

    @cached_property
    def charter(self) -> Charter:
        return self.with_revision(CharterFactory(title=self.secret("charte"), live=False))

    @staticmethod
    def with_revision(snippet):
        snippet.save_revision()
        return snippet

    @cached_property
    def log(self):
        PageLogEntry.objects.log_action(
            instance=self.draft, action="wagtail.edit", user=self.pole.writer, data={"title": self.secret("journal")}
        )
        record(Action.REFUSED, pole=self.pole.pole, actor=self.pole.writer, about=self.secret("refus"))
        ModelLogEntry.objects.log_action(instance=self.image, action="wagtail.edit", user=self.pole.writer)

    @cached_property
    def trashed(self) -> TrashedPage:
        page = ArticlePageFactory(parent=self.pole.index, title=self.secret("corbeille"), slug="corbeille")
        return trash(page, user=self.pole.publisher)

    # What must not move

    def rows(self) -> dict[str, str]:
        """Every row that is this pôle's, or decides who may what, as text, by model."""
        homes = Page.objects.filter(depth=2, translation_key=self.pole.home.translation_key)
        trees = Q(path__startswith="never")
        for path in homes.values_list("path", flat=True):
            trees |= Q(path__startswith=path)
        pages = Page.objects.filter(trees | Q(trashed__site=self.pole.site)).values("pk")
        of_pages = Q(page__in=pages)
        keys = [str(pk) for pk in pages.values_list("pk", flat=True)]
        translation_keys = Page.objects.filter(pk__in=pages).values("translation_key")
        scopes = {
            "wagtailcore.Page": Q(pk__in=pages),
            "articles.ArticlePage": Q(pk__in=pages),
            "home.HomePage": Q(pk__in=pages),
            "wagtailcore.Revision": Q(object_id__in=keys),
            "wagtailcore.Comment": of_pages,
            "wagtailcore.PageSubscription": of_pages,
            "wagtailcore.PageViewRestriction": of_pages,
            "wagtailcore.WorkflowPage": Q(),
            "wagtailcore.WorkflowState": Q(object_id__in=keys),
            "wagtailcore.TaskState": Q(workflow_state__object_id__in=keys),
            "wagtailcore.Task": Q(),
            "wagtailcore.Workflow": Q(),
            "wagtailcore.Collection": Q(path__startswith=self.pole.collection.path),
            "wagtailcore.UploadedFile": Q(uploaded_by_user__in=self.people),
            "wagtailcore.GroupPagePermission": Q(),
            "wagtailcore.GroupCollectionPermission": Q(),
            "wagtailcore.GroupSitePermission": Q(),
            "wagtailcore.Site": Q(),
            "wagtailcore.Locale": Q(),
            "core.SiteIdentity": Q(),
            "core.SiteImage": Q(collection__path__startswith=self.pole.collection.path),
            "core.SiteDocument": Q(collection__path__startswith=self.pole.collection.path),
            "commons.Topic": Q(),
            "commons.Sector": Q(),
            "commons.Principle": Q(),
            "members.MemberIndexPage": Q(pk__in=pages),
            "members.MemberPage": Q(pk__in=pages),
            "members.MemberSector": of_pages,
            "members.Proposal": Q(member__in=pages),
            "members.VerificationRequest": Q(member__in=pages),
            "members.MemberImport": Q(directory__in=pages),
            "events.EventIndexPage": Q(pk__in=pages),
            "events.EventPage": Q(pk__in=pages),
            "events.EventChange": of_pages,
            "events.EventOrganiser": of_pages,
            "events.EventTopic": of_pages,
            "events.Occurrence": Q(event__in=pages),
            "events.CalendarSource": Q(agenda__in=pages),
            "events.CalendarImport": Q(agenda__in=pages),
            "events.Campaign": Q(),
            "commons.Charter": Q(),
            "poles.Pole": Q(),
            "poles.PoleStatus": Q(),
            "poles.Invitation": Q(pole=self.pole.pole) | Q(pole=None),
            "core.FormerAddress": Q(),
            "core.ApprovedHost": Q(),
            "core.RemoteVideo": Q(site=self.pole.site),
            "trash.TrashedPage": Q(site=self.pole.site),
            "videos.VideoPage": Q(pk__in=pages),
            "videos.VideoSeriesPage": Q(pk__in=pages),
            "videos.Episode": of_pages,
            "poles.Pays": Q(),
            "auth.Group": Q(),
            "wagtailredirects.Redirect": Q(site=self.pole.site) | Q(site=None),
            "wagtail_localize.TranslationSource": Q(object_id__in=translation_keys),
            "wagtail_localize.Translation": Q(source__object_id__in=translation_keys),
            "wagtail_localize.StringTranslation": Q(),
            "wagtail_localize.LocaleSynchronization": Q(),
        }
        rows = {
            name: serialize("json", apps.get_model(name).objects.filter(scope).order_by("pk"))
            for name, scope in scopes.items()
        }
        User = get_user_model()
        rows["people"] = repr(list(User.objects.order_by("pk").values_list("pk", "email", "is_active", "is_superuser")))
        # A publisher may well change who is in the team of their own pôle.
        belonging = User.groups.through.objects.filter(group__in=[*self.groups, Group.objects.get(name=RESEAU.label)])
        rows["memberships"] = repr(list(belonging.order_by("pk").values_list("user", "group")))
        rows["second factors"] = repr(list(Authenticator.objects.order_by("pk").values_list("pk", "user", "data")))
        rows["secrets"] = repr(list(User.objects.filter(pk__in=[p.pk for p in self.people]).values_list("password")))
        return rows

    @property
    def site(self) -> Site:
        return self.pole.site

    @property
    def groups(self):
        return Group.objects.filter(name__endswith=self.pole.pole.name)
