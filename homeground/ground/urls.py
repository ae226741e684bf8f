from django.urls import path

from homeground.ground import views

app_name = "ground"
urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("style/", views.style, name="style"),
]
