"""Blank forms of papers: who may put them up, what is refused, what stays of them."""

from __future__ import annotations

import io
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from tests.catalogue.province import CODE, ROW, Province
from tests.documents import samples
from tests.dossiers.world import moment

from motcua.audit import queries as audit
from motcua.catalogue import errors, queries, services
from motcua.catalogue.models import BlankForm, ProcedureVersion
from motcua.catalogue.rules.blank_forms import BlankFormCard
from motcua.catalogue.rules.sheets import RequiredDocument
from motcua.catalogue.services import FormEntry
from motcua.documents import errors as documents
from motcua.documents import queries as stored
from motcua.documents.models import StoredFile
from motcua.documents.rules.limits import BLANK_FORMS, KNOWN
from motcua.documents.rules.names import LONGEST
from motcua.kernel.actors import SYSTEM
from motcua.kernel.errors import Forbidden, Refusal

pytestmark = pytest.mark.django_db
AT = moment("2024-11-20 09:00")
PAPERS = [
    {"name": "Tờ khai", "original": 1, "copies": 0, "form": True},
    {"name": "Căn cước", "original": 0, "copies": 0, "shown_only": True},
    {"name": "Mẫu điện tử", "original": 1, "copies": 0, "form": True, "channels": ["online"]},
]


@pytest.fixture
def province(province_of: Any) -> Province:
    made: Province = province_of("dak-lak")
    publish()
    return made


def publish(components: list[dict[str, Any]] | None = None, at: Any = AT) -> int:
    row = ROW | {"components": components or PAPERS, "publication_decision": "12/QĐ-UBND"}
    services.import_procedures(rows=[row], actor=SYSTEM, at=at, is_bundled=True)
    return queries.version_in_force(CODE)


def entry(content: bytes | None = None, name: str = "to-khai.pdf", **changes: Any) -> FormEntry:
    made = FormEntry(
        "Tờ khai cấp giấy", "Thông tư số 4/2024/TT-BTP", io.BytesIO(content or samples.pdf()), name
    )
    return replace(made, **changes)


def put_up(
    province: Province, who: str = "admin", *args: Any, component: str = "to-khai", **changes: Any
) -> int:
    version = changes.pop("version_id", None) or queries.version_in_force(CODE)
    seen = changes.pop("seen", None)
    if seen is None:  # as a page that was opened just now
        seen = [card.id for card in queries.forms_of(version).get(component, ())]
    return services.put_up_form(
        actor=province.people[who],
        at=AT,
        version_id=version,
        component=component,
        entry=entry(*args, **changes),
        seen=seen,
    )


def standing(version_id: int | None = None) -> list[tuple[str, str]]:
    found = queries.forms_of(version_id or queries.version_in_force(CODE))
    return [(card.title, card.kind) for cards in found.values() for card in cards]


def acts() -> list[str]:
    return [act.act for act in audit.acts() if act.what.startswith("blank_form:")]


@pytest.mark.clause("KT18-5.2#2")
@pytest.mark.any_regulation("who puts a form up and what is kept of it hangs on no regulation")
def test_form_can_be_had_under_its_name_with_type_and_size(province: Province) -> None:
    content = samples.pdf()
    card = queries.blank_form(put_up(province, "office", content))
    assert (card.name, card.kind, card.size) == ("Tờ khai cấp giấy.pdf", "PDF", len(content))
    with stored.open_content(card.file_id) as file:
        assert file.read() == content
    assert standing() == [("Tờ khai cấp giấy", "PDF")]
    (act,) = [each for each in audit.acts() if each.act == "form_put_up"]
    assert act.facts["procedure"] == CODE
    assert act.facts["component"] == "to-khai"


def test_another_file_of_the_same_type_replaces_and_one_of_another_type_joins(province: Province) -> None:
    first = put_up(province)
    put_up(province, "admin", samples.odt(), "to-khai.odt")
    second = put_up(province, title="Tờ khai mới")
    assert standing() == [("Tờ khai cấp giấy", "ODT"), ("Tờ khai mới", "PDF")]
    newest, _, oldest = queries.form_history(queries.version_in_force(CODE), "to-khai")
    assert (newest.id, oldest.id, oldest.is_replaced, oldest.ended_by) == (second, first, True, "Quản trị")
    assert acts() == ["form_replaced", "form_put_up", "form_put_up"]
    with pytest.raises(errors.UnknownForm):
        queries.blank_form(first)


def test_form_taken_down_cannot_be_had_and_stays_as_history(province: Province) -> None:
    made = put_up(province)
    services.take_down_form(actor=province.people["admin"], at=AT, form_id=made)
    assert standing() == []
    (gone,) = queries.form_history(queries.version_in_force(CODE), "to-khai")
    assert (gone.ended_at, gone.is_replaced) == (AT, False)
    with pytest.raises(errors.UnknownForm):
        services.take_down_form(actor=province.people["admin"], at=AT, form_id=made)
    assert acts() == ["form_taken_down", "form_put_up"]


def test_forms_are_kept_by_who_publishes_and_by_who_answers_for_the_content(province: Province) -> None:
    for who in ("lead", "justice", "officer"):
        with pytest.raises(Forbidden):
            put_up(province, who)
    made = put_up(province, "office")
    with pytest.raises(Forbidden):
        services.take_down_form(actor=province.people["lead"], at=AT, form_id=made)
    province.announce()  # which names the agency that leads
    assert put_up(province, "lead") > made
    with pytest.raises(Forbidden):
        put_up(province, "officer")


@pytest.mark.parametrize(
    ("component", "refusal"),
    [
        ("can-cuoc", errors.TakesNoForm),
        ("mau-dien-tu", errors.TakesNoForm),
        ("khong-co", errors.UnknownComponent),
    ],
)
def test_only_papers_that_are_filled_in_have_forms(
    province: Province, component: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        put_up(province, component=component)
    assert not BlankForm.objects.exists()


@pytest.mark.parametrize(
    ("content", "name", "refusal"),
    [
        (samples.picture("PNG"), "mau.png", documents.TypeNotAllowed),
        (samples.docx(word__vbaProject__bin=b"macro"), "mau.docx", documents.ActiveContent),
        (samples.pdf(), "mau.docx", documents.TypeMismatch),
        (samples.pdf() + b"0" * BLANK_FORMS.max_bytes, "mau.pdf", documents.TooLarge),
        (samples.pdf(password="a"), "mau.pdf", documents.Encrypted),
    ],
)
def test_bad_file_is_refused_and_what_stood_there_stays(
    province: Province, content: bytes, name: str, refusal: type[Exception]
) -> None:
    put_up(province)
    before = StoredFile.objects.count()
    with pytest.raises(refusal):
        put_up(province, "admin", content, name)
    assert (StoredFile.objects.count(), standing()) == (before, [("Tờ khai cấp giấy", "PDF")])


@pytest.mark.parametrize("changes", [{"title": " "}, {"source": ""}, {"title": "a" * 201}])
def test_form_without_name_or_text_of_law_is_refused_before_its_file_is_kept(
    province: Province, changes: dict[str, str]
) -> None:
    with pytest.raises(errors.BadForm) as refusal:
        put_up(province, **changes)
    assert set(refusal.value.fields) == set(changes)
    assert not StoredFile.objects.exists()


def test_next_version_takes_the_forms_of_papers_that_are_called_the_same(province: Province) -> None:
    old = queries.version_in_force(CODE)
    put_up(province)
    later = AT + timedelta(days=3)
    changed = [*PAPERS, {"name": "Giấy mới", "original": 1, "copies": 0}]
    new = publish(changed, later)
    assert new != old
    assert standing(new) == standing(old) == [("Tờ khai cấp giấy", "PDF")]
    put_up(province, title="Tờ khai mới")  # for the new version only: the old one keeps what it had
    assert standing(old) == [("Tờ khai cấp giấy", "PDF")]
    renamed = [{"name": "Tờ khai", "original": 1, "copies": 0, "key": "khac"}, *PAPERS[1:]]
    assert standing(publish(renamed, later + timedelta(days=3))) == []


def test_form_taken_down_goes_from_all_versions_of_the_procedure_whichever_is_named(
    province: Province,
) -> None:
    old, content = queries.version_in_force(CODE), samples.pdf()
    first = put_up(province, "admin", content)
    put_up(province, "admin", samples.odt(), "to-khai.odt")  # another file stays
    later = AT + timedelta(days=3)
    new = publish([*PAPERS, {"name": "Giấy mới", "original": 1, "copies": 0}], later)
    other = put_up(province, "admin", content, component="giay-moi")  # and so does another paper
    carried = next(card.id for card in queries.forms_of(new)["to-khai"] if card.kind == "PDF")
    services.take_down_form(actor=province.people["admin"], at=later, form_id=carried)
    assert [card.kind for card in queries.forms_of(old)["to-khai"]] == ["ODT"]
    assert [card.kind for card in queries.forms_of(new)["to-khai"]] == ["ODT"]
    assert queries.blank_form(other).component == "giay-moi"
    for gone in (first, carried):
        with pytest.raises(errors.UnknownForm):
            queries.blank_form(gone)
    assert acts().count("form_taken_down") == 2
    again = put_up(province, "admin", content)
    put_up(province, "admin", content, version_id=old)  # the same file, put up by itself
    services.take_down_form(actor=province.people["admin"], at=later, form_id=again)
    assert [card.kind for card in queries.forms_of(old)["to-khai"]] == ["ODT"]


def test_form_that_only_a_version_before_has_can_be_had_is_listed_and_taken_down(province: Province) -> None:
    old = queries.version_in_force(CODE)
    made = put_up(province)
    later = AT + timedelta(days=3)
    assert queries.forms_of_past(CODE, old) == ()
    same = publish([*PAPERS, {"name": "Giấy mới", "original": 1, "copies": 0}], later)
    assert queries.forms_of_past(CODE, same) == ()  # it stands here too
    put_up(province, "admin", samples.pdf(pages=2), title="Tờ khai mới")
    assert [card.id for card in queries.forms_of_past(CODE, same)] == [made]
    assert queries.blank_form(made).id == made
    services.take_down_form(actor=province.people["admin"], at=later, form_id=made)
    assert queries.forms_of_past(CODE, same) == ()
    assert standing(same) == [("Tờ khai mới", "PDF")]


def test_form_is_not_put_up_over_one_that_nobody_has_seen(province: Province) -> None:
    made = put_up(province)
    before = StoredFile.objects.count()
    for seen in ([], [made + 1]):
        with pytest.raises(errors.FormsChanged):
            put_up(province, title="Tờ khai mới", seen=seen)
    assert (standing(), StoredFile.objects.count()) == ([("Tờ khai cấp giấy", "PDF")], before)
    assert put_up(province, title="Tờ khai mới", seen=[made, made + 1]) > made


@pytest.mark.django_db(transaction=True)
def test_of_two_who_replace_the_same_form_at_once_one_is_told(province: Province) -> None:
    made, barrier = put_up(province), threading.Barrier(2)

    def replaces(title: str) -> int | str:
        barrier.wait(10)
        try:
            return put_up(province, title=title, seen=[made])
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        became = list(pool.map(replaces, ("Mẫu một", "Mẫu hai")))
    assert became.count("catalogue.forms_changed") == 1
    (put,) = [each for each in became if isinstance(each, int)]
    assert [card.id for card in queries.forms_of(queries.version_in_force(CODE))["to-khai"]] == [put]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("act", ["down", "up"])
def test_forms_wait_for_a_version_that_is_just_published_and_takes_them_over(
    province: Province, act: str
) -> None:
    """Else the form that was taken down would go on standing for the version that came at that moment."""
    old, made = queries.version_in_force(CODE), put_up(province)
    later = AT + timedelta(days=3)

    def acts_now() -> None:
        try:
            if act == "down":
                services.take_down_form(actor=province.people["admin"], at=later, form_id=made)
            else:
                put_up(province, title="Tờ khai mới", version_id=old, seen=[made])
        finally:
            connection.close()

    thread = threading.Thread(target=acts_now)
    with transaction.atomic():
        new = publish([*PAPERS, {"name": "Giấy mới", "original": 1, "copies": 0}], later)
        thread.start()
        thread.join(timeout=0.5)
        assert thread.is_alive()  # waits for the procedure
    thread.join(timeout=20)
    stands = {"down": ([], []), "up": ([("Tờ khai mới", "PDF")], [("Tờ khai cấp giấy", "PDF")])}
    assert (standing(old), standing(new)) == stands[act]


def test_versions_that_follow_are_offered_with_the_one_in_force(province: Province) -> None:
    first = queries.version_in_force(CODE)
    services.import_procedures(
        rows=[ROW | {"components": PAPERS[:1], "valid_from": "2025-01-01"}],
        actor=SYSTEM, at=AT, is_bundled=True,
    )  # fmt: skip
    found = queries.versions_from(CODE, first)
    assert [(each.id == first, str(each.valid_from)) for each in found] == [
        (True, "2024-11-20"),
        (False, "2025-01-01"),
    ]


def test_draft_of_a_version_has_no_forms(province: Province) -> None:
    ProcedureVersion.objects.filter(procedure__code=CODE).update(valid_to=AT.date())
    with pytest.raises(errors.UnknownProcedure):
        put_up(province, version_id=10**9)


def test_form_once_put_up_never_changes_in_the_database(province: Province) -> None:
    made = put_up(province)
    for change in ({"title": "Khác"}, {"file_id": "0" * 32}):
        with pytest.raises(IntegrityError), transaction.atomic():
            BlankForm.objects.filter(pk=made).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        BlankForm.objects.filter(pk=made).delete()


@pytest.mark.parametrize("count", [1, 3])
def test_forms_of_a_version_are_read_in_one_query(province: Province, count: int) -> None:
    names = [{"name": f"Tờ khai {n}", "original": 1, "copies": 0} for n in range(count)]
    version = publish(names, AT + timedelta(days=1))
    for n in range(count):
        put_up(province, component=f"to-khai-{n}")
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert len(queries.forms_of(version)) == count
    assert len(seen) == 1
    with CaptureQueriesContext(connection) as seen:
        assert len(queries.latest_forms()) == count
    assert len(seen) == 1


@given(title=st.text(max_size=250), kind=st.sampled_from(KNOWN))
def test_name_of_a_form_is_always_one_to_save_it_under(title: str, kind: Any) -> None:
    card = BlankFormCard(1, 1, "a", title, "b", "f", kind.media_type, 5, AT, "Trí")
    assert 0 < len(card.name) <= LONGEST
    assert not set(card.name) & set('/\\\0\n"')


def test_paper_takes_a_form_if_it_is_filled_in_and_handed_in() -> None:
    paper = RequiredDocument("a", "Đơn")
    assert paper.takes_form
    assert not replace(paper, is_shown_only=True).takes_form
    assert not replace(paper, is_form=True, channels=("online",)).takes_form
