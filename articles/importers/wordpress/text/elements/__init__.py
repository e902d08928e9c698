"""Pictures, links, sounds, films and frames: from what the old site had to what ours has."""

from .credits import with_credits
from .own_lines import with_own_lines
from .rewriting import rewritten

__all__ = ["rewritten", "with_credits", "with_own_lines"]
