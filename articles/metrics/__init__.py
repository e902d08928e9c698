"""Numbers for whoever watches the site: each process counts, writes its counts into a file of its own, and
one process of the host adds the files up when it is asked (docs/operating/observing.md).

Files and no shared memory: a full disk costs some seconds of numbers, where a page of memory that can't be
written would end the process that answers readers; and containers that share a folder are added up too.
"""
