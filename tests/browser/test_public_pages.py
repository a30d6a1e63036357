"""Pages that anybody may open, on a phone and on a desk screen."""

from __future__ import annotations

import pytest
from tests.browser.conftest import NewVisitor

PATHS = [
    "/",
    "/thu-tuc/",
    "/dang-ky/",
    "/dang-nhap/",
    "/quen-mat-khau/",
    "/kha-nang-tiep-can/",
    "/du-lieu-ca-nhan/",
    "/dieu-khoan/",
]


@pytest.mark.parametrize("width", [320, 1280])
def test_public_pages_at_width_are_accessible(visitor: NewVisitor, width: int) -> None:
    device = visitor(width=width)
    for path in PATHS:
        device.go(path)
