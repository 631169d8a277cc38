"""The screens of a pôle's team in the editor, for people who are signed in."""

from django.urls import path

from poles.views import journal, team, translations

admin_urlpatterns = [
    path("breton/", translations.TranslationsView.as_view(), name="translation_board"),
    path("equipe/", team.my_team, name="my_team"),
    path("equipe/<slug:team>/", team.MembersView.as_view(), name="team"),
    path("equipe/<slug:team>/role/<int:user>/", team.ChangeRoleView.as_view(), name="team_change_role"),
    path("equipe/<slug:team>/retirer/<int:user>/", team.RemoveView.as_view(), name="team_remove"),
    path("equipe/<slug:team>/renvoyer/<int:invitation>/", team.ResendView.as_view(), name="team_resend"),
    path("equipe/<slug:team>/annuler/<int:invitation>/", team.WithdrawView.as_view(), name="team_withdraw"),
    path("equipe/<slug:team>/journal/", journal.JournalView.as_view(), name="journal"),
]
