"""SECOND_FACTOR_FOR: who has to have a second factor."""


def parse_groups(text):
    """Names of groups, with commas between them. What a group is called is known only to the database, so one
    that is none is named where the site says what it does without."""
    names = [name for part in text.split(",") if (name := part.strip())]
    return frozenset("everybody" if name.lower() == "everybody" else name for name in names)
