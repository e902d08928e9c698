"""What is answered when something cannot be done: a sentence, and the fields in which it can be mended."""

from collections.abc import Iterable

from django.http import JsonResponse

from articles.publishing import Problem


class Unable(Exception):
    """Answered with this status."""

    def __init__(
        self,
        status: int,
        detail: str,
        problems: Iterable[Problem] = (),
        headers: dict[str, str] | None = None,
    ) -> None:
        self.status, self.detail = status, detail
        self.problems, self.headers = tuple(problems), headers or {}
        super().__init__(detail)

    def as_json(self) -> dict:
        problems = [{"field": each.field, "message": each.message} for each in self.problems]
        return {"detail": self.detail, "problems": problems}


def answered(unable: Unable) -> JsonResponse:
    headers = {"Cache-Control": "no-store", **unable.headers}
    return JsonResponse(unable.as_json(), status=unable.status, headers=headers)


def wrong(field: str, message: str) -> Unable:
    return Unable(422, message, [Problem(field, message)])


def unreadable(field: str) -> Unable:
    return wrong(field, "This is no cursor of this list; begin without one.")


def absent(thing: str) -> Unable:
    return Unable(404, f"Readers find no {thing} here.")
