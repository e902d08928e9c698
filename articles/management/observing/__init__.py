"""Somebody looks each minute, on each host, so that the operator need not: what is found stands on the
operator's page, and of what can't wait an alarm is sent."""
