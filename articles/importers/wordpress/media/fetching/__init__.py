"""Files come over HTTP from the old server: of its own hosts only, and with a limit for everything.

What an export says may be hostile. So a name is resolved once, each of its addresses is judged, and the
connection is made to the address that was judged; each redirect is judged like a new request.
"""

from articles.http.public_addresses import Judge, is_public, only_public

from .fetcher import Fetcher
from .limits import Limits
from .state import InUse, State

__all__ = ["Fetcher", "InUse", "Judge", "Limits", "State", "is_public", "only_public"]
