"""Where pictures' files are kept: the masters, which nobody but us reads, and the renditions, which readers
load.

Both are folders of the disk, or buckets of a store (articles/buckets.py), as the settings say. Whatever goes
wrong with either is an OSError; a file that is not there is a FileNotFoundError, and a store that does not
answer is a ConnectionError.
"""

from collections import OrderedDict
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, Storage, default_storage, storages

from articles.whole_files import write_whole

# Folders of renditions whose files a process knows by heart. Each is one version of a picture.
MOST_FOLDERS = 20_000


def masters() -> Storage:
    return storages["masters"]


def renditions() -> Storage:
    return storages["renditions"]


def storage_of(name: str) -> Storage:
    """That of a file of any kind: the first folder of its name says which kind it is."""
    named = {"masters": masters, "renditions": renditions}.get(name.partition("/")[0])
    return named() if named else default_storage


def is_on_disk(storage: Storage) -> bool:
    return isinstance(storage, FileSystemStorage)


def read_file(storage: Storage, name: str) -> bytes:
    with storage.open(name) as file:
        return file.read()


def store_whole(storage: Storage, name: str, content: bytes) -> None:
    """Store a file under its name only when it is complete. A file server sends it as soon as it has its
    name, and browsers keep it for ever. A store does so by itself."""
    if is_on_disk(storage):
        write_whole(Path(storage.path(name)), content, mode=settings.FILE_UPLOAD_PERMISSIONS)
    else:
        storage.save(name, ContentFile(content))


def listed(storage: Storage, folder: str) -> tuple[list[str], list[str]]:
    """The folders and files in the folder; none if it does not exist."""
    try:
        return storage.listdir(folder)
    except FileNotFoundError:
        return [], []


class KnownFiles:
    """Which files of a store exist. A folder is listed once, when it is first asked about; from then on what
    this process has stored is remembered, and the store is asked nothing.

    If another process has stored a file meanwhile, it is made and stored once more, with the same bytes.
    """

    def __init__(self, storage: Storage) -> None:
        self.storage = storage
        self._folders: OrderedDict[str, set[str]] = OrderedDict()

    def __contains__(self, path: str) -> bool:
        folder, _, name = path.rpartition("/")
        return name in self._names(folder)

    def add(self, path: str) -> None:
        folder, _, name = path.rpartition("/")
        self._names(folder).add(name)

    def forget(self, path: str) -> None:
        """Whoever deletes files may be another process, so their whole folder is listed again."""
        self._folders.pop(path.rpartition("/")[0], None)

    def _names(self, folder: str) -> set[str]:
        if folder not in self._folders:
            self._folders[folder] = set(listed(self.storage, folder)[1])
            if len(self._folders) > MOST_FOLDERS:
                self._folders.popitem(last=False)
        return self._folders[folder]
