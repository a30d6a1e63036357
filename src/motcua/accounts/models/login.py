"""Where somebody is logged in."""

from __future__ import annotations

from django.db import models

from motcua.accounts.models.account import Account


class Login(models.Model):
    """One session, so that its owner can recognise and end it. It goes when the session goes.

    Of what the browser tells only two words of ours are kept, and no address.
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="logins")
    session_key = models.CharField(max_length=40, unique=True)
    browser = models.CharField(max_length=30, blank=True, default="")
    system = models.CharField(max_length=30, blank=True, default="")
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
