from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "motcua.dossiers"
    label = "dossiers"

    def ready(self) -> None:
        from motcua.accounts import ports  # only now are the models there
        from motcua.dossiers.queries.own import has_open_of

        ports.register_use(has_open_of)
