from django.urls import path

from homeground.interop.views import desk, notes, own, papers, public, received, sending, steps

app_name = "interop"
urlpatterns = [
    path("calendar/<str:secret>.ics", own.feed, name="feed"),
    path("calendars/", own.feeds, name="feeds"),
    path("calendars/revocation/", own.revocation, name="feed_revocation"),
    path("records/own/", own.own_records, name="own_records"),
    path("releases/<uuid:release_id>/", own.release, name="release"),
    path("people/<uuid:person_id>/received/", received.received, name="received"),
    path("received/<uuid:received_id>/", received.received_record, name="received_record"),
    path("received/<uuid:received_id>/file/", received.received_file, name="received_file"),
    path("records/own/accounting/", papers.own_accounting, name="own_accounting"),
    path("people/<uuid:person_id>/accounting/", papers.accounting, name="accounting"),
    path("breaches/<uuid:breach_id>/letters/<uuid:person_id>/", papers.breach_letter, name="breach_letter"),
    path("people/<uuid:patient_id>/notes/", notes.notes, name="notes"),
    path("ask/", public.ask, name="ask"),
    path("ask/sent/", public.ask_sent, name="ask_sent"),
    path("script/", desk.script, name="script"),
    path("agreements/", desk.agreements, name="agreements"),
    path("requests/", desk.requests, name="requests"),
    path("requests/new/", desk.new, name="new"),
    path("requests/emergency/", desk.emergency, name="emergency"),
    path("requests/<uuid:asked_id>/", desk.asked, name="asked"),
    path("requests/<uuid:asked_id>/facts/", steps.facts, name="facts"),
    path("requests/<uuid:asked_id>/identity/", steps.identity, name="identity"),
    path("requests/<uuid:asked_id>/person/", steps.person, name="person"),
    path("requests/<uuid:asked_id>/order/", steps.order, name="order"),
    path("requests/<uuid:asked_id>/decision/", steps.decision, name="decision"),
    path("requests/<uuid:asked_id>/preview/", sending.preview, name="preview"),
    path("requests/<uuid:asked_id>/sending/", sending.sending, name="sending"),
    path("requests/<uuid:asked_id>/reply/", sending.reply, name="reply"),
    path("requests/<uuid:asked_id>/closing/", desk.closing, name="closing"),
]
