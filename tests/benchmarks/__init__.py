"""What pages cost, against their budgets: `make bench`.

__main__   what is measured, in which order, and where the figures go
newsroom   a newsroom with so many articles, on a PostgreSQL of its own
addresses  which pages stand for each kind
views      queries and CPU time of the views; runs in a process of its own for each newsroom
wire       bytes that a browser gets
report     figures beside budgets
"""
