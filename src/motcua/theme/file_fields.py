"""Fields for files, which say what they take before anything travels."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext

from motcua.documents.rules.limits import Limits


def keep_within(field: forms.Field, limits: Limits) -> None:
    """Let the browser offer the types that are taken, and `faces.js` tell a file that is too big before it is
    sent; the store checks again."""
    said = gettext("Tệp lớn hơn %(size)s. Hãy chọn tệp nhỏ hơn.") % {"size": limits.size_text}
    field.widget.attrs |= {
        "accept": limits.accept,
        "data-mc-max-bytes": str(limits.max_bytes),
        "data-mc-too-big": said,
    }
