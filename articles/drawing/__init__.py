"""Pictures that are drawn and not photographed: the paper's icons, and pictures for links to articles."""

from .card import Card, card_of, draw_card, is_signed
from .icon import apple_touch_icon, favicon, icon, maskable_icon

__all__ = [
    "Card",
    "apple_touch_icon",
    "card_of",
    "draw_card",
    "favicon",
    "icon",
    "is_signed",
    "maskable_icon",
]
