from django.urls import path

from homeground.program import views

app_name = "program"
urlpatterns = [
    path("", views.places, name="places"),
    path("centers/new/", views.new_center, name="new_center"),
    path("centers/<uuid:center_id>/", views.center, name="center"),
    path("programs/new/", views.new_program, name="new_program"),
    path("spaces/new/", views.new_space, name="new_space"),
    path("spaces/<uuid:space_id>/", views.space, name="space"),
]
