from django.apps import AppConfig


class TimetableConfig(AppConfig):
    name = "homeground.timetable"
    label = "timetable"
