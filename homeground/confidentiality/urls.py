from django.urls import path

from homeground.confidentiality.views import glass, reviews

app_name = "confidentiality"
urlpatterns = [
    path("glass/<uuid:person_id>/", glass.glass, name="glass"),
    path("glass/<uuid:glass_id>/ending/", glass.ending, name="glass_ending"),
    path("reviews/", reviews.reviews, name="reviews"),
    path("reviews/<uuid:glass_id>/", reviews.review, name="review"),
]
