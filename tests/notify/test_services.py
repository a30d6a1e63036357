"""Posting and delivering, with a real SMTP server."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import datetime, timedelta
from typing import ClassVar

import pytest
from django.core.mail.backends.smtp import EmailBackend
from django.db import connection, transaction
from pytest_django import DjangoAssertNumQueries, Settings
from tests.accounts.people import MORNING, citizen, officer
from tests.notify.mailroom import MailRoom

from motcua.accounts.queries import actor_of
from motcua.kernel.actors import SYSTEM
from motcua.kernel.errors import Forbidden, NotFound
from motcua.notify import queries, services
from motcua.notify.enums import Delivery
from motcua.notify.errors import DeliveryFailed, UnknownMessage
from motcua.notify.models import OutboxMessage
from motcua.notify.rules import messages, retrying
from motcua.notify.rules.letters import Letter
from motcua.notify.rules.messages import Topic, topics_for
from motcua.notify.services import Recipient, SmtpTransport, again

CONTEXT = {
    "applicant": "Nguyễn Văn An",
    "code": "000.00.00.H15-240304-0001",
    "procedure": "Đăng ký khai sinh",
    "agency": "UBND phường Tân Lợi",
    "due": "16 giờ 30 ngày 06/03/2024",
    "hotline": "0262 3 811 811",
    "link": "https://dichvucong.example.vn/tra-cuu/H15",
}
AN = Recipient(account_id=None, email="an@example.vn", name="Nguyễn Văn An")


def post(key: str = "dossier.accepted", *recipients: Recipient, at: datetime = MORNING) -> int:
    return services.post(key=key, recipients=recipients or [AN], context=CONTEXT, about="d-1", at=at)


def deliver_all(at: datetime = MORNING) -> list[Delivery]:
    transport, states = SmtpTransport(), []
    while (done := services.deliver_next(transport=transport, at=at)) is not None:
        states.append(done.state)
    transport.close()
    return states


class Spy(EmailBackend):
    """The SMTP backend, noting whether it is ever used inside a transaction."""

    in_transaction: ClassVar[list[bool]] = []

    def open(self) -> bool | None:
        self.in_transaction.append(connection.in_atomic_block)
        return super().open()

    def send_messages(self, messages: object) -> int:
        self.in_transaction.append(connection.in_atomic_block)
        return int(super().send_messages(messages))  # type: ignore[arg-type]


# --- posting ---


@pytest.mark.django_db
def test_post_to_account_and_to_address_reaches_each_by_its_channels() -> None:
    an = citizen()
    count = post(
        "dossier.accepted", Recipient(an.id, None, an.full_name), Recipient(None, "b@example.vn", "Bình")
    )

    rows = OutboxMessage.objects.order_by("id").values_list("channel", "account_id", "address", "state")
    assert count == 3
    assert list(rows) == [
        ("in_app", an.id, "", "sent"),
        ("email", an.id, "", "waiting"),
        ("email", None, "b@example.vn", "waiting"),
    ]


@pytest.mark.django_db
def test_whoever_is_told_by_account_is_called_by_their_name() -> None:
    an = citizen()
    post("dossier.accepted", Recipient(an.id, None, ""), Recipient(None, "b@example.vn", ""))
    assert set(OutboxMessage.objects.values_list("account_id", "recipient_name")) == {
        (an.id, an.full_name),
        (None, ""),
    }


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3])
def test_post_for_any_number_of_recipients_is_one_insert(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    recipients = [Recipient(None, f"nguoi{n}@example.vn", f"Người {n}") for n in range(number)]

    with django_assert_num_queries(1):
        assert post("dossier.accepted", *recipients) == number


@pytest.mark.django_db
def test_post_to_somebody_without_address_leaves_nothing() -> None:
    assert post("dossier.accepted", Recipient(None, None, "Giang")) == 0
    assert OutboxMessage.objects.count() == 0


@pytest.mark.django_db
def test_post_of_unknown_key_is_a_mistake() -> None:
    with pytest.raises(UnknownMessage):
        post("dossier.accepte")


@pytest.mark.django_db
def test_post_of_assignment_to_officer_makes_no_email() -> None:
    chi = officer()
    post("desk.assigned", Recipient(chi.id, "chi@example.vn", chi.full_name))

    assert list(OutboxMessage.objects.values_list("channel", flat=True)) == ["in_app"]


@pytest.mark.django_db
def test_word_among_officers_comes_by_email_to_those_who_asked_for_its_kind() -> None:
    chi, dung = officer(), officer("Phạm Văn Dũng", username="dung", email="dung@example.vn")
    services.choose_topics(actor=actor_of(dung), wanted=[Topic.REMINDERS])
    assert queries.wanted_topics(chi.id) & set(topics_for(officers=True)) == set()
    assert queries.wanted_topics(dung.id) & set(topics_for(officers=True)) == {Topic.REMINDERS}
    whom = [Recipient(str(each.id), None, each.full_name) for each in (chi, dung)]

    assert post("desk.reminded", *whom) == 3
    assert post("desk.assigned", *whom) == 2

    rows = OutboxMessage.objects.filter(channel="email")
    assert list(rows.values_list("key", "account_id", "state", "posted_at", "next_try_at")) == [
        ("desk.reminded", dung.id, "waiting", MORNING, MORNING)
    ]
    assert rows[0].context == CONTEXT


@pytest.mark.django_db(transaction=True)
def test_an_officer_who_no_longer_wants_them_gets_no_email_that_still_waits(mailroom: MailRoom) -> None:
    chi = officer()
    services.choose_topics(actor=actor_of(chi), wanted=[Topic.WORK])
    for _ in range(2):
        post("desk.assigned", Recipient(chi.id, None, chi.full_name))
    transport = SmtpTransport()
    first = services.deliver_next(transport=transport, at=MORNING)
    transport.close()
    services.choose_topics(actor=actor_of(chi), wanted=[])
    assert first is not None
    assert (first.state, deliver_all()) == (Delivery.SENT, [Delivery.MUTED])
    assert mailroom.recipients == [["chi@example.vn"]]


_WITHOUT_TERM = (
    *("desk.answered", "desk.part_done", "desk.part_ended"),
    *("desk.applicant_told", "desk.supplement_returned"),
)
_KEPT = ("Bố ông bệnh", "Đất tranh chấp", "Hồ sơ khó", "0905 111 222", "Đăng ký khai sinh", "Nguyễn Văn An")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("key", [key for key in messages.KEYS if messages.kind(key).stays_inside])
def test_what_a_dossier_is_about_stays_in_the_inbox_when_an_officer_is_told_by_email(
    mailroom: MailRoom, key: str, language: str
) -> None:
    """The mailbox may be an office's: it is told which dossier, by when, and where to read on."""
    chi = officer(language=language)
    services.choose_topics(actor=actor_of(chi), wanted=[messages.kind(key).topic or Topic.WORK])
    kept = dict(zip(("question", "answer", "reason", "call"), _KEPT, strict=False)) | {"guidance": _KEPT[2]}
    whom = [Recipient(chi.id, None, chi.full_name)]
    services.post(key=key, recipients=whom, context=CONTEXT | kept, about="d-1", at=MORNING)

    assert deliver_all() == [Delivery.SENT]

    body = mailroom.arrived[0].get_content()
    assert [words for words in _KEPT if words in body] == []
    assert CONTEXT["code"] in body
    assert CONTEXT["link"] in body
    assert (CONTEXT["due"] in body) is (key not in _WITHOUT_TERM)
    assert ":\n" not in body.replace("\r", "")
    (read,) = queries.inbox(chi.id, language=language)
    assert any(words in read.body for words in _KEPT)
    sent = OutboxMessage.objects.get(channel="email")
    shown = queries.outbox_message(sent.pk)
    assert shown is not None
    assert [words for words in _KEPT if words in shown.body] == []


@pytest.mark.django_db
def test_an_officer_chooses_among_word_of_officers_only() -> None:
    chi = officer()
    services.choose_topics(actor=actor_of(chi), wanted=[])
    assert queries.wanted_topics(chi.id) == set(topics_for(officers=False))
    assert [each.is_muted for each in queries.reached("desk.assigned", [Recipient(chi.id, None, "")])] == [
        True
    ]


@pytest.mark.django_db(transaction=True)
def test_post_inside_rolled_back_transaction_leaves_nothing(mailroom: MailRoom) -> None:
    with transaction.atomic():
        post()
        transaction.set_rollback(True)

    assert OutboxMessage.objects.count() == 0
    assert deliver_all() == []
    assert mailroom.arrived == []


# --- delivering ---


@pytest.mark.django_db(transaction=True)
@pytest.mark.clause("DL24-8.1.a#2", "PT24-9.2.0#2")
@pytest.mark.any_regulation("the way of a letter; that one is written is played by the cases")
def test_delivery_of_vietnamese_message_arrives_whole(mailroom: MailRoom, settings: Settings) -> None:
    settings.PUBLIC_URL = "https://dichvucong.example.vn"
    post()

    assert deliver_all() == [Delivery.SENT]
    (message,) = mailroom.arrived
    row = OutboxMessage.objects.get()
    assert message["Subject"].strip() == "Hồ sơ 000.00.00.H15-240304-0001 đã được tiếp nhận"
    assert message["To"] == "Nguyễn Văn An <an@example.vn>"
    assert mailroom.recipients == [["an@example.vn"]]
    assert message["Message-ID"] == f"<motcua.{row.pk}.1709514000000000@dichvucong.example.vn>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content().replace("\r\n", "\n") == (
        "Kính gửi Ông/Bà Nguyễn Văn An,\n"
        "\n"
        "UBND phường Tân Lợi đã tiếp nhận hồ sơ 000.00.00.H15-240304-0001 về thủ tục “Đăng ký khai sinh”.\n"
        "\n"
        "Ngày hẹn trả kết quả: 16 giờ 30 ngày 06/03/2024.\n"
        "\n"
        "Ông/Bà sẽ nhận được thông báo khi có kết quả. Vui lòng giữ mã hồ sơ để tra cứu và nhận kết quả.\n"
        "\n"
        "Xem hồ sơ tại: https://dichvucong.example.vn/tra-cuu/H15\n"
        "\n"
        "Cần hỗ trợ, Ông/Bà vui lòng gọi 0262 3 811 811.\n"
        "\n"
        "Trân trọng,\n"
        "UBND phường Tân Lợi\n"
    )
    assert (row.state, row.attempts, row.settled_at, row.claim) == ("sent", 1, MORNING, None)


@pytest.mark.django_db(transaction=True)
def test_delivery_to_reader_of_english_is_in_english(mailroom: MailRoom) -> None:
    an = citizen(language="en")
    post("dossier.accepted", Recipient(an.id, None, an.full_name))

    assert deliver_all() == [Delivery.SENT]
    assert mailroom.arrived[0]["Subject"] == "Dossier 000.00.00.H15-240304-0001 has been accepted"
    assert mailroom.recipients == [["an@example.vn"]]


@pytest.mark.django_db(transaction=True)
def test_delivery_to_account_without_confirmed_address_is_skipped(mailroom: MailRoom) -> None:
    an = citizen(is_confirmed=False)
    post("dossier.accepted", Recipient(an.id, None, an.full_name))

    assert deliver_all() == [Delivery.SKIPPED]
    assert mailroom.arrived == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.clause("DL24-8.1.a#2", "PT24-9.2.0#2")
@pytest.mark.any_regulation("the way of a letter; that one is written is played by the cases")
def test_topic_switched_off_stays_in_the_inbox_and_the_laws_letters_go_out(mailroom: MailRoom) -> None:
    an = citizen()
    services.choose_topics(actor=actor_of(an), wanted=())
    for key in ("dossier.supplemented", "dossier.accepted"):
        post(key, Recipient(an.id, "an@example.vn", an.full_name))

    assert sorted(deliver_all()) == [Delivery.MUTED, Delivery.SENT]
    assert len(mailroom.arrived) == 1
    assert [message.key for message in queries.inbox(an.id)] == ["dossier.accepted", "dossier.supplemented"]


@pytest.mark.django_db(transaction=True)
def test_topic_is_switched_off_wherever_letters_of_the_account_go_and_for_nobody_else(
    mailroom: MailRoom,
) -> None:
    an = citizen()
    services.choose_topics(actor=actor_of(an), wanted=())
    post("dossier.supplemented", Recipient(an.id, "an.viec@example.vn", an.full_name))
    post("dossier.supplemented", Recipient(None, "con-gai@example.vn", "Nguyễn Thị Con"))
    assert sorted(deliver_all()) == [Delivery.MUTED, Delivery.SENT]


@pytest.mark.django_db(transaction=True)
def test_topic_switched_on_again_is_sent(mailroom: MailRoom) -> None:
    an = citizen()
    for wanted in ((), tuple(Topic), tuple(Topic)):
        services.choose_topics(actor=actor_of(an), wanted=wanted)
    assert queries.wanted_topics(an.id) == set(topics_for(officers=False))
    post("dossier.supplemented", Recipient(an.id, None, an.full_name))
    assert deliver_all() == [Delivery.SENT]


@pytest.mark.django_db
def test_system_chooses_nothing() -> None:
    with pytest.raises(Forbidden):
        services.choose_topics(actor=SYSTEM, wanted=())


@pytest.mark.django_db(transaction=True)
def test_delivery_never_uses_the_network_inside_a_transaction(
    mailroom: MailRoom, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bool] = []
    monkeypatch.setattr(Spy, "in_transaction", seen)
    settings.EMAIL_BACKEND = f"{__name__}.Spy"
    post()
    post()

    assert deliver_all() == [Delivery.SENT, Delivery.SENT]
    assert len(seen) > 2
    assert set(seen) == {False}


@pytest.mark.django_db(transaction=True)
def test_delivery_within_a_transaction_is_refused(mailroom: MailRoom) -> None:
    post()
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        services.deliver_next(transport=SmtpTransport(), at=MORNING)

    assert mailroom.arrived == []


@pytest.mark.django_db(transaction=True)
def test_delivery_after_temporary_refusal_is_tried_again(mailroom: MailRoom) -> None:
    mailroom.answers_to_recipient = ["451 4.3.0 Mailbox busy: an@example.vn"]
    post()

    assert deliver_all() == [Delivery.WAITING]
    row = OutboxMessage.objects.get()
    assert (row.last_error, row.permanent) == ("recipient refused: 451 4.3.0", False)
    assert row.next_try_at == MORNING + timedelta(seconds=30)
    assert deliver_all(MORNING + timedelta(seconds=29)) == []
    assert deliver_all(MORNING + timedelta(seconds=30)) == [Delivery.SENT]
    assert len(mailroom.arrived) == 1
    assert OutboxMessage.objects.get().attempts == 2


@pytest.mark.django_db(transaction=True)
def test_delivery_to_refused_recipient_fails_for_good(mailroom: MailRoom) -> None:
    mailroom.answers_to_recipient = ["550 5.1.1 No such mailbox: an@example.vn"]
    post()

    assert deliver_all() == [Delivery.FAILED]
    row = OutboxMessage.objects.get()
    assert (row.state, row.permanent, row.last_error) == ("failed", True, "recipient refused: 550 5.1.1")
    assert row.settled_at == MORNING
    assert deliver_all(MORNING + timedelta(days=9)) == []


@pytest.mark.django_db(transaction=True)
def test_delivery_of_refused_content_fails_for_good(mailroom: MailRoom) -> None:
    mailroom.answers_to_data = ["554 5.6.0 Not taken"]
    post()

    assert deliver_all() == [Delivery.FAILED]
    assert OutboxMessage.objects.get().permanent is True


@pytest.mark.django_db(transaction=True)
def test_delivery_without_mail_server_waits(mailroom: MailRoom) -> None:
    post()
    mailroom.stop()

    assert deliver_all() == [Delivery.WAITING]
    assert OutboxMessage.objects.get().last_error == "mail server not reached (ConnectionRefusedError)"


@pytest.mark.django_db(transaction=True)
def test_delivery_refused_too_often_is_given_up(mailroom: MailRoom) -> None:
    post()
    at, rounds = MORNING, len(retrying.WAITS) + 1
    for _ in range(rounds):
        mailroom.answers_to_data = ["452 4.2.2 Full"]
        deliver_all(at)
        at += timedelta(days=1)

    row = OutboxMessage.objects.get()
    assert (row.state, row.attempts, row.permanent) == ("failed", rounds, False)


@pytest.mark.django_db(transaction=True)
def test_delivery_goes_on_with_the_next_after_a_refusal(mailroom: MailRoom) -> None:
    mailroom.answers_to_recipient = ["550 5.1.1 No"]
    post()
    post("dossier.returned")

    assert deliver_all() == [Delivery.FAILED, Delivery.SENT]


@pytest.mark.django_db(transaction=True)
def test_delivery_of_code_wipes_it_from_the_outbox(mailroom: MailRoom) -> None:
    services.post(
        key="account.code", recipients=[AN], context={"code": "123456", "minutes": "10"}, about="", at=MORNING
    )

    assert deliver_all() == [Delivery.SENT]
    assert "123456" in mailroom.arrived[0].get_content()
    assert OutboxMessage.objects.get().context == {}


@pytest.mark.django_db(transaction=True)
def test_delivery_of_expired_code_is_not_sent(mailroom: MailRoom) -> None:
    services.post(key="account.code", recipients=[AN], context={"code": "123456"}, about="", at=MORNING)

    assert deliver_all(MORNING + timedelta(minutes=10)) == [Delivery.FAILED]
    assert mailroom.arrived == []
    assert OutboxMessage.objects.get().context == {}


@pytest.mark.django_db(transaction=True)
def test_two_workers_deliver_each_message_once(mailroom: MailRoom) -> None:
    for _ in range(30):
        post()
    start = threading.Barrier(2)
    done: list[list[Delivery]] = []

    def work() -> None:
        try:
            start.wait(timeout=10)
            done.append(deliver_all())
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=60)

    assert Counter(state for states in done for state in states) == {Delivery.SENT: 30}
    assert len({message["Message-ID"] for message in mailroom.arrived}) == len(mailroom.arrived) == 30


class Dying:
    """A transport whose worker dies before the letter is sent."""

    def send(self, letter: Letter) -> None:
        raise KeyboardInterrupt

    def close(self) -> None:
        return None


@pytest.mark.django_db(transaction=True)
def test_message_of_worker_that_died_is_picked_up_when_its_claim_runs_out(mailroom: MailRoom) -> None:
    post()
    with pytest.raises(KeyboardInterrupt):
        services.deliver_next(transport=Dying(), at=MORNING)

    assert OutboxMessage.objects.get().state == "claimed"
    assert deliver_all(MORNING + retrying.CLAIM_LASTS - timedelta(seconds=1)) == []
    assert deliver_all(MORNING + retrying.CLAIM_LASTS) == [Delivery.SENT]
    assert len(mailroom.arrived) == 1


class Slow:
    """A transport so slow that the claim runs out and another worker takes the message over."""

    def send(self, letter: Letter) -> None:
        transport = SmtpTransport()
        other = services.deliver_next(transport=transport, at=MORNING + retrying.CLAIM_LASTS)
        transport.close()
        assert other is not None
        assert other.was_settled
        raise DeliveryFailed("too late", permanent=True)

    def close(self) -> None:
        return None


@pytest.mark.django_db(transaction=True)
def test_worker_that_lost_its_claim_does_not_settle(mailroom: MailRoom) -> None:
    post()

    done = services.deliver_next(transport=Slow(), at=MORNING)

    assert done is not None
    assert done.was_settled is False
    assert OutboxMessage.objects.get().state == "sent"


# --- reading and sending again ---


@pytest.mark.django_db
def test_mark_read_by_owner_counts_the_first_time_only() -> None:
    an = citizen()
    post("dossier.accepted", Recipient(an.id, None, an.full_name))
    (message,) = queries.inbox(an.id)

    services.mark_read(actor=actor_of(an), message_id=message.id, at=MORNING)
    services.mark_read(actor=actor_of(an), message_id=message.id, at=MORNING + timedelta(hours=1))

    assert queries.inbox(an.id)[0].read_at == MORNING


@pytest.mark.django_db
def test_mark_all_read_marks_ones_own_up_to_the_newest_that_was_seen() -> None:
    chi, dung = officer(), officer("Phạm Văn Dũng", username="dung")
    for each in (chi, chi, chi, dung):
        post("desk.assigned", Recipient(each.id, None, each.full_name))
    newest, seen, oldest = queries.inbox(chi.id)
    services.mark_read(actor=actor_of(chi), message_id=oldest.id, at=MORNING - timedelta(hours=1))

    assert services.mark_all_read(actor=actor_of(chi), newest=seen.id, at=MORNING) == 1

    assert [each.read_at for each in queries.inbox(chi.id)] == [
        None,
        MORNING,
        MORNING - timedelta(hours=1),
    ]
    assert [each.read_at for each in queries.inbox(dung.id)] == [None]
    with pytest.raises(Forbidden):
        services.mark_all_read(actor=SYSTEM, newest=newest.id, at=MORNING)


@pytest.mark.django_db
def test_mark_read_by_stranger_is_not_found() -> None:
    an = citizen()
    giang = citizen("Lê Thị Giang", personal_id="066190000002", email="giang@example.vn")
    post("dossier.accepted", Recipient(an.id, None, an.full_name))
    (message,) = queries.inbox(an.id)

    with pytest.raises(NotFound):
        services.mark_read(actor=actor_of(giang), message_id=message.id, at=MORNING)
    assert queries.inbox(an.id)[0].read_at is None


@pytest.mark.django_db(transaction=True)
def test_send_again_of_failed_message_delivers_it(mailroom: MailRoom) -> None:
    mailroom.answers_to_recipient = ["550 5.7.1 Relaying denied"]
    post()
    deliver_all()

    services.send_again(actor=SYSTEM, message_id=OutboxMessage.objects.get().pk, at=MORNING)

    assert deliver_all() == [Delivery.SENT]


@pytest.mark.django_db
def test_send_again_by_plain_officer_is_forbidden() -> None:
    with pytest.raises(Forbidden):
        services.send_again(actor=actor_of(officer()), message_id=1, at=MORNING)


@pytest.mark.django_db
def test_letters_that_wait_are_brought_forward_in_portions_and_those_of_later_are_left() -> None:
    for number in range(again.PIECE + 3):
        post()
        row = OutboxMessage.objects.latest("id")
        row.attempts, row.next_try_at = 8, MORNING + timedelta(hours=12 if number else 6)
        row.save()
    later = OutboxMessage.objects.latest("id")
    later.posted_at = MORNING + timedelta(hours=2)
    later.save()
    at = MORNING + timedelta(hours=1)
    done = [services.bring_forward(until=at, at=at) for _ in range(3)]
    assert done == [again.PIECE, 2, 0]
    later.refresh_from_db()
    assert later.next_try_at == MORNING + timedelta(hours=12)
    assert queries.outbox_stuck(at) == 1
    chi = actor_of(officer())
    with pytest.raises(Forbidden):
        services.send_all_now(actor=chi, at=at)
    with pytest.raises(Forbidden):
        services.send_now(actor=chi, message_id=later.pk, at=at)
