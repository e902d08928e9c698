"""A bucket of an S3-compatible store, as a storage of Django's.

The rest of the code knows files on a disk. So what the store refuses is an OSError here, whatever is not
there is a FileNotFoundError, and of a store that does not answer, or is in trouble, it is a ConnectionError.
A store whose keys may not list a bucket says 403 of a file that is missing, when it is read. Of what is
written, deleted or listed, 403 says that the key may not do that.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import File
from storages.backends.s3 import S3Storage

MISSING = 404
MISSING_WHEN_READ = (403, MISSING)
TOO_MANY_REQUESTS = 429
# With these a store says 403 of whoever asks, of the settings or of this computer's clock, and nothing of the
# file.
OF_WHO_ASKS = ("InvalidAccessKeyId", "RequestTimeTooSkewed", "SignatureDoesNotMatch")
# Seconds, and tries. A store that does not answer would hold up a worker, and all its readers, for minutes.
PATIENCE = Config(connect_timeout=2, read_timeout=10, retries={"mode": "standard", "total_max_attempts": 2})


class Bucket(S3Storage):
    def get_default_settings(self):
        return super().get_default_settings() | {"client_config": PATIENCE}

    def _open(self, name, mode="rb"):
        """Read at once: all that is read here is read whole."""
        with as_os_errors(name, MISSING_WHEN_READ):
            content = self.bucket.Object(self._normalize_name(name)).get()["Body"].read()
        return File(BytesIO(content), name)

    def _save(self, name, content):
        with as_os_errors(name):
            return super()._save(name, content)

    def delete(self, name):
        with as_os_errors(name):
            super().delete(name)

    def listdir(self, name):
        with as_os_errors(name):
            return super().listdir(name)

    def size(self, name):
        with as_os_errors(name, MISSING_WHEN_READ):
            return super().size(name)

    def exists(self, name):
        try:
            self.size(name)
        except FileNotFoundError:
            return False
        return True


@contextmanager
def as_os_errors(name: str, missing: tuple[int, ...] = (MISSING,)) -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        raise kind_of(error, missing)(f"{name}: the store says {error}") from error
    except BotoCoreError as error:
        raise ConnectionError(f"{name}: the store cannot be asked: {error}") from error


def kind_of(error: ClientError, missing: tuple[int, ...]) -> type[OSError]:
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    if status >= 500 or status == TOO_MANY_REQUESTS or error.response["Error"].get("Code") in OF_WHO_ASKS:
        return ConnectionError
    return FileNotFoundError if status in missing else OSError
