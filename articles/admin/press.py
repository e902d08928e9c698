"""The state of the press, read-only."""

from django.contrib import admin
from django.utils import timezone

from articles.admin.shared.nonsense import RefusesNonsense
from articles.models import Notice, OutboxConsumer, PictureFailure, PressStatus, PrintFailure, Task

from .log import ReadOnly


@admin.register(PressStatus)
class PressStatusAdmin(ReadOnly, RefusesNonsense, admin.ModelAdmin):
    list_display = ["shelf", "state", "error"]

    @admin.display(description="state")
    def state(self, status):
        return status.in_words(timezone.now())

    @admin.display(description="last error")
    def error(self, status):
        return status.error_in_words()


@admin.register(PrintFailure)
class PrintFailureAdmin(ReadOnly, RefusesNonsense, admin.ModelAdmin):
    list_display = ["path", "error", "attempts", "failed_at", "next_try_at", "shelf"]
    ordering = ["-failed_at"]


@admin.register(PictureFailure)
class PictureFailureAdmin(ReadOnly, RefusesNonsense, admin.ModelAdmin):
    list_display = ["image", "error", "attempts", "failed_at", "next_try_at"]
    list_select_related = ["image"]
    ordering = ["-failed_at"]


@admin.register(Task)
class TaskAdmin(ReadOnly, RefusesNonsense, admin.ModelAdmin):
    list_display = ["what", "state", "last_error"]

    @admin.display(description="state")
    def state(self, task):
        return task.in_words(timezone.now())


@admin.register(Notice)
class NoticeAdmin(ReadOnly, RefusesNonsense, admin.ModelAdmin):
    list_display = ["address", "service", "state", "last_error"]

    @admin.display(description="state")
    def state(self, notice):
        return notice.in_words(timezone.now())


@admin.register(OutboxConsumer)
class OutboxConsumerAdmin(ReadOnly, RefusesNonsense, admin.ModelAdmin):
    list_display = ["name", "state", "last_error"]

    @admin.display(description="state")
    def state(self, consumer):
        return consumer.in_words(timezone.now())
