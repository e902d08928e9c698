"""Headlines and standfirsts that might be news."""

import random

from .names import Names, one_of

WHO = """
Bakers|Bus drivers|Councillors|Engineers|Farmers|Ferry crews|Fishermen|Headteachers|Insurers|Judges
Librarians|Ministers|Nurses|Planners|Researchers|Residents|Shopkeepers|Surveyors|Teachers|Tenants
Trustees|Volunteers
"""
DO = """
agree to wait for|ask who pays for|call a vote on|count the cost of|fall out over|find a way round
give up on|go to court over|lose patience with|prepare for|return to|say no to|split over|warn against
weigh|welcome|win a reprieve for
"""
WHAT = """
the new bridge|a second reservoir|the night bus|the harbour lights|the last cinema|a shorter week
the flood map|the old mill|a longer runway|the school roof|the wheat price|the market hall|a census
the coast path|the water bill|the county ground|the hospital laundry|a borrowed piano
the tram to nowhere|the salt tax|the lighthouse|the register of land|a museum of fog|the fish quota
the reading room
"""
THEN = """
after a long night|as the deadline passes|before the frost|despite the figures|for the third year
in a single afternoon|on the advice of nobody|with a week to go|without a word|a year too late|at last
and nobody is surprised
"""
WHO, DO, WHAT, THEN = (tuple(words.strip().replace("\n", "|").split("|")) for words in (WHO, DO, WHAT, THEN))
SAID = (
    "The report runs to {number} pages. {name} has read them all.",
    "In {place} they have {number} reasons, and the first is money.",
    "It was meant to last until spring. {name} gives it {number} days.",
    "{name} of {place} says that the sum is out by {number}.",
    "A plan {number} months in the making meets {name}, who was not asked.",
    "There were {number} in the room in {place}. Only {name} had brought a map.",
    "{place} has waited {number} years, and would like to know for what.",
    "What {name} found in {place}, and the {number} letters that followed.",
)


def headline(rng: random.Random, names: Names) -> str:
    who, do, what, then = one_of(WHO, rng), one_of(DO, rng), one_of(WHAT, rng), one_of(THEN, rng)
    shape = rng.random()
    if shape < 0.3:
        return f"{who} in {names.place()} {do} {what}"
    if shape < 0.55:
        return f"{names.place()}: {who.lower()} {do} {what} {then}"
    if shape < 0.75:
        return f"{names.person()} and {what}"
    if shape < 0.9:
        return f"{3 + int(rng.random() * 987)} {who.lower()} {do} {what}, {then}"
    return f"What {who.lower()} of {names.place()} know about {what}"


def standfirst(rng: random.Random, names: Names) -> str:
    number = 3 + int(rng.random() * 897)
    return one_of(SAID, rng).format(number=number, name=names.person(), place=names.place())
