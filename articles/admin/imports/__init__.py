"""Imports from the desk: a form that starts one, and a page that shows it while it runs, and what came
of it."""
