import pytest

from articles.press.shelf.notes import FolderNote, FolderNotes

TEXTS = ["/", "/world/", "/tag/küste/", "/" + "长" * 70 + "/" + "a" * 120 + "/"]


@pytest.fixture
def notes(tmp_path):
    return FolderNotes(tmp_path / "notes")


def texts(notes, most=10):
    return [text for _, text in notes.oldest(most)]


class TestNote:
    def test_is_what_was_written_last_also_for_another_process(self, tmp_path):
        note = FolderNote(tmp_path / "shelf/position.json")
        assert note.read() is None
        note.write("one")
        note.write("two")
        assert FolderNote(note.file).read() == "two"
        assert [file.name for file in note.file.parent.iterdir()] == ["position.json"]

    def test_can_be_deleted_although_there_is_none(self, tmp_path):
        note = FolderNote(tmp_path / "release")
        note.write("")
        assert note.read() == ""
        note.delete(), note.delete()
        assert note.read() is None


class TestNotes:
    def test_are_handed_out_the_oldest_first_until_they_are_deleted(self, notes):
        assert (texts(notes), notes.count()) == ([], 0)
        for text in TEXTS:
            notes.add(text)
        assert (texts(notes), notes.count()) == (TEXTS, 4)
        for name, _ in notes.oldest(2):
            notes.delete(name)
            notes.delete(name)
        assert texts(notes) == TEXTS[2:]
        notes.clear(), notes.clear()
        assert texts(notes) == []

    def test_are_looked_at_in_part_when_there_are_very_many_and_all_have_their_turn(self, notes, monkeypatch):
        monkeypatch.setattr("articles.press.shelf.notes.LOOKED_AT", 3)
        added, found = [f"/{number}/" for number in range(10)], []
        for text in added:
            notes.add(text)
        while some := notes.oldest(2):
            found += [text for _, text in some]
            for name, _ in some:
                notes.delete(name)
        assert sorted(found) == added

    def test_outlive_the_process(self, notes):
        notes.add("/world/")
        assert texts(FolderNotes(notes.folder)) == ["/world/"]

    def test_can_be_put_behind_the_others(self, notes):
        names = [notes.add(text) for text in TEXTS]
        for name in (names[0], names[3]):
            notes.put_last(name)
        assert texts(notes) == [TEXTS[1], TEXTS[2], TEXTS[0], TEXTS[3]]
        assert notes.put_last("taken by another") == "taken by another"

    def test_that_are_damaged_are_said_and_dropped(self, notes, caplog):
        notes.add("/world/")
        (notes.folder / "damaged").write_bytes(b"\xff\xfe")
        (notes.folder / "empty").write_bytes(b"")
        (notes.folder / ".new-a").write_bytes(b"unfinished")
        (notes.folder / "a folder").mkdir()
        assert texts(notes) == ["/world/"]
        assert [record.getMessage().partition(" is damaged")[0] for record in caplog.records] == [
            f"The note {notes.folder / 'damaged'}"
        ]
        left = {file.name for file in notes.folder.iterdir()}
        assert len(left) == 3
        assert not {"damaged", "empty"} & left
