"""notify tells accounts who carries its letters."""

from __future__ import annotations

from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "motcua.notify"
    label = "notify"

    def ready(self) -> None:
        from motcua.accounts.ports import register_forgetting, register_letters
        from motcua.notify.services.account_letters import forget_account_letters, post_account_letter

        register_letters(post_account_letter)
        register_forgetting(forget_account_letters)
