"""Text as it is looked through where no index of words is needed: small letters without accents."""

import unicodedata


def folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
