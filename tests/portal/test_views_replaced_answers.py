"""Answers that a supplement replaced: both sides read them in the history, the package has each version."""

from __future__ import annotations

import io
import time
import zipfile

import pytest
from django.test import Client
from tests.dossiers.world import World
from tests.portal.test_views_supplement import asked, at, send
from tests.portal.test_views_supplement_answers import SHOWN, filed, world_of

from motcua.accounts.services.sessions import SEEN_AT
from motcua.desk import clock
from motcua.dossiers import queries
from motcua.dossiers.services import Act

pytestmark = pytest.mark.django_db


def corrected(world: World, an: Client) -> Act:
    """A dossier whose applicant has replaced answers twice: the capital, then the capital and the name."""
    act = filed(world)
    an.post(at(act, "to-khai/1/"), {**SHOWN, "capital": "6.000.000", "go_on": "yes"})
    send(an, act)
    asked(world, "form", act=act, again_ground="Số vốn vẫn chưa khớp")
    changed = {**SHOWN, "name": "An Khang", "capital": "7.000.000", "area": "", "go_on": "yes"}
    an.post(at(act, "to-khai/1/"), changed)
    send(an, act)
    return act


FIRST = "Vốn kinh doanh (đồng): “5.000.000.000 đồng” → “6.000.000 đồng”"
SECOND = (
    "Tên hộ kinh doanh: “Minh Tâm” → “An Khang”\n"
    "Vốn kinh doanh (đồng): “6.000.000 đồng” → “7.000.000 đồng”\n"
    "Diện tích (m²): “1.234,5” → để trống"
)


def test_replaced_answers_stay_readable_for_both_sides_and_for_nobody_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world, an = world_of(monkeypatch)
    monkeypatch.setattr(clock, "now", lambda: world.later(minutes=1))
    act = corrected(world, an)
    way = an.get(f"/ho-so-cua-toi/{act.dossier_id}/").context["way"]
    told = [each for each in way.done if each.title == "Đã bổ sung hồ sơ"]
    assert [each.body for each in told] == [FIRST, SECOND]
    moments = [each.answered_at for each in queries.state_of(act.dossier_id).supplements]
    assert [each.at for each in told] == moments
    chi = Client()
    chi.force_login(world.people["chi"], backend="motcua.accounts.services.backends.EntryBackend")
    session = chi.session
    session[SEEN_AT] = int(time.time())
    session.save()
    entries = chi.get(f"/noi-bo/ho-so/{act.dossier_id}/").context["timeline"].entries
    bodies = [each.body for each in entries if each.title == "Người nộp bổ sung hồ sơ"]
    assert bodies == [SECOND, FIRST]
    public = Client().get(f"/tra-cuu/{queries.state_of(act.dossier_id).reference}/").content.decode()
    assert "Đã bổ sung hồ sơ" in public
    for hidden in ("Minh Tâm", "An Khang", "5.000.000.000", "7.000.000"):
        assert hidden not in public


def test_package_holds_each_version_of_the_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    world, an = world_of(monkeypatch)
    act = corrected(world, an)
    answer = an.get(f"/ho-so-cua-toi/{act.dossier_id}/tai-ve/")
    with zipfile.ZipFile(io.BytesIO(answer.getvalue())) as package:
        texts = {
            name: package.read(name).decode("utf-8-sig") for name in package.namelist() if "Tờ khai" in name
        }
        listing = package.read("Danh sách.txt").decode("utf-8-sig")
    names = [f"1 Giấy tờ đã nộp/Tờ khai điện tử{more}.txt" for more in (", bản trước (2)", ", bản trước", "")]
    assert sorted(texts) == sorted(names)
    wanted = [
        ("Minh Tâm", "5.000.000.000 đồng", True),
        ("Minh Tâm", "6.000.000 đồng", True),
        ("An Khang", "7.000.000 đồng", False),
    ]
    for name, (business, capital, has_area) in zip(names, wanted, strict=True):
        assert f"Tên hộ kinh doanh: {business}" in texts[name]
        assert f"Vốn kinh doanh (đồng): {capital}" in texts[name]
        assert ("Diện tích (m²): 1.234,5" in texts[name]) == has_area
        assert ("được thay lúc" in texts[name]) == ("bản trước" in name)
    assert listing.count("được thay lúc") == 2
