from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "motcua.desk"
    label = "desk"

    def ready(self) -> None:
        from motcua.desk import answered
        from motcua.theme.answered_pages import Rights, register_rights

        register_rights("officer", Rights(answered.seal, answered.still))
