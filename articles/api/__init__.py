"""The content API, /api/v1/: what readers get, as JSON for programs. docs/api/README.md says how it is used.

Reading is the same for everybody, with a token or without: nothing but what `published()` answers. No cookie
is ever looked at.
"""
