from django.urls import path

from homeground.people.views import accounts, drafts, persons, signing_in

app_name = "people"
urlpatterns = [
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/<uuid:account_id>/links/", accounts.links, name="links"),
    path("memberships/<uuid:membership_id>/ending/", accounts.ending, name="ending"),
    path("persons/<uuid:person_id>/", persons.person, name="person"),
    path("persons/<uuid:person_id>/account/", persons.account, name="account"),
    path("drafts/key/", drafts.draft_key, name="draft_key"),
    path("me/", signing_in.me, name="me"),
    path("in/<str:secret>/", signing_in.sign_in, name="sign_in"),
]
