from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "homeground.people"
    label = "people"
