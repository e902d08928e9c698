"""Any number of articles of realistic length, made out of the demo's own sentences and written in bulk.

sentences  the demo's texts, taken apart
names      people and places that do not exist
blocks     paragraphs, quotations, lists and figures put together anew, each prepared once
stories    one article after another: blocks in a row, with all that the publishing verbs keep of them
writing    stories into the database: COPY on PostgreSQL, executemany elsewhere
"""

from .writing import NothingToWriteWith, add_articles

__all__ = ["NothingToWriteWith", "add_articles"]
