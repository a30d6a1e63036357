"""What applicants write to the desk: answer it, or say that nothing is to be answered."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from motcua.desk import clock
from motcua.desk.forms.thread import Answer
from motcua.desk.officers import actor_of
from motcua.dossiers import services
from motcua.dossiers.errors import BadMessage, NothingToAnswer
from motcua.kernel.numbers import read_number
from motcua.theme.access import access
from motcua.theme.refusals import sentence


@access("officer")
@require_POST
def answer_message(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Send an answer, or with `settle` none. A refusal stands on top of the dossier."""
    form = Answer(request.POST)
    try:
        if "settle" in request.POST:
            services.settle_thread(
                actor=actor_of(request), at=clock.now(), dossier_id=str(dossier_id), seen=_seen(request)
            )
            messages.success(request, gettext("Đã ghi: tin nhắn không cần trả lời."))
        else:
            typed = form.cleaned_data["text"] if form.is_valid() else ""  # the right is asked all the same
            services.answer_from_desk(
                actor=actor_of(request),
                at=clock.now(),
                dossier_id=str(dossier_id),
                text=typed,
                seen=_seen(request),
            )
            messages.success(request, gettext("Đã gửi trả lời cho người nộp."))
    except (BadMessage, NothingToAnswer) as refusal:
        said = map(str, form.errors.get("text", ())) if isinstance(refusal, BadMessage) else ()
        messages.warning(request, " ".join(said) or sentence(refusal))
    return HttpResponseRedirect(reverse("desk:dossier", args=[dossier_id]) + "#messages")


def _seen(request: HttpRequest) -> int:
    """The last message that was on the page; nonsense has seen nothing."""
    typed = request.POST.get("seen", "")
    return read_number(typed) or 0
