"""Put what somebody had typed back into a page that was drawn anew. Pure: a page and pairs in, a page out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from itertools import accumulate

Pairs = Sequence[tuple[str, str]]
Attributes = dict[str, str | None]

_NOT_TYPED = frozenset({"hidden", "password", "file", "submit", "button", "image", "reset"})
_TICKED = frozenset({"checkbox", "radio"})


@dataclass(frozen=True, slots=True)
class Filled:
    """The page, how many of its fields have something typed, and what was typed for which it has no field."""

    html: str
    fields: int
    left: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class _Control:
    """A field or button of a form: where its tag stands, and for a textarea where its text stands."""

    tag: str
    attributes: Attributes
    start: int
    end: int
    text_end: int = 0
    name: str = ""


@dataclass(slots=True)
class _Form:
    action: str
    is_post: bool
    controls: list[_Control] = field(default_factory=list)

    def hidden(self) -> Counter[tuple[str, str]]:
        pairs = (
            (each.name, each.attributes.get("value") or "") for each in self.controls if _is_hidden(each)
        )
        return Counter(pairs)


def fill(html: str, *, page: str, action: str, typed: Pairs) -> Filled:
    """Fill the form of `html`, the page at the path `page`, that is sent to the path `action`.

    Text goes into its fields in order, ticks and choices are set as they were; what is secret or a file
    stays as the fresh page has it, and so does what is hidden, unless it is empty there. Of several such
    forms it is the one whose hidden values fit best. A page without such a form comes back unchanged, with
    everything left.
    """
    form = _best(_read(html), page, action, typed)
    if form is None:
        return Filled(html, 0, tuple(typed))
    waiting: dict[str, list[str]] = {}
    for name, value in typed:
        waiting.setdefault(name, []).append(value)
    known = {each.name for each in form.controls}
    edits = [edit for each in form.controls if (edit := _edit(html, each, waiting)) is not None]
    left = tuple((name, value) for name, value in typed if name not in known)
    taken = {each.name for each in form.controls if _is_typed(each)} & waiting.keys()
    return Filled(_spliced(html, edits), len(taken), left)


def blanked(html: str, names: Collection[str]) -> str:
    """The page with nothing typed in the fields of these names; what is ticked keeps its value."""
    controls = (each for form in _read(html) for each in form.controls)
    typed = (each for each in controls if _is_typed(each) and _kind(each) not in _TICKED)
    secret = [each for each in typed if each.name in names and each.attributes.get("value")]
    return _spliced(html, [(each.start, each.end, _tag(each, "value", "")) for each in secret])


def _best(forms: Sequence[_Form], page: str, action: str, typed: Pairs) -> _Form | None:
    sent = Counter((name, value) for name, value in typed)
    fitting = [form for form in forms if form.is_post and (form.action or page) == action]
    return max(fitting, key=lambda form: (form.hidden() & sent).total(), default=None)


def _edit(html: str, control: _Control, waiting: dict[str, list[str]]) -> tuple[int, int, str] | None:
    """Which part of the page becomes what, None if this control stays as it is."""
    is_empty = _is_hidden(control) and control.name and not control.attributes.get("value")
    if not _is_typed(control) and not is_empty:
        return None
    values = waiting.get(control.name)
    if control.tag == "option" or _kind(control) in _TICKED:
        mark = "selected" if control.tag == "option" else "checked"
        own = control.attributes.get("value") or ("on" if mark == "checked" else "")
        if values is None and mark == "selected":
            return None
        return control.start, control.end, _tag(control, mark, None if own in (values or ()) else "")
    if not values:
        return None
    if control.tag == "textarea":
        # HTML drops one line end right after the tag, so one is put there to be dropped.
        return control.end, control.text_end, "\n" + escape(values.pop(0), quote=False)
    return control.start, control.end, _tag(control, "value", values.pop(0))


def _tag(control: _Control, name: str, value: str | None) -> str:
    """The tag with this attribute: `None` sets a mark without a value, an empty text takes a mark away."""
    attributes = {each: old for each, old in control.attributes.items() if each != name}
    if value is None or name == "value":
        attributes[name] = value
    said = (f" {each}" if text is None else f' {each}="{escape(text)}"' for each, text in attributes.items())
    return f"<{control.tag}{''.join(said)}>"


def _spliced(html: str, edits: Sequence[tuple[int, int, str]]) -> str:
    pieces, at = [], 0
    for start, end, text in edits:
        pieces += [html[at:start], text]
        at = end
    return "".join((*pieces, html[at:]))


def _kind(control: _Control) -> str:
    return (control.attributes.get("type") or "text").lower() if control.tag == "input" else ""


def _is_hidden(control: _Control) -> bool:
    return _kind(control) == "hidden"


def _is_typed(control: _Control) -> bool:
    """Whether people type or choose there, and may find it filled in again."""
    return bool(control.name) and control.tag != "button" and _kind(control) not in _NOT_TYPED


def _read(html: str) -> list[_Form]:
    reader = _Reader(html)
    reader.feed(html)
    reader.close()
    return reader.forms


class _Reader(HTMLParser):
    """The forms of a page with the places of their controls."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.forms: list[_Form] = []
        self._is_inside = False
        self._select = ""
        self._starts = [0, *accumulate(len(line) + 1 for line in html.split("\n"))]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag == "form":
            is_post = (attributes.get("method") or "").lower() == "post"
            self.forms.append(_Form(attributes.get("action") or "", is_post))
            self._is_inside = True
        elif tag == "select":
            self._select = attributes.get("name") or ""
        elif self._is_inside and tag in ("input", "textarea", "option", "button"):
            start = self._place()
            control = _Control(tag, attributes, start, start + len(self.get_starttag_text() or ""))
            control.name = self._select if tag == "option" else attributes.get("name") or ""
            self.forms[-1].controls.append(control)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._is_inside = False
        elif tag == "select":
            self._select = ""
        elif tag == "textarea" and self._is_inside:
            self.forms[-1].controls[-1].text_end = self._place()

    def _place(self) -> int:
        line, column = self.getpos()
        return self._starts[line - 1] + column


def main_start(html: str) -> int:
    """Where the content of a page begins: right after its `<main>` tag; 0 if it has none."""
    start = html.find("<main")
    return html.find(">", start) + 1 if start >= 0 else 0
