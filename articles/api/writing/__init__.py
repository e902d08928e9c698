"""Writing, with a token of somebody who works at the desk: by the same verbs and rights as at the desk, so it
leaves the same acts."""
