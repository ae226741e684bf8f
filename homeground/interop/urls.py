from django.urls import path

from homeground.interop import views

app_name = "interop"
urlpatterns = [
    path("calendar/<str:secret>.ics", views.feed, name="feed"),
    path("calendars/", views.feeds, name="feeds"),
    path("calendars/revocation/", views.revocation, name="feed_revocation"),
]
