"""What pages cost, against their budgets: `make bench`.

__main__   what is measured, in which order, and where the figures go
newsroom   a newsroom with so many articles, on a PostgreSQL of its own
addresses  which pages stand for each kind
views      queries and CPU time of the views; runs in a process of its own for each newsroom
wire       bytes that a browser gets
press      printed pages: press_serving by application and nginx, press_fresh from the verb to the reader,
           press_shelf everything printed; also alone: python -m tests.benchmarks.press
search, related, desk, files   what their names say, each in a process of its own; importing: an export of WordPress
report     figures beside budgets; sections: where they stand in docs/benchmarks.md
"""
