"""Pages that explain the site itself."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.portal import province, publicity, who
from motcua.theme.access import access


@access("public")
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/about/accessibility.html")


@access("public")
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/about/privacy.html")


@access("public")
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/about/help.html", {"nav": "help"})


@access("public")
def contact(request: HttpRequest) -> HttpResponse:
    rules = province.regulation(who.now().date())
    operator = rules.choice("operator.agency") if rules else None
    return render(
        request, "portal/about/contact.html", {"operator": publicity.RECEIVERS.get(operator or "", "")}
    )


@access("public")
def terms(request: HttpRequest) -> HttpResponse:
    """What the regulation in force forbids: the acts that it names itself, and the laws that it points to.

    Basis: KT18-4.1 to KT18-4.7, KT22-5, QN20-26.3, DL24-4, PT24-4.1, PT24-4.2 (published to all users).
    """
    rules = province.regulation(who.now().date())
    acts = rules.words("prohibited.acts") if rules else ()
    clauses = rules.clauses("prohibited.acts") if rules else ()
    context = {
        "regulation": rules,
        "acts": list(zip(acts, clauses, strict=True)),
        "laws": [
            spelt_out(each)
            for each in rules.words("prohibited.basis")
            if not each.startswith(rules.short_name)
        ]
        if rules
        else [],
        "clauses": rules.clauses("prohibited.basis") if rules else (),
    }
    return render(request, "portal/about/terms.html", context)


def spelt_out(law: str) -> str:
    """ "NĐ 61/2018/NĐ-CP Đ5 k2" as people read it: "Nghị định 61/2018/NĐ-CP, Điều 5 khoản 2"."""
    named = re.sub(r"^NĐ (?=\d)", "Nghị định ", law)
    articles = re.sub(r" Đ(?=\d)", ", Điều ", named)
    return re.sub(r"\bk(?=\d)", "khoản ", articles)
