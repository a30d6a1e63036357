"""What can go wrong with regulations: a date nothing covers, and data files that do not hold together."""

from __future__ import annotations

from dataclasses import dataclass

from motcua.kernel.errors import N_, NotFound


class NoRegulation(NotFound):
    """No regulation of the province is in force on the date. Params: `province`, `on`."""

    code = "law.no_regulation"
    message = N_("Không có quy chế nào của tỉnh %(province)s có hiệu lực %(on)s.")


class UnknownRegulation(NotFound):
    """There is no regulation of that short name. Params: `short_name`."""

    code = "law.unknown_regulation"
    message = N_("Không có quy chế mang ký hiệu %(short_name)s.")


class UnknownKey(KeyError):
    """A key that the schema does not know, or knows as another kind: a mistake in the program."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault of a data file: where it is and why it is one."""

    file: str
    key: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}: {self.key}: {self.reason}"


class BadLaw(Exception):
    """The data files do not hold together. `problems` lists every fault found, not only the first."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))
