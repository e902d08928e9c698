"""The shelf is a port: nothing but its own room knows that it is a folder. This reads the source and proves it."""

import ast
from pathlib import Path

from articles.press.shelf.files import FolderShelf
from articles.press.shelf.interface import Shelf

ROOT = Path(__file__).resolve().parents[4]
# What handles files and folders.
FILE_MODULES = {"pathlib", "shutil", "tempfile", "fcntl", "stat", "articles.whole_files"}
OF_OS = {
    "open",
    "stat",
    "fstat",
    "listdir",
    "scandir",
    "walk",
    "unlink",
    "rename",
    "replace",
    "mkfifo",
    "path",
}
# What the folder has besides the port.
OF_THE_FOLDER = {"root", "new", "folder"}
# What others may have of the room's modules; all of those that are not named here.
FOR_OTHERS = {
    "articles.press.shelf.files": {"the_shelf", "FolderShelf"},
    # Whoever looks after the site takes a lead of their own, with a lock of the same kind.
    "articles.press.shelf.locks": {"lead"},
    "articles.press.shelf.notes": set(),
    "articles.press.shelf.wake": set(),
}
# These handle pictures, which are files in media/.
HANDLE_PICTURES = {"articles/press/serve/pictures.py", "articles/press/background/pictures.py"}
# These know which folder the settings name.
KNOW_THE_SETTING = {
    "articles/press/changes/wake.py",  # wakes the press of the shelf there, which the desk does not open
    "articles/management/nginx/configuration.py",  # nginx serves the files of the folder
    "articles/management/doctor/disks.py",  # the disk on which it stands may be full
    "articles/management/doctor/files.py",  # whoever prints must be allowed to write there
}


def sources(start="articles/"):
    for path in sorted((ROOT / start).rglob("*.py")):
        name, text = path.relative_to(ROOT).as_posix(), path.read_text()
        if "shelf" in text and not name.startswith(("articles/press/shelf/", "articles/migrations/")):
            yield name, ast.parse(text)


def imports(tree):
    """Each module that is imported from, with the names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, set()) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, {alias.name for alias in node.names}


def attributes(tree):
    """What is asked of what: (shelf, root) of `self.shelf.root`, (press_settings, shelf) of `press_settings().shelf`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            owner = node.value.func if isinstance(node.value, ast.Call) else node.value
            yield getattr(owner, "id", getattr(owner, "attr", "")), node.attr


def test_nobody_asks_the_shelf_for_its_folder():
    asked = {(name, *each) for name, tree in sources() for each in attributes(tree)}
    assert ("articles/press/press.py", "shelf", "make") in asked
    assert not [each for each in asked if each[1].endswith("shelf") and each[2] in OF_THE_FOLDER]


def test_nobody_imports_what_the_folder_is_made_of():
    for name, tree in sources():
        for module, names in imports(tree):
            assert names <= FOR_OTHERS.get(module, names), name


def test_no_module_of_the_press_handles_files():
    for name, tree in sources("articles/press"):
        if name not in HANDLE_PICTURES:
            assert not FILE_MODULES & {module for module, _ in imports(tree)}, name
            assert not OF_OS & {asked for owner, asked in attributes(tree) if owner == "os"}, name


def test_only_these_know_the_setting_of_the_folder():
    assert {n for n, tree in sources() if ("press_settings", "shelf") in attributes(tree)} == KNOW_THE_SETTING


def test_the_folder_has_nothing_for_others_but_what_the_port_names():
    public = {name for name in vars(FolderShelf) if not name.startswith("_")}
    # Tests look at the files of a page with it.
    assert public - Shelf.__abstractmethods__ == {"folder"}
