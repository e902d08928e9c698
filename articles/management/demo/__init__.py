"""The demo newsroom: its words in texts/, pages/, newsroom.toml and pictures.toml, its pictures in pictures/.

`load` puts it into an empty database through the publishing verbs; `bulk` adds any number of articles made
out of its sentences. A site that wants no demo can delete this folder: only the command `demo` imports it.
"""
