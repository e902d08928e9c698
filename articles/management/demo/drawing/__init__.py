"""Editorial illustrations drawn by code: `draw(name)` gives JPEG bytes, the same ones every time."""

from .catalogue import DRAWINGS, PORTRAITS, draw

__all__ = ["DRAWINGS", "PORTRAITS", "draw"]
