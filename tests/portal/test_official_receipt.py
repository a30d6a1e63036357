"""When an online filing counts as received: page, PDF and letter say the same, under every regulation."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client
from tests.documents.test_services_slips import text_of, without_spaces
from tests.dossiers.world import World, moment
from tests.portal.conftest import Browser

from motcua.dossiers import services
from motcua.dossiers.rules.state import SupplementItem
from motcua.kernel.dates import in_words
from motcua.notify import queries as notify
from motcua.notify.models import OutboxMessage
from motcua.portal.standing import Receipt
from motcua.theme.wording import short_moment

pytestmark = pytest.mark.django_db

TITLE = {"vi": "Thời điểm tiếp nhận chính thức", "en": "Officially received"}
IF_VALID = {"vi": ", nếu hồ sơ đầy đủ, hợp lệ", "en": ", if the dossier is found complete and valid"}
OFF_HOURS = {
    "vi": "; tính từ lúc đó vì gửi ngoài giờ làm việc",
    "en": "; it counts from then, as it was sent outside working hours",
}
ON_ACCEPTANCE = {
    "vi": "khi bộ phận một cửa tiếp nhận hồ sơ",
    "en": "when the one-stop desk accepts the dossier",
}


@pytest.mark.clause("QN20-11.1#2", "KT18-14.3#1", "KT22-9#1", "DL24-8.1.c#2", "PT24-9.2.c#2")
@pytest.mark.parametrize("is_night", [False, True])
@pytest.mark.parametrize(
    ("regulation", "told"),
    [
        ("KT18", "on acceptance"),
        ("KT22", "on acceptance"),
        ("QN20", "as entered"),
        ("DL24", "next working period"),
        ("PT24", "next working period"),
    ],
    indirect=["regulation"],
)
def test_page_paper_and_letter_tell_one_official_receipt(
    world: World, browser_of: Browser, told: str, *, is_night: bool
) -> None:
    if is_night:
        world.now += timedelta(hours=14)
    act = world.submit(world.draft())
    received = world.state(act).received_at
    assert received is not None
    slip = services.acknowledgement(actor=world.actor("an"), at=world.now, dossier_id=act.dossier_id)
    message = OutboxMessage.objects.filter(key="dossier.acknowledged").first()
    assert message is not None
    for language in ("vi", "en"):
        browser = browser_of("an")
        browser.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        facts = browser.get(f"/nop-ho-so/{act.dossier_id}/da-gui/").context["facts"]
        on_page = {fact["key"]: fact["value"] for fact in facts}[TITLE[language]]
        body = notify.wording("dossier.acknowledged", message.context, recipient="An", language=language).body
        if told == "on acceptance":
            expected = ON_ACCEPTANCE[language]
        else:
            moved = OFF_HOURS[language] if is_night and told == "next working period" else ""
            moment = in_words(received) if language == "vi" else on_page.partition(IF_VALID["en"])[0]
            expected = f"{moment}{IF_VALID[language]}{moved}"
        assert on_page == expected
        assert f"{TITLE[language]}: {expected}" in body
        if language == "vi":
            assert without_spaces(f"{TITLE['vi']}: {expected}") in without_spaces(text_of(slip.content))


@pytest.mark.clause("DL24-8.1.c#1", "PT24-9.2.c#1")
@pytest.mark.parametrize(
    ("regulation", "is_stated"),
    [("KT18", False), ("DL24", True), ("PT24", True)],
    indirect=["regulation"],
)
def test_no_moment_is_promised_while_the_supplement_is_awaited_that_gives_it(
    world: World, browser_of: Browser, *, is_stated: bool
) -> None:
    world.now += timedelta(hours=14)
    act = world.submit(world.draft())
    world.now += timedelta(hours=10)
    before, since = "nếu hồ sơ đầy đủ, hợp lệ", "Tính từ khi phần bổ sung được nộp đủ"
    own, public = f"/ho-so-cua-toi/{act.dossier_id}/", f"/tra-cuu/{world.state(act).reference}"
    pages = ((browser_of("an"), own), (Client(), public))
    for browser, path in pages:
        assert (before in browser.get(path).content.decode()) is is_stated
    services.request_supplement(
        actor=world.actor("chi"),
        at=world.later(minutes=1),
        dossier_id=act.dossier_id,
        expected_version=act.version,
        items=(SupplementItem("paper", "Bổ sung"),),
        reason="Ảnh chụp bị mờ",
        guidance="Chụp lại rõ",
    )
    for browser, path in pages:
        text = browser.get(path).content.decode()
        assert (since in text) is is_stated
        assert before not in text


@pytest.mark.parametrize(("is_supplement", "word"), [(False, "nộp"), (True, "bổ sung")])
def test_list_says_of_what_the_moment_is_told(is_supplement: bool, word: str) -> None:
    """What is counted from before the acceptance is the filing, or the supplement that came after it."""
    known = {"is_received": False, "is_provided": False, "was_moved": False}
    receipt = Receipt("", moment("2024-03-04 08:30"), None, is_supplement=is_supplement, **known)
    said = render_to_string("portal/parts/counted.html", {"receipt": receipt})
    assert said.strip() == f"{word} {short_moment(receipt.at)}"
