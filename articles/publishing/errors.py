"""Why a verb refused. Each says what to do; nothing has been changed when one is raised."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """What stands between an article and its readers; `field` names where an editor mends it."""

    field: str
    message: str


class Refused(Exception):
    """The verb cannot be done as asked."""

    def __init__(self, problems: list[Problem] | tuple[Problem, ...]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(problem.message for problem in self.problems))


class NotReady(Refused):
    """The article lacks something that readers need."""


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
