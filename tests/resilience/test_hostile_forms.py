"""Nothing that anybody fills into a form makes a page fail: it is taken or refused in words."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.resilience import scenery
from tests.resilience.forms import FORMS, form_named, send
from tests.resilience.hostile import NASTY, Site, nasty, quietly

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", FORMS)
def test_form_filled_in_well_does_what_it_is_for(site: Site, name: str) -> None:
    form = form_named(site, name)
    answer = send(site, form, form.good, **{each: scenery.upload() for each in form.files})
    expected = {
        "confirm": 422, "reset": 422, "organisation mailbox": 422, "kiosk": 200, "desk log in": 200,
        "password": 200,
        "look up": 200, "new officer": 200, "look at closure": 200,
        "paste": 200, "still looking": 200, "design e-form": 200,
        "supplement": 422,
        "email code": 422, "phone code": 422,
        "closing": 422, "closing code": 422,  # something is awaited of them
        "lookup code": 422, "kiosk lookup": 200, "join": 422, "join code": 422,
        "identity": 200, "identity code": 422, "email at the desk": 422, "email code at the desk": 422,
        "phone at the desk": 422, "reset at the desk": 422,
        "end agency": 422, "end unit": 422,  # dossiers and posts hang on them
        "keep agency": 409, "keep unit": 409,  # neither has an end
        "copy competences": 422,  # there is no other agency of its kind
        "decide what is online": 422,  # nothing was proposed
        "look at promise": 200, "look at hours": 200,
    }  # fmt: skip
    assert answer.status_code == expected.get(name, 302), answer.content.decode()[:6000]


@pytest.mark.parametrize("name", FORMS)
def test_form_with_anything_in_one_field_is_answered(site: Site, name: str) -> None:
    """Of all the nasty things each field gets two, and all fields together get every one of them."""
    form, chance = form_named(site, name), random.Random(name)
    for field in form.good:
        for value in chance.sample(NASTY, 2):
            send(site, form, form.good | {field: value})
        send(site, form, {each: typed for each, typed in form.good.items() if each != field})
    send(site, form, {})
    assert send(site, form, dict.fromkeys(form.good, "\0")).status_code == 400
    stale = form.good | {"version": "9" * 5000}
    send(site, form, stale)
    send(site, form, stale | {"task_key": "gone"})


@given(data=st.data())
@settings(quietly, max_examples=50)
def test_form_with_anything_in_every_field_is_answered(site: Site, data: st.DataObject) -> None:
    form = form_named(site, data.draw(st.sampled_from(FORMS)))
    typed = {field: data.draw(nasty | st.just(good)) for field, good in form.good.items()}
    send(site, form, typed | {data.draw(st.text(max_size=5)): data.draw(nasty)})
