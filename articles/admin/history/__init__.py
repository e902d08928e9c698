"""The history of an article: its versions, what became of them, how two differ, and bringing one back."""
