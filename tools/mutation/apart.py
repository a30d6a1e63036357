"""Slips set in a process of their own, so that the one which is forked later keeps no threads."""

from __future__ import annotations

import contextlib
import os
import pickle
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import typst

from motcua.documents.services import rendering


@contextlib.contextmanager
def setting_slips_apart() -> Iterator[None]:
    """Slips are set in a process of their own meanwhile.

    Typst keeps threads for the life of the process that first used it. A child forked from that one has
    none of them, and waits for them for ever.
    """
    ours, theirs = rendering._set, typst.compile  # tests of the sheet itself, and samples, call the latter
    rendering._set = _apart(ours)
    typst.compile = _apart(theirs)
    try:
        yield
    finally:
        rendering._set, typst.compile = ours, theirs


def _apart(here: Callable[..., bytes]) -> Callable[..., bytes]:
    def apart(*asked: Any, **named: Any) -> bytes:
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            _say_what_was_set(partial(here, *asked, **named), writing)
        os.close(writing)
        with open(reading, "rb") as answer:
            what = pickle.loads(answer.read())  # noqa: S301 (from our own child)
        os.waitpid(child, 0)
        if isinstance(what, BaseException):
            raise what
        assert isinstance(what, bytes)
        return what

    return apart


def _say_what_was_set(here: Callable[[], bytes], writing: int) -> None:
    """Never returns."""
    what: bytes | BaseException
    try:
        what = here()
    except BaseException as error:  # noqa: BLE001 - the child must end here, whatever happens
        what = error
    with open(writing, "wb") as answer:
        pickle.dump(what, answer)
    os._exit(0)
