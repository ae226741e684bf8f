from django.urls import path

from homeground.interop import views

app_name = "interop"
urlpatterns = [
    path("calendar/<str:secret>.ics", views.feed, name="feed"),
    path("calendars/", views.feeds, name="feeds"),
    path("records/own/", views.own_records, name="own_records"),
    path("releases/<uuid:release_id>/", views.release, name="release"),
    path("calendars/revocation/", views.revocation, name="feed_revocation"),
]
