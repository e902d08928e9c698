"""Pictures that are drawn and not photographed, such as the paper's icons."""

from .icon import apple_touch_icon, favicon, icon, maskable_icon

__all__ = ["apple_touch_icon", "favicon", "icon", "maskable_icon"]
