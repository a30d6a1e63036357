"""What applicants write to the desk: answer it, or say that nothing is to be answered."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from motcua.desk import clock
from motcua.desk.forms.thread import Answer
from motcua.desk.officers import actor_of
from motcua.desk.views.dossier import back_to, whole_page
from motcua.dossiers import services
from motcua.dossiers.errors import (
    AnsweredMeanwhile,
    BadMessage,
    NothingToAnswer,
    SettledMeanwhile,
    WrittenMeanwhile,
)
from motcua.kernel.numbers import read_number
from motcua.theme.access import access
from motcua.theme.refusals import sentence


@access("officer")
@require_http_methods(["GET", "POST"])
def answer_message(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Send an answer, or with `settle` none. What was typed and not sent stands in its box again."""
    if request.method == "GET":
        return back_to(request, dossier_id)
    try:
        if "settle" in request.POST and request.POST.get("text", "").strip():
            return whole_page(request, dossier_id, answer=_written_for_nothing(request), seen=_seen(request))
        if "settle" in request.POST:
            services.settle_thread(
                actor=actor_of(request), at=clock.now(), dossier_id=str(dossier_id), seen=_seen(request)
            )
            messages.success(request, gettext("Đã ghi: tin nhắn không cần trả lời."))
        elif (refused := _answered(request, dossier_id)) is not None:
            return whole_page(request, dossier_id, answer=refused, seen=_seen(request))
    except (NothingToAnswer, WrittenMeanwhile) as refusal:
        messages.warning(request, sentence(refusal))
    return HttpResponseRedirect(reverse("desk:dossier", args=[dossier_id]) + "#messages")


def _answered(request: HttpRequest, dossier_id: UUID) -> Answer | None:
    """Send the answer; the form with what was typed and why not, if it was refused."""
    form = Answer(request.POST)
    typed = form.cleaned_data["text"] if form.is_valid() else ""  # the right is asked all the same
    try:
        services.answer_from_desk(
            actor=actor_of(request),
            at=clock.now(),
            dossier_id=str(dossier_id),
            text=typed,
            seen=_seen(request),
            waited="waits" in request.POST,
        )
    except (BadMessage, AnsweredMeanwhile, SettledMeanwhile) as refusal:
        if not form.errors:
            form.add_error("text", sentence(refusal))
        return form
    messages.success(request, gettext("Đã gửi trả lời cho người nộp."))
    return None


def _written_for_nothing(request: HttpRequest) -> Answer:
    """Who says that no answer is needed has written one: nobody but they can tell which of both they mean."""
    form = Answer(request.POST)
    if form.is_valid():
        form.add_error(
            "text",
            gettext(
                "Bạn đã viết câu trả lời nên chưa ghi gì. Bấm “Gửi trả lời” để gửi, "
                "hoặc xóa câu này rồi bấm “Không cần trả lời”."
            ),
        )
    return form


def _seen(request: HttpRequest) -> int:
    """The last message that was on the page; nonsense has seen nothing."""
    typed = request.POST.get("seen", "")
    return read_number(typed) or 0
