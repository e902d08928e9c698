"""Telling servers elsewhere what has changed: the WebSub hub, and search engines by IndexNow.

A consumer of the outbox writes down what to tell (notices.py). It is told once every press that runs has
printed the change and the stores in front have forgotten the old page (sending.py), because who is told
fetches the page at once.
"""
