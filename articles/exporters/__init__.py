"""What is in the newsroom, written out as files that other programs read.

Everything is read at one moment (snapshot.py), in slices, so that memory stays small however much there is.
A folder counts as an export only once its manifest is there, which is written last (folder.py).
"""
