from django.apps import AppConfig


class ProcessConfig(AppConfig):
    name = "motcua.process"
    label = "process"
