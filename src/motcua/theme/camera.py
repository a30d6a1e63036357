"""Pages on which the browser may open a camera. Everywhere else the header of the page forbids it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse

USES_CAMERA = "uses_camera"  # asked of the answer by what writes the headers


def with_camera(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The page of this view may open the camera, its own scripts only."""

    @wraps(view)
    def allowing(*args: Any, **kwargs: Any) -> HttpResponse:
        return allow_camera(view(*args, **kwargs))

    return allowing


def allow_camera(response: HttpResponse) -> HttpResponse:
    setattr(response, USES_CAMERA, True)
    return response
