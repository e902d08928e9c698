from articles.conf import alarm_settings, paper

from .finding import unwise


def alarms():
    settings = alarm_settings()
    if paper().url.startswith("https:") and not (settings.email or settings.webhook):
        yield unwise(
            "Nobody is told when the press lags, a disk fills or a backup is old; set ALARM_EMAIL or "
            "ALARM_WEBHOOK (docs/operating/observing.md)."
        )
