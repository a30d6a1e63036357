from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "motcua.dossiers"
    label = "dossiers"

    def ready(self) -> None:
        from motcua.accounts import ports  # only now are the models there
        from motcua.dossiers.queries.outages import last_entry
        from motcua.dossiers.queries.own import has_open_of
        from motcua.incidents import ports as outages

        ports.register_use(has_open_of)
        outages.register_entries(last_entry)
