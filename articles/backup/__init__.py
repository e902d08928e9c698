"""The whole newsroom in one archive, made while the site runs, and brought back from it.

An archive is a tar file that any system can open. It has in this order:

    media/…         the files of pictures (masters) and documents that the database names
    settings.env    what the operator has set, secrets left out, and files that settings name in settings/
    secrets.age     the secrets, encrypted with a passphrase; only if they were asked for
    database.…      the database as it was at one moment
    SHA256SUMS      the checksum of each of these, as `sha256sum -c` reads it
    manifest.json   what the archive is of, how many rows each table has, and the checksum of SHA256SUMS

The manifest comes last, so an archive with a manifest is whole. It is written under another name and renamed
when it is on the disk. What can be made again is not in it: printed pages, static files, pictures cut for a
use.
"""
