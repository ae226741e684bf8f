from django.urls import path

from homeground.desk.views import consent_desk, consents, home, looks, patient, plan, privacy, sharing, staff

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
    path("notices/seen/", home.notices_seen, name="notices_seen"),
    path("today/", patient.today, name="today"),
    path("week/", patient.my_week, name="my_week"),
    path("wishes/", patient.wishes, name="wishes"),
    path("shared/", patient.shared, name="shared"),
    path("people/", staff.people, name="people"),
    path("people/<uuid:patient_id>/", staff.patient, name="patient"),
    path("people/<uuid:patient_id>/consents/", consent_desk.consents, name="person_consents"),
    path(
        "people/<uuid:patient_id>/consents/new/<slug:kind>/",
        consent_desk.consent_form,
        name="person_consent_form",
    ),
    path(
        "people/<uuid:patient_id>/consents/<uuid:consent_id>/ending/",
        consent_desk.ending,
        name="consent_ending",
    ),
    path("people/<uuid:patient_id>/proposals/<uuid:proposal_id>/screen/", consent_desk.screen, name="screen"),
    path(
        "people/<uuid:patient_id>/proposals/<uuid:proposal_id>/withdrawal/",
        consent_desk.withdrawal,
        name="withdrawal",
    ),
    path("people/<uuid:patient_id>/representatives/", consent_desk.representatives, name="representatives"),
    path("sign/", consent_desk.sign_here, name="sign_here"),
    path("wishes/<uuid:wish_id>/answer/", staff.wish_answer, name="wish_answer"),
    path("looks/", looks.week, name="looks"),
    path("looks/<uuid:reader_id>/<uuid:person_id>/", looks.look, name="look"),
    path("due/", plan.due, name="due"),
    path("objectives/<uuid:objective_id>/", plan.objective, name="objective"),
    path("people/<uuid:patient_id>/plan/", plan.copy, name="plan_copy"),
    path("privacy/", privacy.privacy, name="privacy"),
    path("privacy/consents/new/", consents.kinds, name="consent_kinds"),
    path("privacy/consents/new/<slug:kind>/", consents.consent_form, name="consent_form"),
    path("privacy/consents/<uuid:consent_id>/copy/", consents.copy, name="consent_copy"),
    path("privacy/consents/<uuid:consent_id>/links/", sharing.consent_links, name="consent_links"),
    path("privacy/consents/<uuid:consent_id>/links/ending/", sharing.links_ending, name="links_ending"),
    path("shared/<uuid:consent_id>/calendar/", sharing.family_calendar, name="family_calendar"),
    path("given/<str:secret>.ics", sharing.given_calendar, name="given_calendar"),
    path("given/<str:secret>/", sharing.given, name="given"),
    path("privacy/proposals/<uuid:proposal_id>/", consents.proposal, name="proposal"),
    path("privacy/proposals/<uuid:proposal_id>/signature/", consents.signature, name="signature"),
    path("privacy/proposals/<uuid:proposal_id>/refusal/", consents.refusal, name="refusal"),
    path("privacy/consents/<uuid:consent_id>/revocation/", privacy.revocation, name="revocation"),
    path("privacy/requests/", privacy.rights, name="rights"),
]
