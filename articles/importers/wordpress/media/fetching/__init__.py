"""Files come over HTTP from the old server: of its own hosts only, and with a limit for everything.

What an export says may be hostile. So a name is resolved once, each of its addresses is judged, and the
connection is made to the address that was judged; each redirect is judged like a new request.
"""

from .fetcher import Fetcher
from .judging import Judge, is_public, only_public
from .limits import Limits
from .state import InUse, State

__all__ = ["Fetcher", "InUse", "Judge", "Limits", "State", "is_public", "only_public"]
