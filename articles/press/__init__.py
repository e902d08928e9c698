"""The press: follows the outbox and keeps readers' pages printed. docs/operating/press.md says what it does.

press, leader, status   the loop, which process runs it, what it says of itself
outbox/                 what is due for this shelf; being woken
plan/                   a change → the addresses of the pages that show it, in the order of printing
render/                 an address → its page; pages that failed
shelf/                  printed pages, locks and notes; a folder, which nobody else knows
everything/             every address: walking over all of them, comparing
background/             what nobody waits for: pictures ahead, smaller files
serve/                  answering readers from the shelf
purge/                  telling the stores in front
"""
