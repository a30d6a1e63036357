"""Counter intake by scanner: the card fills in the person, the end of the code finds the procedure."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.desk.conftest import At
from tests.dossiers.world import World

from motcua.audit.models import ReadRecord

pytestmark = pytest.mark.django_db
INTAKE = "/noi-bo/tiep-nhan/"
QR = "066090000001||Nguyễn Văn An|05031990|Nam|12 Lê Duẩn, Buôn Ma Thuột|10052022"
BINH = "066090000077||Lê Thị Bình|05031990|Nữ|Đắk Lắk|10052022"


def values(form: object, *names: str) -> list[object]:
    return [form[name].value() for name in names]  # type: ignore[index]


def test_scanned_card_fills_in_the_person_and_goes_on_to_the_procedure(world: World, at_desk: At) -> None:
    form = at_desk("chi").post(INTAKE, {"action": "look", "personal_id": BINH}).context["form"]
    assert values(form, "personal_id", "name", "date_of_birth", "address") == [
        "066090000077",
        "Lê Thị Bình",
        "05/03/1990",
        "Đắk Lắk",
    ]
    assert "autofocus" in form.fields["procedure_text"].widget.attrs


@pytest.mark.parametrize("is_checked", [True, False])
def test_scanned_card_brings_the_contacts_of_a_compared_account_only(
    world: World, at_desk: At, is_checked: bool
) -> None:
    """Whoever typed this number when registering must not become the contact of the dossier."""
    an = world.people["an"]
    an.identity_checked_at = world.now if is_checked else None
    an.save()
    form = at_desk("chi").post(INTAKE, {"action": "look", "personal_id": QR}).context["form"]
    assert values(form, "name", "email") == ["Nguyễn Văn An", "an@example.vn" if is_checked else ""]
    assert ReadRecord.objects.filter(what=f"account:{world.people['an'].pk}").count() == 1


def test_another_card_takes_the_place_of_the_person_before(world: World, at_desk: At) -> None:
    typed = {"action": "look", "personal_id": BINH, "name": "Nguyễn Văn An", "email": "an@example.vn"}
    form = at_desk("chi").post(INTAKE, typed).context["form"]
    assert values(form, "name", "email") == ["Lê Thị Bình", ""]


@pytest.mark.parametrize(("typing", "chosen"), [({}, True), ({"HTTP_HX_REQUEST": "true"}, False)])
def test_end_of_the_code_chooses_the_procedure_once_it_is_sent(
    world: World, at_desk: At, typing: dict[str, str], chosen: bool
) -> None:
    typed = {"action": "look", "personal_id": BINH, "procedure_text": "001"}
    answer = at_desk("chi").post(INTAKE, typed, **typing)
    assert (answer.context["form"].sheet is not None) is chosen
    assert [card.version_id for card in answer.context["found"].procedures] == (
        [] if chosen else [world.version.pk]
    )


def test_one_tick_stands_for_all_required_papers(world: World, at_desk: At) -> None:
    typed = {
        "action": "accept",
        "request_key": "0" * 32,
        "personal_id": BINH,
        "name": "Lê Thị Bình",
        "version_id": str(world.version.pk),
        "agency": str(world.agency.pk),
        "channel": "counter",
        "delivery": "counter",
        "all_papers": "on",
    }
    answer = at_desk("chi").post(INTAKE, typed)
    dossier_id = answer.headers["Location"].rstrip("/").rpartition("/")[2]
    state = world.state(dossier_id)
    assert state.status == "accepted"
    assert [(d.key, d.originals) for d in state.contents.documents] == [("form", 1), ("paper", 1)]
    assert state.contents.applicant.personal_id == "066090000077"


def test_keys_are_listed_and_switched_off_on_this_machine(world: World, at_desk: At) -> None:
    chi = at_desk("chi")
    assert 'data-mc-keys="on"' in chi.get(reverse("desk:keys")).content.decode()
    chi.post(reverse("desk:keys"), {"keys": "off"})
    assert 'data-mc-keys="off"' in chi.get(reverse("desk:keys")).content.decode()
