"""Settings for where pictures are kept: on the disk, or in the buckets of a store."""

import re
from urllib.parse import urlsplit

from environs import ValidationError

from .stores import is_address

# As Amazon names buckets, and with it all others.
BUCKET = r"([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])?\Z"
ON_DISK = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
FOR_EVER = "public, max-age=31536000, immutable"


def check_endpoint(text):
    if text and (not is_address(text) or urlsplit(text).path.strip("/") or urlsplit(text).query):
        raise ValidationError(
            "is no address of a host; write one like https://s3.eu-central-1.amazonaws.com."
        )


def check_pictures_host(text):
    if text and (not is_address(text) or urlsplit(text).path or re.search(r"[\"';,@?#]", text)):
        raise ValidationError("is no address of a host; write one like https://pictures.example.org.")


def purge_mistakes(press, *, host):
    """Sentences for refuse_mistakes()."""
    named = [f"PICTURES_PURGE_{name}" for name in ("ADDRESSES", "API") if press[f"PICTURES_PURGE_{name}"]]
    if named and not host:
        yield f"{named[0]} is set, and PICTURES_HOST is not; write the host, or use PRESS_PURGE_…."


def picture_storages(store):
    """The storages of masters and renditions, as Django's STORAGES names them."""
    if not store["BUCKET"]:
        return {"masters": ON_DISK, "renditions": ON_DISK}
    masters = store["MASTERS_BUCKET"] or store["BUCKET"]
    return {
        "masters": bucket(store, masters),
        "renditions": bucket(store, store["BUCKET"], object_parameters={"CacheControl": FOR_EVER}),
    }


def bucket(store, name, **more):
    return {
        "BACKEND": "articles.buckets.Bucket",
        "OPTIONS": {
            "bucket_name": name,
            **access(store),
            "querystring_auth": False,
            # Names are never used twice, so nothing need be asked before a file is stored.
            "file_overwrite": True,
            **more,
        },
    }


def access(store):
    return {
        "endpoint_url": store["ENDPOINT"] or None,
        "region_name": store["REGION"] or None,
        "access_key": store["KEY_ID"] or None,
        "secret_key": store["SECRET"] or None,
        # What is stored is private, unless the bucket's own policy opens a part of it.
        "default_acl": None,
    }


def store_mistakes(store):
    """Sentences for refuse_mistakes()."""
    named = [name for name in ("MASTERS_BUCKET", "ENDPOINT", "REGION", "KEY_ID", "SECRET") if store[name]]
    if named and not store["BUCKET"]:
        yield f"PICTURES_{named[0]} is set, and PICTURES_BUCKET is not; write the bucket's name."
    if bool(store["KEY_ID"]) != bool(store["SECRET"]):
        yield "Of PICTURES_KEY_ID and PICTURES_SECRET only one is set; write both, or neither."
