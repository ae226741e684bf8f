from django.urls import path

from homeground.chart import views

app_name = "chart"
urlpatterns = [
    path("episodes/<uuid:episode_id>/", views.episode, name="episode"),
    path("episodes/<uuid:episode_id>/consents/", views.consents, name="consents"),
]
