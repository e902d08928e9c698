"""The press: follows the outbox and keeps readers' pages printed. See docs/architecture.md."""
