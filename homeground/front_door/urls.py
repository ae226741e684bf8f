from django.urls import path

from homeground.front_door.views import asking, check, desk, find, fit, public, worry

app_name = "front_door"
urlpatterns = [
    path("", public.home, name="home"),
    path("check/", check.check, name="check"),
    path("fit/", fit.fit, name="fit"),
    path("help/", asking.ask, name="help"),
    path("help/sent/", asking.sent, name="help_sent"),
    path("find/", find.find, name="find"),
    path("family/", public.family, name="family"),
    path("family/worry/", worry.worry, name="worry"),
    path("family/worry/sent/", worry.sent, name="worry_sent"),
    path("front_door/worries/", worry.worries, name="worries"),
    path("front_door/worries/<uuid:worry_id>/", worry.one, name="worry_read"),
    path("front_door/worries/<uuid:worry_id>/closing/", worry.closing, name="worry_closing"),
    path("front_door/", desk.inbox, name="inbox"),
    path("front_door/requests/<uuid:request_id>/", desk.request, name="request"),
    path("front_door/requests/<uuid:request_id>/calls/", desk.calls, name="calls"),
    path("front_door/requests/<uuid:request_id>/closing/", desk.closing, name="closing"),
    path("front_door/requests/<uuid:request_id>/screening/", desk.screening, name="screening"),
    path("front_door/places/", find.places, name="places"),
]
