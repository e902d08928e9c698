"""The colours of the light theme (static/css/tokens.css), for drawings and for what browsers draw."""

PAPER, INK, SOFT, RULE, ACCENT = "#fffdf9", "#16140f", "#5f594d", "#ddd6c8", "#a3231f"
