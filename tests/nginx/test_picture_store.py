"""nginx asks the store for pictures, and then the application."""

import pytest

from tests.servers.house import furnish

FOR_EVER = "public, max-age=31536000, immutable"


@pytest.fixture(scope="module")
def kept(store):
    return store.settings()


@pytest.fixture(scope="module")
def house(start_website, kept):
    return furnish(start_website(**{f"PICTURES_{name}": value for name, value in kept.items()}))


@pytest.fixture
def named(house):
    """The files of pictures that the story names."""
    page = house.ask(house.story).body.decode()
    return sorted(
        {
            word.split()[0]
            for word in page.replace('"', ",").split(",")
            if word.startswith("/media/renditions/")
        }
    )


def test_what_is_there_comes_from_the_store(house, store, kept, named):
    path = next(each for each in named if each.endswith(".avif"))
    first = house.ask(path)
    store.client.put_object(
        Bucket=kept["BUCKET"],
        Key=path.removeprefix("/media/"),
        Body=b"of the store",
        ContentType="image/avif",
    )
    found = house.ask(path)
    assert (first.status, found.status, found.raw) == (200, 200, b"of the store")
    assert found.headers["content-type"] == "image/avif"
    assert found.headers["cache-control"] == FOR_EVER
    assert found.headers["x-content-type-options"] == "nosniff"
    assert not [name for name in found.headers if name.startswith("x-amz")]


def test_what_is_not_made_yet_is_made_and_stored(house, store, kept, named):
    path = named[-1]
    name = path.removeprefix("/media/")
    store.client.delete_object(Bucket=kept["BUCKET"], Key=name)
    assert house.ask(path).status == 200
    assert name in store.names(kept["BUCKET"])


def test_neither_masters_nor_other_sizes_are_handed_out(house, store, kept, named):
    (master,) = store.names(kept["MASTERS_BUCKET"])
    folder = named[0].rpartition("/")[0]
    for path in (f"/media/{master}", f"{folder}/1x1.avif", f"{folder}/../../{master}"):
        assert house.ask(path).status == 404


def test_other_methods_are_the_applications(house, named):
    ours, theirs = (ask(named[0], method="POST") for ask in (house.ask_application, house.ask))
    assert theirs.status == ours.status >= 400
