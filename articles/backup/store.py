"""Archives in a bucket of a store that speaks S3: written and read in pieces, with as much memory for a large
one as for a small one.

Of what is sent, the store compares a checksum with each piece. An object of a store is there whole or not at
all: its pieces become one when the last has arrived.
"""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import IO, Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError

from articles.buckets import Bucket, as_os_errors

# A backup takes hours, and a store that is away for seconds ends none.
PATIENCE = Config(connect_timeout=5, read_timeout=30, retries={"mode": "standard", "total_max_attempts": 5})
# Bytes that are sent and asked for at once. A store takes ten thousand pieces of one object, so later ones
# are larger: the largest archive is one of 880 GB.
SENT, ASKED, LARGER_AFTER = 16 << 20, 8 << 20, 1000
TRIES = 4


class ArchiveBucket(Bucket):
    def get_default_settings(self):
        return super().get_default_settings() | {"client_config": PATIENCE}

    @property
    def client(self) -> Any:
        return self.connection.meta.client

    @property
    def address(self) -> str:
        return f"s3://{self.bucket_name}/{self.location}".rstrip("/")

    def key(self, name: str) -> str:
        return f"{self.location}/{name}".lstrip("/")

    def place(self, name: str) -> dict[str, str]:
        return {"Bucket": self.bucket_name, "Key": self.key(name)}

    def archive(self, name: str) -> "Stored":
        return Stored(self, name)

    def names(self, begin: str) -> Iterator[str]:
        pages = self.client.get_paginator("list_objects_v2")
        with as_os_errors(self.address):
            for page in pages.paginate(Bucket=self.bucket_name, Prefix=self.key(begin)):
                yield from (each["Key"].rpartition("/")[2] for each in page.get("Contents", ()))

    @contextmanager
    def new(self, name: str) -> Iterator[IO[bytes]]:
        sending = Sending(self, name)
        try:
            yield sending
            sending.complete()
        except BaseException:
            # What is left of it by a store that is away now goes with the next backup.
            with suppress(OSError):
                sending.abandon()
            raise

    def forget_unfinished(self, begin: str, is_ours: Callable[[str], bool]) -> None:
        """Abort the uploads of archives whose names begin so, and of which `is_ours` says that they are."""
        pages = self.client.get_paginator("list_multipart_uploads")
        with as_os_errors(self.address):
            for page in pages.paginate(Bucket=self.bucket_name, Prefix=self.key(begin)):
                for each in page.get("Uploads", ()):
                    if not is_ours(each["Key"].rpartition("/")[2]):
                        continue
                    self.client.abort_multipart_upload(
                        Bucket=self.bucket_name, Key=each["Key"], UploadId=each["UploadId"]
                    )


class Sending(io.RawIOBase):
    """What is written is sent as soon as there is a piece of it."""

    def __init__(self, bucket: ArchiveBucket, name: str) -> None:
        self.client, self.place = bucket.client, bucket.place(name)
        self.named = f"{bucket.address}/{name}"
        self.parts: list[dict[str, Any]] = []
        self.waiting, self.size = bytearray(), 0
        with as_os_errors(self.named):
            begun = self.client.create_multipart_upload(**self.place)
        self.upload = self.place | {"UploadId": begun["UploadId"]}

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.waiting += data
        if len(self.waiting) >= SENT * (1 + len(self.parts) // LARGER_AFTER):
            self.send()
        return len(data)

    def send(self) -> None:
        number, piece = len(self.parts) + 1, bytes(self.waiting)
        self.waiting.clear()
        with as_os_errors(self.named):
            answer = self.client.upload_part(**self.upload, PartNumber=number, Body=piece)
        # With the store's own checksum of it, if it has made one: it asks for that again at the end.
        said = {name: answer[name] for name in ("ETag", "ChecksumCRC32") if name in answer}
        self.parts.append({"PartNumber": number, **said})
        self.size += len(piece)

    def complete(self) -> None:
        self.send()
        with as_os_errors(self.named):
            self.client.complete_multipart_upload(**self.upload, MultipartUpload={"Parts": self.parts})
            there = self.client.head_object(**self.place)["ContentLength"]
            if there != self.size:
                self.client.delete_object(**self.place)
                raise OSError(f"{self.named}: the store has {there} bytes of {self.size}")

    def abandon(self) -> None:
        with as_os_errors(self.named):
            self.client.abort_multipart_upload(**self.upload)


@dataclass(frozen=True)
class Stored:
    """An archive in a bucket, used like the path of one on the disk."""

    bucket: ArchiveBucket
    name: str

    def __str__(self) -> str:
        return f"{self.bucket.address}/{self.name}"

    def open(self, mode: str = "rb") -> IO[bytes]:
        return io.BufferedReader(Reading(self), ASKED)

    def size(self) -> int:
        return Reading(self).size

    def unlink(self) -> None:
        with as_os_errors(str(self)):
            self.bucket.client.delete_object(**self.bucket.place(self.name))


class Reading(io.RawIOBase):
    """It is asked for piece by piece, from any place on. A piece whose connection breaks is asked for again,
    and one of another object that has the name by now is refused."""

    def __init__(self, archive: Stored) -> None:
        self.named, self.client = str(archive), archive.bucket.client
        self.place, self.at = archive.bucket.place(archive.name), 0
        with as_os_errors(self.named):
            said = self.client.head_object(**self.place)
        self.size, self.is_this = said["ContentLength"], {"IfMatch": said["ETag"]}

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        begin = {io.SEEK_SET: 0, io.SEEK_CUR: self.at, io.SEEK_END: self.size}[whence]
        self.at = max(0, begin + offset)
        return self.at

    def tell(self) -> int:
        return self.at

    def readinto(self, buffer: Any) -> int:
        end = min(self.at + len(buffer), self.size)
        if end <= self.at:
            return 0
        with as_os_errors(self.named):
            data = self.asked(end)
        buffer[: len(data)] = data
        self.at += len(data)
        return len(data)

    def asked(self, end: int) -> bytes:
        where = {"Range": f"bytes={self.at}-{end - 1}", **self.is_this}
        for tries_left in reversed(range(TRIES)):
            try:
                return self.client.get_object(**self.place, **where)["Body"].read()
            except BotoCoreError:
                # The client asks again by itself where there is no answer, but not for the rest of one.
                if not tries_left:
                    raise
        raise AssertionError
