"""Ways of return, papers to bring, payment and refunds, as each regulation has them."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest
from tests.dossiers.saying import saying
from tests.dossiers.world import MONDAY, sheet

from motcua.catalogue.enums import FieldKind, OnlineLevel, PaymentTime
from motcua.catalogue.rules import return_ways
from motcua.catalogue.rules.eforms import FormField, FormSection
from motcua.catalogue.rules.fees import FeeDue, fees_to_pay
from motcua.catalogue.rules.sheets import Fee
from motcua.dossiers import labels
from motcua.dossiers.enums import Decision, RefundAnswer, RefundGround, Status
from motcua.dossiers.errors import FormNotSigned, PapersNotCompared, WayNotOffered, WayNotOfProcedure
from motcua.dossiers.rules import money, returning
from motcua.dossiers.rules.state import (
    Applicant,
    ClockPause,
    Contents,
    DocumentRef,
    Handing,
    Letter,
    Posting,
    ResultDelivery,
    ResultPaper,
    State,
    Target,
    Visit,
)
from motcua.dossiers.rules.waits import is_collected
from motcua.kernel.money import Money
from motcua.law import queries as law

CANNOT, WITHDRAWAL = RefundGround.AGENCY_CANNOT, RefundGround.WITHDRAWAL
MISTAKEN, EXCESS = RefundGround.MISTAKEN, RefundGround.EXCESS


@pytest.mark.parametrize(
    ("regulation", "level", "channel", "ways"),
    [
        pytest.param(
            "KT18", "full", "online", ("online", "counter", "postal"), marks=pytest.mark.clause("KT18-8.2.b")
        ),
        pytest.param("KT18", "partial", "online", ("counter",), marks=pytest.mark.clause("KT18-8.2.a")),
        ("KT18", "partial", "counter", ("online", "counter", "postal")),
        pytest.param(
            "QN20", "full", "online", ("online", "postal", "counter"), marks=pytest.mark.clause("QN20-13.3")
        ),
        pytest.param(
            "QN20",
            "partial",
            "online",
            ("counter", "online", "postal"),
            marks=pytest.mark.clause("QN20-13.2"),
        ),
        pytest.param(
            "KT22", "full", "online", ("counter", "postal", "online"), marks=pytest.mark.clause("KT22-12.1")
        ),
        ("DL24", "partial", "online", ("online", "postal", "counter")),
        pytest.param("PT24", "full", "online", ("online", "postal"), marks=pytest.mark.clause("PT24-2.3")),
        ("PT24", "partial", "online", ("online", "postal", "counter")),
        ("PT24", "full", "postal", ("online", "counter", "postal")),
        ("PT24", "none", "counter", ("online", "counter", "postal")),
    ],
)
def test_ways_of_return_follow_level_and_regulation(regulation, level, channel, ways):
    assert return_ways.of_level(level, channel, law.regulation(regulation)) == ways


@pytest.mark.parametrize("regulation", ["KT18", "QN20", "KT22", "DL24", "PT24"])
@pytest.mark.parametrize("channel", ["online", "counter", "postal"])
def test_ways_are_those_that_level_and_procedure_both_have_and_never_none(regulation, channel):
    rules = law.regulation(regulation)
    for level in OnlineLevel:
        for own in (("counter",), ("postal",), ("online",), ("postal", "counter")):
            limited = sheet(online_level=level, result_ways=own)
            both = {*return_ways.of_level(level, channel, rules)} & {*own}
            assert {*return_ways.ways(limited, channel, rules)} == (both or {*own})
            if channel == "online":
                assert return_ways.leaves_none(limited, rules) is (not both)


def filed(*, how: str = "counter", channel: str = "online", file_id: str | None = "f") -> State:
    contents = Contents(
        Applicant("An"), {}, (DocumentRef("form", "g"), DocumentRef("paper", file_id)), ResultDelivery(how)
    )
    target = Target(1, "1.000001", 1, Posting(1, 2, 3, 4), channel)
    return State(Status.READY, 1, target, contents)


LEVEL_3 = sheet(online_level=OnlineLevel.PARTIAL)
LEVEL_4 = sheet()
IN_PERSON = sheet(
    online_level=OnlineLevel.PARTIAL,
    result_ways=("counter",),
    result_ways_basis="Điều 18 Luật Hộ tịch",
    must_come="Hai bên phải cùng có mặt để ký.",
)
CLAUSES = {
    "KT18": "KT18-8.2.a",
    "QN20": "QN20-13.2",
    "KT22": "KT22-12.1",
    "DL24": "DL24-9.3#1",
    "PT24": "PT24-10.4#1",
}


@pytest.mark.parametrize(("regulation", "clause"), CLAUSES.items())
def test_procedure_that_has_people_come_is_handed_over_and_changed_to_nothing_else(regulation, clause):
    rules, state = law.regulation(regulation), filed(channel="counter")
    assert returning.changed_ways(state, IN_PERSON, rules) == ("counter",)
    for wished in ("counter", "postal"):  # what an older page may have kept
        assert returning.handings(filed(how=wished), IN_PERSON, rules) == ("counter",)
        for how in ("postal", "online"):
            asked: list[Callable[[], None]] = [
                partial(returning.check_changed_way, how, state, IN_PERSON, rules),
                partial(
                    returning.check_handing, filed(how=wished), IN_PERSON, Handing(how, "An", "EE1"), rules
                ),
            ]
            for ask in asked:
                with pytest.raises(WayNotOfProcedure) as refused:
                    ask()
                assert refused.value.clauses == (clause,)
                assert refused.value.params["basis"] == "Điều 18 Luật Hộ tịch"


@pytest.mark.parametrize(
    ("regulation", "level", "channel", "offered"),
    [
        pytest.param("KT18", LEVEL_3, "online", {"counter"}, marks=pytest.mark.clause("KT18-8.2.a")),
        ("KT18", LEVEL_3, "counter", {"counter", "postal", "online"}),
        ("PT24", LEVEL_4, "online", {"counter", "postal", "online"}),  # whoever comes is served
        ("QN20", LEVEL_3, "online", {"counter", "postal", "online"}),
    ],
)
def test_way_is_changed_to_what_could_be_chosen_or_to_the_counter(regulation, level, channel, offered):
    asked = (filed(channel=channel), level, law.regulation(regulation))
    assert set(returning.changed_ways(*asked)) == offered
    for how in ("counter", "postal", "online"):
        with contextlib.nullcontext() if how in offered else pytest.raises(WayNotOffered):
            returning.check_changed_way(how, *asked)


@pytest.mark.parametrize(
    ("regulation", "procedure", "state", "compares"),
    [
        ("KT18", LEVEL_3, filed(), True),
        ("KT18", LEVEL_4, filed(), False),
        ("QN20", LEVEL_3, filed(), True),
        ("QN20", LEVEL_4, filed(), True),
        ("QN20", LEVEL_4, filed(file_id=None), False),
        ("QN20", LEVEL_4, filed(channel="counter"), False),
        ("DL24", LEVEL_4, filed(), False),
    ],
)
@pytest.mark.clause("KT18-7.1.a#2", "QN20-7.2#2", "QN20-7.3")
def test_papers_filed_as_files_are_compared_where_the_regulation_says_so(
    regulation, procedure, state, compares
):
    rules = law.regulation(regulation)
    assert returning.must_compare(state, procedure, "counter", rules) is compares
    assert returning.must_compare(state, procedure, "postal", rules) is False
    handing = Handing("counter", "An", "Ký")
    if compares:
        with pytest.raises(PapersNotCompared):
            returning.check_handing(state, procedure, handing, rules)
    else:
        returning.check_handing(state, procedure, handing, rules)
    returning.check_handing(state, procedure, replace(handing, papers_compared=True), rules)


@pytest.mark.parametrize(
    ("regulation", "procedure", "channel", "answers", "is_signed"),
    [
        pytest.param("KT18", LEVEL_3, "online", {"a": "1"}, True, marks=pytest.mark.clause("KT18-7.1.a#2")),
        ("KT18", LEVEL_4, "online", {"a": "1"}, False),  # what goes by its level is signed when it is sent
        ("KT18", LEVEL_3, "counter", {"a": "1"}, False),
        ("KT18", LEVEL_3, "online", {}, False),
        ("QN20", LEVEL_3, "online", {"a": "1"}, False),
    ],
)
def test_what_was_filled_in_online_is_signed_at_level_three_where_the_regulation_says_so(
    regulation, procedure, channel, answers, is_signed
):
    rules, state = law.regulation(regulation), filed(channel=channel, file_id=None)
    state = replace(state, contents=replace(state.contents, form_data=answers))
    assert returning.must_sign(state, procedure, "counter", rules) is is_signed
    assert returning.must_sign(state, procedure, "postal", rules) is False
    handing = Handing("counter", "An", "Ký", papers_compared=True)
    with pytest.raises(FormNotSigned) if is_signed else contextlib.nullcontext():
        returning.check_handing(state, procedure, handing, rules)
    returning.check_handing(state, procedure, replace(handing, form_signed=True), rules)


@pytest.mark.parametrize(
    ("regulation", "state", "names"),
    [
        pytest.param("DL24", filed(), ("Giấy chứng minh",), marks=pytest.mark.clause("DL24-19.1.c")),
        pytest.param("KT18", filed(), ("Giấy chứng minh",), marks=pytest.mark.clause("KT18-14.3#1")),
        ("QN20", filed(), ("Giấy chứng minh",)),
        ("PT24", filed(), ()),
        ("KT22", filed(), ()),
        ("DL24", filed(how="online"), ()),
        ("QN20", filed(how="postal"), ()),
        ("DL24", filed(channel="counter"), ()),
    ],
)
def test_papers_to_bring_are_those_filed_as_files_and_none_without_a_visit(regulation, state, names):
    assert returning.papers_to_bring(state, LEVEL_4, law.regulation(regulation)) == names


@pytest.mark.parametrize("regulation", CLAUSES)
@pytest.mark.parametrize("how", ["counter", "postal"])
def test_nobody_has_to_come_for_a_refusal_bring_papers_or_sign(regulation, how):
    rules, answers = law.regulation(regulation), {"purpose": "x"}
    for sent in (filed(how=how), filed(how=how, channel="counter")):
        paper = ResultPaper("1/TB", "Thông báo", MONDAY, Decision.REFUSE, "f")
        contents = replace(sent.contents, form_data=answers)
        state = replace(sent, contents=contents, decision=Decision.REFUSE, results=(paper,))
        is_online = state.target.channel == "online"
        first = "online" if is_online and regulation == "KT18" else how
        for procedure in (LEVEL_3, LEVEL_4, IN_PERSON):
            assert not returning.must_compare(state, procedure, "counter", rules)
            assert not returning.must_sign(state, procedure, "counter", rules)
            assert returning.papers_to_bring(state, procedure, rules) == ()
            offered = returning.handings(state, procedure, rules)
            assert offered[0] == returning.goes_back(state, rules) == first
            assert set(offered) == {how, "counter"} | ({"online"} if is_online else set())
            returning.check_handing(state, procedure, Handing("counter", "An", "Ký"), rules)
        assert is_collected(state, rules) is (first == "counter")
        assert returning.goes_back(replace(state, results=()), rules) == how


def test_return_in_another_way_than_wished_must_be_offered():
    rules = law.regulation("KT18")
    with pytest.raises(WayNotOffered):
        returning.check_handing(filed(), LEVEL_3, Handing("postal", "An", "EE1"), rules)
    returning.check_handing(filed(how="postal"), LEVEL_4, Handing("postal", "An", "EE1"), rules)
    returning.check_handing(
        filed(how="online"), LEVEL_4, Handing("counter", "An", "Ký"), law.regulation("PT24")
    )


@pytest.mark.parametrize(
    ("regulation", "ground", "is_settled", "answer"),
    [
        ("KT18", CANNOT, False, RefundAnswer.OWED),
        ("KT18", CANNOT, True, RefundAnswer.NONE),
        ("KT18", WITHDRAWAL, False, RefundAnswer.NONE),
        ("DL24", CANNOT, False, RefundAnswer.OWED),
        ("DL24", CANNOT, True, RefundAnswer.NONE),
        ("QN20", CANNOT, False, RefundAnswer.CONSIDERED),
        ("QN20", WITHDRAWAL, False, RefundAnswer.CONSIDERED),
        ("QN20", WITHDRAWAL, True, RefundAnswer.NONE),
        ("QN20", EXCESS, False, RefundAnswer.NONE),
        ("PT24", MISTAKEN, False, RefundAnswer.OWED),
        ("PT24", EXCESS, True, RefundAnswer.OWED),
        ("PT24", CANNOT, False, RefundAnswer.NONE),
        ("KT22", CANNOT, False, RefundAnswer.NONE),
    ],
)
def test_refund_by_ground_and_strength(regulation, ground, is_settled, answer):
    terms = money.refund_terms(law.regulation(regulation))
    assert money.refund(ground, is_settled=is_settled, terms=terms) is answer


BY_COPY = Fee("Phí bản sao", Money(8000), note="mỗi bản, nếu yêu cầu")
ASKING = (FormSection("Bản sao", (FormField("copies", "Số bản sao", FieldKind.WHOLE_NUMBER),)),)


def wanting(answers: dict[str, str]) -> State:
    return replace(filed(), contents=replace(filed().contents, form_data=answers))


@pytest.mark.parametrize(
    ("form", "answers", "told"),
    [
        (ASKING, {"a": "1"}, ""),
        (ASKING, {"copies": "0"}, ""),
        (ASKING, {"copies": "2"}, "Phí bản sao: 8.000 đồng mỗi bản, 2 bản là 16.000 đồng"),
        (ASKING, {}, "Phí bản sao: 8.000 đồng mỗi bản, nếu yêu cầu"),  # the form came on paper
        ((), {"a": "1"}, "Phí bản sao: 8.000 đồng mỗi bản, nếu yêu cầu"),  # nobody was asked
    ],
)
@pytest.mark.parametrize("case", [Fee("Lệ phí", Money(0), note="miễn"), None])
def test_copies_that_nobody_wants_are_not_due(form, answers, told, case):
    costs = sheet(fees=(*([case] if case else ()), BY_COPY), eform=form)
    due = money.fees_due(wanting(answers), costs, law.regulation("DL24"))
    assert (labels.fees_sentence(due.fees, due.copies) if due else "") == told
    stopped = money.refund_when_stopped(wanting(answers), costs, law.regulation("QN20"))
    assert (stopped is None) is (not told)


def test_other_fees_stay_due_where_no_copies_are_wanted():
    costs = sheet(fees=(Fee("Lệ phí", Money(50_000)), BY_COPY), eform=ASKING)
    due = money.fees_due(wanting({"copies": ""}), costs, law.regulation("DL24"))
    assert due is not None
    assert labels.fees_sentence(due.fees, due.copies) == "Lệ phí: 50.000 đồng"


@pytest.mark.parametrize(
    ("regulation", "fees", "answer", "told"),
    [
        ("QN20", (20_000,), RefundAnswer.CONSIDERED, "được xem xét hoàn trả"),
        ("QN20", (None,), RefundAnswer.CONSIDERED, "được xem xét hoàn trả"),  # set by another decision
        ("QN20", (0,), None, "không phải nộp phí, lệ phí"),
        ("QN20", (), None, "không phải nộp phí, lệ phí"),
        ("PT24", (20_000,), RefundAnswer.NONE, "không có quy định riêng về hoàn trả"),
        ("DL24", (20_000,), RefundAnswer.NONE, "không có quy định riêng về hoàn trả"),
    ],
)
def test_notice_of_stopping_says_what_becomes_of_fees(regulation, fees, answer, told):
    costs = sheet(fees=tuple(Fee("Phí", None if vnd is None else Money(vnd)) for vnd in fees))
    found = money.refund_when_stopped(filed(), costs, law.regulation(regulation))
    assert found is answer
    assert told in labels.stopped_fees_sentence(found)


@pytest.mark.parametrize(
    ("regulation", "level", "ways"),
    [
        ("KT18", "partial", ("counter",)),
        ("KT18", "full", ("online", "commune_post_office", "postal")),
        ("QN20", "full", ("online", "other")),
        ("KT22", "partial", ("online", "national_platform", "other")),
        ("DL24", "full", ("online", "postal", "counter")),
        ("PT24", "partial", ("national_platform", "online", "postal", "counter")),
        ("PT24", "none", ()),
    ],
)
def test_means_of_payment_follow_the_level(regulation, level, ways):
    terms = money.payment_terms(level, law.regulation(regulation))
    assert (terms.ways, terms.by_procedure) == (ways, True)


SENT = replace(filed(how="online"), status=Status.SUBMITTED, filed_at=MONDAY)
TAKEN = replace(SENT, status=Status.ACCEPTED, accepted_at=MONDAY)
PAUSED = replace(TAKEN, status=Status.AWAITING_PAYMENT, pauses=(ClockPause(MONDAY, "financial_obligation"),))
COURSE = {
    "draft": replace(SENT, status=Status.DRAFT, filed_at=None),
    "sent": SENT,
    "taken": TAKEN,
    "paused, not told yet": replace(PAUSED, letters=(Letter("letter", "paused", 0, "x", 4),)),
    "told to pay": PAUSED,
    "ready": replace(TAKEN, status=Status.READY, ready_at=MONDAY),
    "returned": replace(TAKEN, status=Status.RETURNED, returned_at=MONDAY),
}
COME = {
    PaymentTime.FILING: set(COURSE) - {"draft"},
    PaymentTime.ACCEPTANCE: set(COURSE) - {"draft", "sent"},
    PaymentTime.NOTICE: {"told to pay"},
    PaymentTime.RESULT: {"ready", "returned"},
}


@pytest.mark.parametrize(
    "regulation",
    [
        pytest.param("KT18", marks=pytest.mark.clause("KT18-7.1.b", "KT18-7.2.b#2")),
        pytest.param("QN20", marks=pytest.mark.clause("QN20-12.2")),
        "KT22",
        "DL24",
        "PT24",
    ],
)
def test_fee_is_due_when_its_procedure_has_published(regulation):
    read = law.regulation(regulation)
    # no term stands still for a payment under KT18: there the notice of acceptance is the notice to pay
    at_once = {PaymentTime.NOTICE: COME[PaymentTime.ACCEPTANCE]} if regulation == "KT18" else {}
    for time, come in (COME | at_once).items():
        for name, state in COURSE.items():
            fees = sheet(fees=(Fee("Phí", Money(5), due=time), Fee("Lệ phí", Money(7))))
            (_, first), (_, second) = money.times_of(state, fees, read)
            assert first == FeeDue(time, has_come=name in come), name
            assert second == FeeDue(None), name
        assert money.when_due(time, None, read) == FeeDue(time)


def test_published_time_binds_nobody_where_the_regulation_does_not_take_it():
    silent = saying("KT18", payment__time_per_procedure=None)
    assert money.when_due(PaymentTime.FILING, SENT, silent) is None
    priced = sheet(fees=(Fee("Phí", Money(5), due=PaymentTime.FILING),))
    assert money.times_of(SENT, priced, silent) == ()
    due = money.fees_due(SENT, priced, silent)
    assert due.dues == (None,)
    assert labels.fees_sentence(due.fees, due.copies, due.dues) == "Phí: 5 đồng"


@pytest.mark.parametrize(
    ("regulation", "how", "channel", "time"),
    [
        pytest.param(
            "DL24", "counter", "online", PaymentTime.RESULT, marks=pytest.mark.clause("DL24-19.1.c")
        ),
        ("DL24", "online", "online", None),
        ("DL24", "postal", "online", None),
        ("DL24", "counter", "counter", None),
        ("PT24", "counter", "online", None),
        ("KT18", "counter", "online", None),
    ],
)
def test_fee_of_no_published_time_is_paid_on_coming_for_the_result_where_the_text_says_so(
    regulation, how, channel, time
):
    state, read = filed(how=how, channel=channel), law.regulation(regulation)
    assert money.when_due(None, state, read) == FeeDue(time)
    assert money.when_due(None, replace(state, ready_at=MONDAY), read) == FeeDue(time, has_come=bool(time))
    assert money.when_due(PaymentTime.NOTICE, state, read) == FeeDue(PaymentTime.NOTICE)


def test_fee_that_is_free_and_one_of_an_ended_dossier_have_no_time():
    priced = sheet(fees=(Fee("Phí", Money(0)), Fee("Lệ phí", Money(7), due=PaymentTime.RESULT)))
    fees = fees_to_pay(priced, "online", None)
    timed = money.with_times(fees, TAKEN, law.regulation("QN20"))
    assert [fee.due for fee in timed.fees] == [None, FeeDue(PaymentTime.RESULT)]
    for status in (Status.WITHDRAWN, Status.DECLINED, Status.RETURNED):
        assert money.with_times(fees, replace(TAKEN, status=status), law.regulation("QN20")) == fees


def test_time_of_payment_in_words_for_paper_and_screen():
    priced = (Fee("Phí", Money(5), due=PaymentTime.NOTICE), Fee("Lệ phí", Money(7)))
    said = labels.fees_sentence(priced, None, (FeeDue(PaymentTime.NOTICE, has_come=True), FeeDue(None)))
    assert said == (
        "Phí: 5 đồng, nộp khi có thông báo nộp của cơ quan giải quyết; "
        "Lệ phí: 7 đồng, thời điểm nộp chưa được công bố"
    )
    unsaid = labels.fees_sentence(priced, None, (FeeDue(None), FeeDue(None)))
    assert unsaid == "Phí: 5 đồng; Lệ phí: 7 đồng; thời điểm nộp chưa được công bố"
    come = labels.when_due(FeeDue(PaymentTime.RESULT, has_come=True))
    assert come == "nộp khi nhận kết quả (đã đến lúc, bỏ qua nếu đã nộp)"
    assert labels.when_due(FeeDue(PaymentTime.RESULT)) == "nộp khi nhận kết quả"
    assert (labels.when_due(FeeDue(None)), labels.when_due(None)) == ("thời điểm nộp chưa được công bố", "")


@pytest.mark.parametrize(
    ("regulation", "how", "channel", "asked", "too_many"),
    [
        ("QN20", "counter", "online", 0, True),  # the pick-up is the one visit
        ("QN20", "online", "online", 0, True),
        ("QN20", "postal", "online", 0, True),
        ("QN20", "counter", "counter", 3, False),
        ("DL24", "counter", "online", 3, False),
        ("PT24", "online", "online", 3, False),
    ],
)
def test_visits_after_an_online_filing_are_counted(regulation, how, channel, asked, too_many):
    state = replace(filed(how=how, channel=channel), visits=(Visit(MONDAY, "x"),) * asked)
    assert returning.is_visit_too_many(state, law.regulation(regulation)) is too_many


@pytest.mark.parametrize(("case", "names"), [("gấp", ["Phí làm gấp"]), ("thường", ["Phí"])])
def test_fee_to_pay_is_that_of_the_case_that_was_filed(case, names):
    fees = (Fee("Phí làm gấp", Money(50_000), variant="gấp"), Fee("Phí", Money(20_000), variant="thường"))
    state = filed()
    state = replace(state, target=replace(state.target, variant=case))
    due = money.fees_due(state, sheet(fees=fees, variants=("gấp", "thường")), law.regulation("DL24"))
    assert [fee.name for fee in due.fees] == names
