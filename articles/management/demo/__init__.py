"""The demo newsroom: its words in texts/, pages/, newsroom.toml and pictures.toml, its pictures in drawing/.

`load` puts it into an empty database through the publishing verbs; `bulk` adds any number of articles made
out of its sentences.
"""
