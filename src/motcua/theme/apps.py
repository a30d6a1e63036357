from django.apps import AppConfig


class ThemeConfig(AppConfig):
    name = "motcua.theme"
    label = "theme"
