"""What a pôle owns in each room: parts of `tests.isolation.world.World`, which has the canary and the pôle."""

from datetime import date
from functools import cached_property

from django.utils import timezone

from commons.models import Signature
from core.models import ApprovedHost, RemoteVideo
from events.models import CalendarImport, CalendarSource, Campaign, EventPage
from home.models import ContactPage, InvolvementText
from home.reception import Purpose
from inbox.models import Message
from members.models import MemberImport, MemberPage, Proposal, VerificationRequest
from search.models import BestBet, SynonymGroup, VainSearch
from tests.factories import (
    CampaignFactory,
    EventPageFactory,
    MemberPageFactory,
    VideoPageFactory,
    VideoSeriesPageFactory,
)
from videos.models import VideoPage, VideoSeriesPage


class VideosOfAPole:
    # Videos: a draft, and a series not published yet that holds it

    @cached_property
    def video(self) -> VideoPage:
        page = VideoPageFactory(
            parent=self.pole.video_index,
            title=self.secret("vidéo"),
            slug="video",
            live=False,
            transcript=f"<p>{self.secret('transcription')}</p>",
        )
        page.save_revision(user=self.pole.writer)
        RemoteVideo.objects.filter(pages=page).update(title=self.secret("titre chez l’hébergeur"), missed=2)
        return page

    @cached_property
    def series(self) -> VideoSeriesPage:
        return VideoSeriesPageFactory(
            parent=self.pole.video_index, title=self.secret("série"), slug="serie", live=False, videos=[self.video]
        )

    @cached_property
    def vain_search(self) -> VainSearch:
        words = self.secret("cherché")
        return VainSearch.objects.create(site=self.pole.site, month=timezone.localdate(), words=words, number=5)

    @cached_property
    def synonyms(self) -> SynonymGroup:
        """Read by everybody: whoever searches is answered by them."""
        return SynonymGroup.objects.create(words=f"donnerie{self.pole.site.pk}\nressourcerie")

    @cached_property
    def best_bet(self) -> BestBet:
        return BestBet.objects.create(words="nous joindre", address="contact")

    @cached_property
    def video_host(self) -> ApprovedHost:
        """Read by everybody: whoever pastes an address is told which hosts are accepted."""
        return ApprovedHost.objects.create(hostname=f"hote{self.pole.site.pk}.example.net", name="Un hébergeur")


class MembersOfAPole:
    # Members: profiles not published yet, and what was said of them

    @cached_property
    def member(self) -> MemberPage:
        return self.profile("fiche")

    @cached_property
    def duplicate(self) -> MemberPage:
        return self.profile("jumelle")

    def profile(self, slug: str) -> MemberPage:
        page = MemberPageFactory(
            parent=self.pole.directory,
            title=self.secret(slug),
            slug=slug,
            live=False,
            presentation=self.secret("présentation"),
            email=f"{slug}-{self.canary.lower()}@example.org",
            sectors=[self.sector],
        )
        page.save_revision(user=self.pole.writer)
        return page

    @cached_property
    def proposal(self) -> Proposal:
        return Proposal.objects.create(
            member=self.member,
            origin=Proposal.Origin.REGISTER,
            message=self.secret("signalement"),
            texts={"telephone": "02 61 91 00 01"},
        )

    @cached_property
    def verification_request(self) -> VerificationRequest:
        return VerificationRequest.objects.create(member=self.member, email=self.member.email)

    @cached_property
    def member_import(self) -> MemberImport:
        return MemberImport.objects.create(
            directory=self.pole.directory,
            user=self.pole.publisher,
            filename=self.secret("fichier"),
            header=["Nom", "Famille"],
            rows=[[2, [self.secret("ligne"), "scop"]]],
            mapping=["nom", "famille"],
        )


class EventsOfAPole:
    # Events: one not published yet, a calendar that is followed, one that waits; a campaign that is being prepared

    @cached_property
    def campaign(self) -> Campaign:
        return self.with_revision(
            CampaignFactory(name=self.secret("campagne"), slug=f"campagne-{self.canary.lower()}", live=False)
        )

    @cached_property
    def event(self) -> EventPage:
        page = EventPageFactory(
            parent=self.pole.agenda,
            title=self.secret("événement"),
            slug="evenement",
            live=False,
            place_name=self.secret("lieu"),
            commune="Cancale",
            recurrence="FREQ=WEEKLY;COUNT=5",
            source=self.calendar_source,
            source_uid="evenement@example.net",
            is_followed=True,
            changes=[{"kind": "added", "day": date(2027, 5, 5), "note": self.secret("note")}],
        )
        page.save_revision(user=self.pole.writer)
        return page

    @cached_property
    def calendar_source(self) -> CalendarSource:
        return CalendarSource.objects.create(
            agenda=self.pole.agenda, title=self.secret("calendrier"), url=f"https://{self.canary.lower()}.example.net/a"
        )

    @cached_property
    def calendar_import(self) -> CalendarImport:
        content = f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:{self.secret('à venir')}\r\nEND:VEVENT\r\nEND:VCALENDAR"
        return CalendarImport.objects.create(
            agenda=self.pole.agenda, user=self.pole.publisher, name=self.secret("fichier"), content=content
        )


class ReceptionOfAPole:
    # What visitors wrote to it, and who its contact page shows; the network's wording, being prepared

    @cached_property
    def contact_page(self) -> ContactPage:
        page = ContactPage.objects.child_of(self.pole.home).get()
        page.team = [{"type": "person", "value": {"name": self.secret("à venir dans l’équipe")}}]
        page.save_revision(user=self.pole.writer)  # not published
        return page

    @cached_property
    def message(self) -> Message:
        return Message.objects.create(
            home=self.pole.home,
            page=self.contact_page,
            kind="contact",
            subject=self.secret("sujet"),
            body=self.secret("message"),
            details=[["Dans quelle commune ?", self.secret("commune")]],
            name=self.secret("visiteuse"),
            email=f"visite-{self.canary.lower()}@example.org",
            phone="0600000000",
            form_key=self.canary,
            assigned_to=self.pole.publisher,
        )

    @cached_property
    def signature(self) -> Signature:
        return Signature.objects.create(
            pole=self.pole.pole,
            charter=self.charter,
            signed_on=date(2026, 1, 15),
            withdrawn_on=date(2026, 2, 1),
            reason=self.secret("pourquoi retirée"),
        )

    @cached_property
    def involvement_text(self) -> InvolvementText:
        taken = InvolvementText.objects.values_list("purpose", flat=True)
        purpose = next(purpose for purpose in Purpose if purpose not in taken)
        return self.with_revision(
            InvolvementText.objects.create(purpose=purpose, summary=self.secret("façon de s’engager"), live=False)
        )
