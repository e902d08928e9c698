"""WordPress's blocks: HTML between comments that name it."""

from .folding import fold_blocks, has_blocks

__all__ = ["fold_blocks", "has_blocks"]
