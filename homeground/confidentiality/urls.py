from django.urls import path

from homeground.confidentiality.views import breaches, glass, notice, persons, reviews, rights

app_name = "confidentiality"
urlpatterns = [
    path("glass/<uuid:person_id>/", glass.glass, name="glass"),
    path("glass/<uuid:glass_id>/ending/", glass.ending, name="glass_ending"),
    path("reviews/", reviews.reviews, name="reviews"),
    path("reviews/<uuid:glass_id>/", reviews.review, name="review"),
    path("requests/", rights.requests, name="requests"),
    path("requests/<uuid:right_id>/", rights.right, name="right"),
    path("requests/<uuid:right_id>/owner/", rights.owner, name="owner"),
    path("requests/<uuid:right_id>/extension/", rights.extension, name="extension"),
    path("requests/<uuid:right_id>/answer/", rights.answer, name="answer"),
    path("people/<uuid:person_id>/", persons.person, name="person"),
    path("people/<uuid:person_id>/requests/", persons.person_requests, name="person_requests"),
    path(
        "people/<uuid:person_id>/restrictions/<uuid:restriction_id>/ending/",
        persons.restriction_ending,
        name="restriction_ending",
    ),
    path("people/<uuid:person_id>/accounting/", persons.accounting, name="accounting"),
    path("people/<uuid:person_id>/notice/", notice.given, name="notice_given"),
    path("people/<uuid:person_id>/breaches/", persons.person_breaches, name="person_breaches"),
    path("breaches/", breaches.breaches, name="breaches"),
    path("breaches/<uuid:breach_id>/", breaches.breach, name="breach"),
    path("breaches/<uuid:breach_id>/assessment/", breaches.assessment, name="assessment"),
    path("breaches/<uuid:breach_id>/telling/", breaches.telling, name="telling"),
    path("breaches/<uuid:breach_id>/closing/", breaches.closing, name="closing"),
    path("breaches/<uuid:breach_id>/letters/<uuid:person_id>/", breaches.letter, name="breach_letter"),
    path("notice/", notice.notice, name="notice"),
    path("notice/reading/", notice.reading, name="notice_reading"),
    path("notice/contact/", notice.contact, name="notice_contact"),
]
