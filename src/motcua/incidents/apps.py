from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    name = "motcua.incidents"
    label = "incidents"
