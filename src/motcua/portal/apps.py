from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "motcua.portal"
    label = "portal"

    def ready(self) -> None:
        from motcua.portal import answered
        from motcua.theme.answered_pages import Rights, register_rights

        register_rights("citizen", Rights(answered.seal, answered.still))
