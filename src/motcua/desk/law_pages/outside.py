"""Who may do what outside of dossiers, by which clause: the policies are asked of every post and body.

A post is asked about the agency where it is held. A body that the regulation names, and the administrator of
the province, are asked about all others. A body acts through any of its posts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from django.utils.translation import gettext

from motcua.accounts import policy as accounts
from motcua.agencies import policy as agencies
from motcua.agencies import services as agency_services
from motcua.agencies.enums import Role
from motcua.agencies.rules.cards import Officer, Post
from motcua.agencies.rules.issuing import issuing_party
from motcua.catalogue import policy as catalogue
from motcua.catalogue import services as catalogue_services
from motcua.catalogue.rules import upgrades
from motcua.desk import labels as desk_labels
from motcua.dossiers import policy as dossiers
from motcua.dossiers import services as dossier_services
from motcua.incidents import policy as incidents
from motcua.incidents import services as incident_services
from motcua.incidents.enums import Scope
from motcua.kernel.errors import N_, Forbidden
from motcua.law import labels as law_labels
from motcua.law.rules import Regulation
from motcua.law.rules.grounding import Grounds
from motcua.law.services import grounds_of, in_force
from motcua.notify import services as notify
from motcua.process import services as processes
from motcua.worktime.rules import local

POSTS = (Role.APPROVER, Role.CLERK, Role.ADMIN, Role.UNIT_HEAD, Role.DESK_HEAD)
PROVINCE = "province"
_OWN, _OTHER, _UNIT = 1, 2, 101
_BODIES: Mapping[str, int] = MappingProxyType({"office": 11, "dttt": 12, "justice": 13, "ict_centre": 14})


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who is asked about: the one post held, or the administrator of the province without any.

    `agency_id` is the agency in question, `own_id` the one where the post is held, `party` the body that this
    is.
    """

    regulation: Regulation
    posts: tuple[Post, ...]
    is_province: bool
    agency_id: int
    own_id: int
    party: str = catalogue.AGENCY

    @property
    def scope(self) -> agencies.Scope:
        return agencies.scope_by(accounts.Standing(is_open=True, is_admin=self.is_province), self.posts)

    @property
    def standing(self) -> catalogue.Standing:
        return catalogue.standing_by(
            self.posts,
            _BODIES,
            self.regulation,
            self.regulation.province,
            is_province=self.is_province,
        )

    def body(self, key: str) -> tuple[int | None, str]:
        """The agency that the regulation names under the key, and by what name."""
        party = self.regulation.choice(key) or ""
        return _BODIES.get(party), party


@dataclass(frozen=True, slots=True)
class Act:
    """One act: what the policy says to whoever is asked, and what it rests on, as its service says."""

    key: str
    label: str
    may: Callable[[Asked], bool]
    grounds: Grounds


def _follows_all(one: Asked) -> bool:
    overseer, _ = one.body("oversight.by")
    return one.is_province or overseer in dossiers.followed(one.posts)


def _follows(one: Asked) -> bool:
    return _follows_all(one) or one.agency_id in dossiers.followed(one.posts)


def _declares_for_all(one: Asked) -> bool:
    operator, _ = one.body("operator.agency")
    return one.is_province or incidents.runs_it(one.posts, operator)


def _declares(one: Asked) -> bool:
    here = incidents.declares_here(one.posts, Scope.DESK, one.agency_id, _UNIT)
    return here or _declares_for_all(one)


def _reads_reports(one: Asked) -> bool:
    return _declares_for_all(one) or one.agency_id in incidents.reports_of(one.posts)


def _closes(one: Asked) -> bool:
    return agencies.closing_by(one.posts, one.scope, one.agency_id).may_close


def _records_absences(one: Asked) -> bool:
    officer = Officer(account_id=0, full_name="", role=Role.CASE_OFFICER, unit_id=_UNIT)
    return agencies.charge_of(one.posts).covers(officer, one.agency_id)


def _acts(one: Asked) -> bool:
    return one.standing.acts_for(one.agency_id)


def _acts_for_own(one: Asked) -> bool:
    """For the own agency or body; the administrator of the province for the bodies that are named."""
    if one.is_province:
        return any(one.standing.acts_for(None, party) for party in catalogue.named_bodies(one.regulation))
    return one.standing.acts_for(one.own_id, one.party)


def _publishes(one: Asked) -> bool:
    return one.is_province or _acts(one)


def _decides_processes(one: Asked) -> bool:
    body, party = one.body("duty.set_up")
    return processes.decides(one.standing, party or None, body, one.agency_id)


def _writes_processes(one: Asked) -> bool:
    return processes.writes(one.standing, one.agency_id, _decides_processes(one))


def _assesses(one: Asked) -> bool:
    body, party = one.body("catalogue.assessed_by")
    return one.standing.acts_for(body, party or "office")


def _asks_about_the_system(one: Asked) -> bool:
    return bool(upgrades.recorders(one.regulation)) and _acts(one)


def _answers_about_the_system(one: Asked) -> bool:
    parties = set(upgrades.recorders(one.regulation).values())
    return any(one.standing.acts_for(_BODIES.get(party), party) for party in parties)


def _is_administered(one: Asked) -> bool:
    return one.scope.covers(one.agency_id)


def _issues(one: Asked) -> bool:
    party = issuing_party(one.regulation)
    scope = one.scope
    if party is None:
        return scope.covers(one.agency_id)
    return scope.is_province or _BODIES.get(party, 0) in scope.agency_ids


def _is_province(one: Asked) -> bool:
    return one.scope.is_province


ACTS = (
    Act("follow", N_("Theo dõi việc giữ hạn giải quyết"), _follows, grounds_of(dossier_services.watched)),
    Act("urge", N_("Đôn đốc cơ quan giải quyết đúng hạn"), _follows_all, grounds_of(dossier_services.urge)),
    Act("outages", N_("Báo sự cố, báo đã khắc phục"), _declares, grounds_of(incident_services.declare)),
    Act(
        "reports",
        N_("Đọc phản ánh về sự cố, về việc dùng sai Hệ thống"),
        _reads_reports,
        Grounds((incidents.agencies_whose_reports_are_read,)),
    ),
    Act(
        "closures",
        N_("Báo ngày cơ quan nghỉ đột xuất"),
        _closes,
        grounds_of(agency_services.announce_closure),
    ),
    Act(
        "absences",
        N_("Ghi việc cán bộ vắng mặt, người làm thay"),
        _records_absences,
        grounds_of(agency_services.record_absence),
    ),
    Act(
        "announce",
        N_("Ghi quyết định công bố thủ tục hành chính"),
        lambda one: catalogue.may_announce(one.standing, one.agency_id),
        grounds_of(catalogue_services.record_announcement),
    ),
    Act(
        "duties",
        N_("Ghi việc phải làm sau quyết định, phần của cơ quan mình"),
        _acts_for_own,
        grounds_of(catalogue_services.fulfil_duty),
    ),
    Act(
        "forms",
        N_("Đăng mẫu đơn, mẫu tờ khai"),
        lambda one: catalogue.may_keep_forms(one.standing, one.agency_id),
        grounds_of(catalogue_services.put_up_form),
    ),
    Act(
        "items",
        N_("Công khai thông tin của cơ quan"),
        _publishes,
        grounds_of(catalogue_services.publish_item),
    ),
    Act("processes", N_("Soạn quy trình nội bộ"), _writes_processes, grounds_of(processes.begin_draft)),
    Act(
        "process_decisions",
        N_("Đưa quy trình vào áp dụng"),
        _decides_processes,
        grounds_of(processes.approve_draft),
    ),
    Act("propose", N_("Đề xuất mức độ dịch vụ trực tuyến"), _acts, grounds_of(catalogue_services.propose)),
    Act(
        "roadmap",
        N_("Rà soát hằng năm, gửi lộ trình trực tuyến"),
        _acts,
        grounds_of(catalogue_services.send_roadmap),
    ),
    Act("assess", N_("Thẩm định đề xuất trực tuyến"), _assesses, grounds_of(catalogue_services.assess)),
    Act(
        "online_decisions",
        N_("Ghi quyết định về dịch vụ trực tuyến"),
        _assesses,
        grounds_of(catalogue_services.record_online_decision),
    ),
    Act(
        "upgrades",
        N_("Đề nghị nâng cấp, góp ý, xin hỗ trợ về Hệ thống"),
        _asks_about_the_system,
        grounds_of(catalogue_services.request_upgrade),
    ),
    Act(
        "upgrade_steps",
        N_("Trả lời, trình các đề nghị về Hệ thống"),
        _answers_about_the_system,
        grounds_of(catalogue_services.record_upgrade),
    ),
    Act(
        "promises",
        N_("Ghi cam kết giải quyết nhanh hơn"),
        _is_administered,
        grounds_of(catalogue_services.make_promise),
    ),
    Act(
        "reasons", N_("Soạn mẫu lý do của cơ quan"), _is_administered, grounds_of(dossier_services.add_reason)
    ),
    Act(
        "people",
        N_("Quản lý đơn vị, vị trí công tác, khóa và mở tài khoản của cán bộ cơ quan"),
        _is_administered,
        grounds_of(agency_services.appoint),
    ),
    Act("accounts", N_("Tạo tài khoản cán bộ"), _issues, grounds_of(agency_services.add_officer)),
    Act("tree", N_("Lập, đổi mã, kết thúc cơ quan"), _is_province, grounds_of(agency_services.add_agency)),
    Act(
        "competences",
        N_("Giao thủ tục cho cơ quan giải quyết"),
        _is_province,
        grounds_of(catalogue_services.give_competence),
    ),
    Act("wording", N_("Sửa lời thư, tin nhắn gửi đi"), _is_province, grounds_of(notify.reword_letter)),
    Act("notices", N_("Đăng thông báo chung, báo tạm dừng"), _is_province, grounds_of(notify.give_notice)),
)

_BY_KEY = {act.key: act for act in ACTS}


def columns(regulation: Regulation) -> tuple[tuple[str, str], ...]:
    """Key and name of everybody asked about: posts, the bodies of the regulation, the province."""
    posts = ((role.value, gettext(desk_labels.ROLE[role])) for role in POSTS)
    bodies = ((party, gettext(law_labels.PARTIES[party])) for party in bodies_of(regulation))
    return (*posts, *bodies, (PROVINCE, gettext("Quản trị cấp tỉnh")))


def bodies_of(regulation: Regulation) -> tuple[str, ...]:
    """The bodies to which the regulation gives an act of these."""
    named = catalogue.named_bodies(regulation)
    named |= {regulation.choice(key) or "" for key in ("oversight.by", "operator.agency")}
    named |= {issuing_party(regulation) or ""}
    return tuple(party for party in _BODIES if party in named)


def may(act: Act, column: str, regulation: Regulation) -> bool:
    """Whether the policies let whoever stands in the column do the act."""
    return any(act.may(asked) for asked in _asked(column, regulation))


def _asked(column: str, regulation: Regulation) -> tuple[Asked, ...]:
    if column == PROVINCE:
        return (Asked(regulation, (), True, _OTHER, 0),)
    if column in _BODIES:
        body = _BODIES[column]
        return tuple(
            Asked(regulation, (Post(unit_id=body, agency_id=body, role=role),), False, _OTHER, body, column)
            for role in POSTS
        )
    post = Post(unit_id=_UNIT, agency_id=_OWN, role=Role(column))
    return (Asked(regulation, (post,), False, _OWN, _OWN),)


@dataclass(frozen=True, slots=True)
class ActRow:
    """One act: for each column whether it may, and the clauses of the regulation; none where it is silent."""

    key: str
    label: str
    cells: tuple[bool, ...]
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    columns: tuple[str, ...]
    count_posts: int
    rows: tuple[ActRow, ...]

    @property
    def count_others(self) -> int:
        return len(self.columns) - self.count_posts


def table(regulation: Regulation) -> Table:
    """Computed from the policies; an act that the regulation gives to nobody here is left out."""
    heads = columns(regulation)
    rows = []
    for act in ACTS:
        cells = tuple(may(act, key, regulation) for key, _ in heads)
        if any(cells):
            rows.append(ActRow(act.key, gettext(act.label), cells, clauses_of(act, regulation)))
    return Table(tuple(name for _, name in heads), len(POSTS), tuple(rows))


def clauses_of(act: Act, regulation: Regulation) -> tuple[str, ...]:
    """The clauses that the policies of the act rest on, and those by which the regulation names a body."""
    return act.grounds.under(regulation)


def forbidden(act: str | Grounds, at: datetime) -> Forbidden:
    """The refusal of a page on which this act is done (one of `ACTS` by its key, or what another rests on)
    with the clauses of the regulation in force."""
    grounds = _BY_KEY[act].grounds if isinstance(act, str) else act
    return Forbidden(clauses=in_force(grounds, local(at).date()))
