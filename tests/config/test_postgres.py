"""The embedded server, as real processes."""

from __future__ import annotations

import pytest
from django.db import connection


@pytest.mark.django_db
def test_database_in_a_test_lower_cases_vietnamese() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT lower('ĐẶNG THỊ ÁNH')")
        assert cursor.fetchone() == ("đặng thị ánh",)
