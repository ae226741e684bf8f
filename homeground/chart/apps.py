from django.apps import AppConfig


class ChartConfig(AppConfig):
    name = "homeground.chart"
    label = "chart"
