"""The errors that verbs raise. The message says what to do. When one is raised, nothing has been changed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """A reason why an article can't be published or changed. `field` is the field in which an editor can mend
    it."""

    field: str
    message: str


class Refused(Exception):
    """The verb cannot be done as asked."""

    def __init__(self, problems: list[Problem] | tuple[Problem, ...]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(problem.message for problem in self.problems))


class NotReady(Refused):
    """The article lacks something that readers need."""


class Gone(Refused):
    """Somebody has put the article into the bin since this text was opened, or deleted it for good."""

    def __init__(self) -> None:
        super().__init__(
            [Problem("", "Somebody has deleted this article meanwhile; save your text as a new one.")]
        )


class Conflict(Refused):
    """Somebody else has saved the article since this text was opened."""

    def __init__(self, newest_version: int) -> None:
        self.newest_version = newest_version
        super().__init__(
            [
                Problem(
                    "",
                    "Somebody else has saved this article since you opened it. Your text is below, unsaved: "
                    "compare it with the newer version, then save again to keep yours.",
                )
            ]
        )
