from django.urls import path

from homeground.placement.views import admission, screening

app_name = "placement"
urlpatterns = [
    path("screenings/", screening.screenings, name="screenings"),
    path("screenings/<uuid:screening_id>/", screening.screening, name="screening"),
    path("screenings/<uuid:screening_id>/red_flags/", screening.red_flags, name="red_flags"),
    path("screenings/<uuid:screening_id>/facts/", screening.facts, name="facts"),
    path("screenings/<uuid:screening_id>/ratings/", screening.ratings, name="ratings"),
    path("screenings/<uuid:screening_id>/decision/", screening.decision, name="decision"),
    path("screenings/<uuid:screening_id>/admission/", admission.admission, name="admission"),
]
