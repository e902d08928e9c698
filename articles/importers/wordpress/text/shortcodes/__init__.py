"""WordPress's shortcodes: `[gallery ids="7,3"]`, `[caption …]…[/caption]`."""

from .finding import in_blocks, proven
from .folding import fold_shortcodes

__all__ = ["fold_shortcodes", "in_blocks", "proven"]
