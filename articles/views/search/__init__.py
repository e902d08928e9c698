"""The search page, and what it suggests while a reader types. Both stand in no store and on no shelf."""
