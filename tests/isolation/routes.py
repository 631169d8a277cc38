"""Every view of the install by name, with the objects of another pôle to ask it for, and what it may answer.

CLOSED: whatever is asked, the answer is a refusal. OPEN: it may answer, without a word of the other pôle's private
things. A name that is in neither fails the test: whoever adds it decides here, an upgrade of Wagtail included.
"""

import re
from collections.abc import Iterator
from itertools import product

from django.urls import URLResolver, get_resolver
from django.utils import timezone

SNIPPETS = {
    "commons_principle": "publishable",
    "commons_charter": "publishable",
    "commons_topic": "publishable",
    "commons_sector": "publishable",
    "events_campaign": "publishable",
    "home_involvementtext": "publishable",
    "search_synonymgroup": "plain",
    "search_bestbet": "plain",
    "core_approvedhost": "plain",
    "poles_pole": "plain",
    "poles_pays": "plain",
}
SNIPPET_VIEWS = {
    "plain": "add copy delete edit history history_results list list_results usage",
    "publishable": (
        "add copy delete edit history history_results list list_results lock preview_on_add preview_on_edit replace "
        "revisions_compare revisions_revert revisions_unschedule revisions_view unlock unpublish usage"
    ),
}
CHOOSER_VIEWS = "choose choose_results chosen chosen_multiple"
VIEWSET = "index index_results add edit delete history history_results usage copy"


def names(namespace: str, views: str) -> set[str]:
    return {f"{namespace}:{view}" if namespace else view for view in views.split()}


CLOSED = set().union(
    names(
        "wagtailadmin_pages",
        """
        add preview_on_add usage edit preview_on_edit view_draft add_subpage delete unpublish
        convert_alias move move_confirm set_page_position copy workflow_action collect_workflow_action_data
        confirm_workflow_cancellation workflow_preview set_privacy lock unlock revisions_view
        revisions_revert revisions_unschedule revisions_compare workflow_history workflow_history_detail history
        history_results
        """,
    ),
    names("", "wagtailadmin_explore wagtailadmin_explore_results wagtailadmin_choose_page_chosen_multiple"),
    names("", "wagtail_bulk_action"),
    names("", "wagtailadmin_tag_autocomplete wagtailadmin_tag_model_autocomplete"),
    names("wagtailadmin_api", "pages:detail pages:action documents:detail images:detail"),
    names("wagtailadmin_collections", "index add edit delete set_privacy"),
    names(
        "wagtailadmin_workflows",
        """
        index index_results add enable disable edit usage usage_results remove add_task select_task_type task_index
        task_index_results edit_task disable_task enable_task task_chooser task_chooser_results task_chooser_create
        task_chosen
        """,
    ),
    names(
        "wagtailadmin_reports",
        """
        page_types_usage page_types_usage_results locked_pages locked_pages_results workflow workflow_results
        workflow_tasks workflow_tasks_results site_history site_history_results
        """,
    ),
    names("wagtailadmin_editing_sessions", "ping"),
    names(
        "wagtail_localize",
        """
        submit_page_translation submit_snippet_translation update_translations edit_string_translation edit_override
        download_pofile upload_pofile machine_translate preview_translation stop_translation convert_to_alias
        translations_report translations_report_results snippets_api_listing snippets_api_detail
        """,
    ),
    names("wagtailredirects", "edit delete"),
    names("", "redirect_edit redirect_delete"),
    names("wagtailsettings", "edit preview_on_edit"),
    names(
        "wagtaildocs",
        """
        edit delete edit_multiple create_multiple_from_uploaded_document delete_multiple delete_upload_multiple
        document_usage
        """,
    ),
    names(
        "wagtailimages",
        """
        edit delete url_generator url_generator_output preview image_usage edit_multiple
        create_multiple_from_uploaded_image delete_multiple delete_upload_multiple
        """,
    ),
    names("wagtaildocs_chooser", "chosen"),
    names("wagtailimages_chooser", "chosen select_format"),
    names("wagtaillocales", VIEWSET),
    names("wagtailsites", VIEWSET),
    names("wagtailusers_users", VIEWSET),
    names("wagtailusers_groups", "index index_results add edit delete history history_results usage"),
    names("wagtailsnippets", "index"),
    names("", "page_advice trash_restore trash_purge"),
    names("", "team team_change_role team_remove team_resend team_withdraw journal"),
    names("", "poles open_pole pole export_pole accept_invitation"),
    names(
        "",
        """
        manage_directory directory_proposals directory_verification directory_duplicates directory_merge
        directory_export directory_upload directory_import directory_errors directory_left_out site_menu
        manage_agenda agenda_grid agenda_date_clashes agenda_calendars agenda_import event_duplicate event_take_over
        event_preview event_places inbox_message charter_signature
        """,
    ),
    *(names(f"wagtailsnippets_{model}", SNIPPET_VIEWS[kind]) for model, kind in SNIPPETS.items()),
    *(names(f"wagtailsnippetchoosers_{model}", "create") for model in SNIPPETS),
)

OPEN = set().union(
    names("", "wagtailadmin_home wagtailadmin_explore_root wagtailadmin_account wagtailadmin_logout"),
    names("", "wagtailadmin_dismissibles wagtailadmin_block_preview wagtailadmin_sprite wagtailadmin_login"),
    names("", "wagtailadmin_javascript_catalog wagtailadmin_password_reset wagtailadmin_password_reset_done"),
    # To the team that one looks after oneself, to one's own directory, and the profiles of one's own pôle
    names("", "trash"),
    # One's own site's redirects
    names("wagtailredirects", "index index_results add start_import process_import"),
    names("", "redirects redirects_results redirect_add redirects_import redirects_import_process"),
    names("", "my_team my_directory my_agenda"),
    # What was written to the sites that one publishes
    names("", "inbox"),
    names("members", "index index_results choose_parent"),
    names("events", "index index_results choose_parent"),
    # Where an address is, by the provider of the install
    names("", "event_position"),
    # One's own account
    names(
        "",
        """
        account_login account_logout account_signup account_inactive account_reauthenticate account_change_password
        account_set_password account_reset_password account_reset_password_done account_reset_password_from_key
        account_reset_password_from_key_done usersessions_list mfa_index mfa_authenticate mfa_reauthenticate
        mfa_activate_totp mfa_deactivate_totp mfa_view_recovery_codes mfa_generate_recovery_codes
        mfa_download_recovery_codes mfa_list_webauthn mfa_add_webauthn mfa_login_webauthn mfa_reauthenticate_webauthn
        mfa_edit_webauthn mfa_remove_webauthn
        """,
    ),
    names("", "wagtailadmin_password_reset_confirm wagtailadmin_password_reset_complete"),
    names("", "wagtailadmin_choose_page wagtailadmin_choose_page_child wagtailadmin_choose_page_search"),
    names("", "wagtailadmin_choose_page_external_link wagtailadmin_choose_page_email_link"),
    names("", "wagtailadmin_choose_page_phone_link wagtailadmin_choose_page_anchor_link"),
    # Ends a session of one's own, and answers the same where there is none
    names("wagtailadmin_editing_sessions", "release"),
    # These only send elsewhere: to a page's history, to the parents one may add to
    names("wagtailadmin_pages", "revisions_index choose_parent"),
    names("wagtailadmin_pages", "search search_results type_use type_use_results"),
    names("wagtailadmin_api", "pages:listing pages:find documents:listing documents:find images:listing images:find"),
    names("wagtailadmin_reports", "aging_pages aging_pages_results"),
    names("wagtail_localize", "javascript_catalog"),
    names("wagtailembeds", "chooser chooser_upload"),
    names("wagtaildocs", "index index_results add add_multiple"),
    names("wagtailimages", "index index_results add add_multiple"),
    names("wagtaildocs_chooser", "choose choose_results chosen_multiple create"),
    names("wagtailimages_chooser", "choose choose_results chosen_multiple create"),
    *(names(f"wagtailsnippetchoosers_{model}", CHOOSER_VIEWS) for model in SNIPPETS),
    names("", "colour_advice style_guide"),
    # What a provider says of its own video: nothing of any site
    names("", "video_details example_player"),
    # What one pastes oneself, as blocks; the guides, which are everybody's
    names("", "paste guides guide editor_session editorial_calendar"),
    # What visitors of one's own sites looked for in vain
    names("", "vain_searches translation_board"),
    # Addresses of the public sites, asked on every host
    names("", "healthz robots security_txt favicon_ico favicon_svg theme sitemap sitemap_section permalink"),
    names("", "wagtaildocs_serve wagtaildocs_authenticate_with_password documents_password picture_file"),
    names("", "search search_suggestions"),
    names("", "open_search"),
    names("", "wagtailcore_authenticate_with_password wagtailcore_login wagtail_serve public_style_guide"),
    # Forms of visitors about published profiles, and of an organisation about its own
    names("", "write_to_member report_member verify_member write_to_site"),
)
# Wagtail's own page for "not found" inside the editor, and a sample of it.
NAMELESS = {"admin/test404/", "admin/^.*/$"}
# Raises on purpose, for whoever tests the error page.
SKIPPED = {"wagtailadmin_error_test"}
# Without a site in the address, it sends to one's own.
OPEN_ROUTES = {"admin/settings/<slug:app_name>/<slug:model_name>/"}


def patterns(resolver=None, prefix: str = "", namespace: str = "") -> Iterator[tuple[str, str]]:
    """(name, route) of every view of the install."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from patterns(pattern, route, inner)
        else:
            yield (f"{namespace}{pattern.name}" if pattern.name else ""), route


def parameters(name: str, world, every_state: bool) -> dict[str, list]:
    """What to put for each parameter of that view: the keys of the other pôle's things."""
    namespace, _, view = name.rpartition(":")
    page_keys = [page.pk for page in (world.pages if every_state else [world.draft])]
    home_and_index = [world.pole.home.pk, world.pole.index.pk]
    state = world.task_state
    values = {
        "page_id": page_keys,
        "page_pk": page_keys,
        "page_to_move_id": page_keys,
        "destination_id": [world.pole.index.pk, world.draft.pk],
        "parent_page_id": [*home_and_index, world.draft.pk],
        "revision_id": [world.draft.latest_revision.pk],
        "revision_id_a": ["earliest", world.draft.latest_revision.pk],
        "revision_id_b": ["latest"],
        "task_id": [state.task_id],
        "task_state_id": [state.pk],
        "workflow_pk": [state.workflow_state.workflow_id],
        "workflow_state_id": [state.workflow_state_id],
        "image_id": [world.image.pk],
        "document_id": [world.document.pk],
        "doc_id": [world.document.pk],
        "uploaded_file_id": [(world.uploaded_image if "image" in namespace else world.uploaded_document).pk],
        "filter_spec": ["width-100"],
        "collection_id": [world.collection.pk],
        "restriction_id": [1],
        "page_view_restriction_id": [1],
        "translation_id": [world.translation.pk],
        "translation_source_id": [world.translation.source.pk],
        "string_segment_id": [world.string_segment.pk],
        "overridable_segment_id": [1],
        "redirect_id": [world.redirect.pk],
        "session_id": [1],
        "mode": ["default"],
        "section": ["pages", "videos"],
        "uidb64": ["MQ"],
        "uidb36": ["1"],
        # Somebody else's invitation, without the link that was sent to them
        "token": [
            f"{world.invitation.token[:-1]}_"
            if name == "accept_invitation"
            else f"{world.verification_request.token[:-1]}_"
        ],
        "key": ["set-password" if "password" in name else "ocean.classique.vagues"],
        "version": ["000000000000"],
        "slug": [world.video.slug],
        "path": [world.image.file.name],
        "content_type_app_name": ["articles"],
        "content_type_model_name": ["articlepage"],
        "app_label": ["articles"],
        "model_name": ["articlepage"],
        "object_id": [str(key) for key in page_keys],
        "action_name": ["approve", "reject"],
        "team": [world.pole.pole.pays.slug, "reseau"],
        "pays": [world.pole.pole.pays.slug],
        "user": [person.pk for person in world.people],
        "row": [world.trashed.pk],
        "invitation": [world.invitation.pk],
        "directory": [world.pole.directory.pk],
        "agenda": [world.pole.agenda.pk],
        "page": [world.event.pk],
        "number": [world.calendar_import.pk if name == "agenda_import" else world.member_import.pk],
        "guide": ["publier"],
        "home": [world.pole.home.pk],
        "kept": [world.member.pk],
        "other": [world.duplicate.pk],
        "name": ["csv", "xlsx", "modele"],
    }
    if "restriction_id" in name or "authenticate" in name:
        restriction = world.private.get_view_restrictions().first()
        values["page_view_restriction_id"] = [restriction.pk]
    keys = {
        "wagtailadmin_collections": [world.collection.pk, world.pole.collection.pk],
        "wagtailadmin_workflows": [state.task_id if "task" in view else state.workflow_state.workflow_id],
        "wagtailadmin_pages": page_keys,
        "wagtailadmin_api:pages": page_keys,
        "wagtailadmin_api:images": [world.image.pk],
        "wagtailadmin_api:documents": [world.document.pk],
        "wagtailsettings": [world.site.pk],
        "wagtaildocs_chooser": [world.document.pk],
        "wagtailimages_chooser": [world.image.pk],
        "wagtaillocales": [world.draft.locale_id],
        "wagtailsites": [world.site.pk],
        "wagtailusers_users": [person.pk for person in world.people],
        "wagtailusers_groups": list(world.groups.values_list("pk", flat=True)),
        "wagtail_localize": [world.topic.pk],
    }
    for snippet in (
        world.principle,
        world.charter,
        world.topic,
        world.sector,
        world.campaign,
        world.involvement_text,
        world.video_host,
        world.synonyms,
        world.best_bet,
        world.pole.pole,
        world.pole.pole.pays,
    ):
        model = snippet._meta.label_lower.replace(".", "_")
        keys[f"wagtailsnippets_{model}"] = keys[f"wagtailsnippetchoosers_{model}"] = [snippet.pk]
        if namespace == f"wagtailsnippets_{model}" and "revision" in view:
            values["revision_id"] = [snippet.latest_revision.pk]
    if name == "inbox_message":
        values["key"] = [world.message.pk]
    if name == "write_to_site":
        keys[namespace] = [world.contact_page.pk]
    values["pk"] = [world.member.pk] if name in ("write_to_member", "report_member") else keys.get(namespace, [])
    if namespace == "wagtail_localize" and "snippet" in view:
        values |= {"app_label": ["commons"], "model_name": ["topic"]}
    if namespace == "wagtailadmin_api:pages":
        values["pk"] = values["pk"][:2]
        values["action_name"] = [
            "convert_alias", "copy", "copy_for_translation", "delete", "publish", "unpublish", "move",
            "create_alias", "revert_to_page_revision",
        ]  # fmt: skip
    if name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        values["pk"] = [world.passkey.pk]
    if namespace == "wagtailadmin_workflows":
        values |= {"app_label": ["poles"], "model_name": ["publisherapprovaltask"]}
    if namespace == "wagtailsettings":
        values |= {"app_name": ["core"], "model_name": ["siteidentity"]}
    if name == "wagtailadmin_tag_model_autocomplete":
        values |= {"app_name": ["taggit"], "model_name": ["tag"]}
    return values


BULK_ACTIONS = [
    (app_label, model_name, action)
    for app_label, model_name, actions in (
        ("wagtailcore", "page", "delete move publish unpublish"),
        ("core", "siteimage", "delete add_to_collection"),
        ("core", "sitedocument", "delete add_to_collection"),
        ("accounts", "user", "delete assign_role set_active_state"),
        *(("commons", model, "delete") for model in ("topic", "sector", "principle", "charter")),
        *(("poles", model, "delete") for model in ("pole", "pays")),
        ("core", "approvedhost", "delete"),
        ("events", "campaign", "delete"),
        ("home", "involvementtext", "delete"),
        *(("search", model, "delete") for model in ("synonymgroup", "bestbet")),
    )
    for action in actions.split()
]
DIRECTORY_PARTS = ("carte/", "imprimer/", "donnees/", "csv/", "xlsx/", "json/", "geojson/")
AGENDA_PARTS = (
    "mois/{0:%Y/%m}/", "semaine/{0:%G/%V}/", "archives/", "abonnement/", "imprimer/", "ical/", "rss/", "atom/", "csv/",
    "geojson/", "evenement/", "evenement/ical/",
)  # fmt: skip
POSITIONAL = {
    "wagtaildocs_serve": lambda world: [[world.document.pk, world.document.filename]],
    "wagtail_serve": lambda world: [
        *([page.url_path.split("/", 2)[2]] for page in world.pages),
        *(
            [path]
            for path in (
                "",
                "actualites/",
                "actualites/rss/",
                "actualites/atom/",
                "plan-du-site/",
                "contact/",
                "mon-projet/",
            )
        ),
        *([path] for path in ("videos/", "videos/rss/", "videos/atom/")),
        *([f"annuaire/{part}"] for part in ("", *DIRECTORY_PARTS, "fiche/", "fiche/vcard/")),
        *([f"agenda/{part.format(timezone.localdate())}"] for part in ("", *AGENDA_PARTS)),
        [f"agenda/campagne/{world.campaign.slug}/"],
        *([f"videos/{page.slug}/{part}"] for page in (world.video, world.series) for part in ("", "rss/", "affiche/")),
    ],
}


def arguments(name: str, route: str, world, every_state: bool = True) -> Iterator[dict | list]:
    """All the sets of arguments to ask that view with."""
    if name == "wagtail_bulk_action":
        for app_label, model_name, action in BULK_ACTIONS:
            yield {"app_label": app_label, "model_name": model_name, "action": action}
        return
    if name in POSITIONAL:
        yield from POSITIONAL[name](world)
        return
    values = parameters(name, world, every_state)
    wanted = re.findall(r"<(?:\w+:)?(\w+)>", route)
    yield from (dict(zip(wanted, row, strict=True)) for row in product(*(values[key] for key in wanted)))
