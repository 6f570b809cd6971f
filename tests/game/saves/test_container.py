"""Files of saves: sizes are bounded before anything is unpacked, and nothing but a plain file is read or replaced."""

import hashlib
import io
import os
import struct
import sys
import time
import tracemalloc
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from sim.errors import SaveError
from sim.game.saves import player_saves
from sim.game.saves.campaign_save import NOW, load_campaign
from sim.game.saves.container import FIRST_LINE, FORMAT, MIB, peek, read_file, write_file, write_whole, zipped
from sim.game.saves.headers import HEADER, PICTURE, read_header
from tests.support import sessions

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the bytes of a sound save."""
    path = tmp_path_factory.mktemp("saves") / "x.save"
    player_saves.save_session(sessions.opened(), path)
    return path.read_bytes()


@pytest.fixture
def save(sound: bytes, tmp_path: Path) -> Path:
    """Return a save that may be spoilt."""
    path = tmp_path / "x.save"
    path.write_bytes(sound)
    return path


@pytest.fixture
def bounded() -> Iterator[None]:
    """Fail where reading takes more than some megabytes, or more than some seconds."""
    tracemalloc.start()
    began = time.monotonic()
    yield
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 100 * MIB
    assert time.monotonic() - began < 20


def write_body(path: Path, body: bytes) -> None:
    """Write a save of any bytes, with the checksum that they have."""
    line = FIRST_LINE.format(format=FORMAT, checksum=hashlib.sha256(body).hexdigest())
    path.write_bytes(line.encode() + body)


def bomb(name: str, size: int) -> bytes:
    """Return a zip with a member of zeros."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as box, box.open(name, "w", force_zip64=False) as member:
        for _ in range(size // MIB):
            member.write(bytes(MIB))
    return buffer.getvalue()


def members_of(path: Path) -> dict[str, bytes]:
    return dict(read_file(path).members)


def assert_refused(path: Path, reason: str) -> None:
    for read in (load_campaign, player_saves.load_session, player_saves.load_replay):
        with pytest.raises(SaveError, match=reason):
            read(path)


@pytest.mark.usefixtures("bounded")
@pytest.mark.parametrize("name", [HEADER, "orders.jsonl", "digests.txt", NOW, PICTURE, "evening-05.npz"])
def test_a_member_that_unpacks_to_gigabytes_is_refused(save: Path, name: str) -> None:
    size = 300 * MIB
    body = bomb(name, size)
    assert len(body) < MIB
    write_body(save, body)
    with pytest.raises(SaveError, match=r"cannot be unpacked|is missing"):
        load_campaign(save)
    found, problems = player_saves.list_saves(save.parent)
    assert (found, len(problems)) == ([], 1)


@pytest.mark.usefixtures("bounded")
def test_an_array_that_unpacks_to_gigabytes_is_refused(save: Path) -> None:
    write_file(save, {**members_of(save), NOW: bomb("units.npy", 300 * MIB)})
    assert_refused(save, "is larger than anything that is saved")


@pytest.mark.usefixtures("bounded")
def test_a_member_that_lies_about_its_size_is_refused(save: Path) -> None:
    body = bytearray(bomb(HEADER, 300 * MIB))
    for at, signature in ((18, b"PK\x03\x04"), (20, b"PK\x01\x02")):
        start = body.rindex(signature)
        struct.pack_into("<L", body, start + at + 4, 100)
    write_body(save, bytes(body))
    assert_refused(save, "is damaged")


@pytest.mark.usefixtures("bounded")
def test_a_directory_of_a_million_members_is_refused(save: Path) -> None:
    entry = b"PK\x01\x02" + bytes(42)
    for end in (
        struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65535, 65535, 46 * 10**6, 0, 0),
        struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 3, 3, 46 * 10**6, 0, 0),
    ):
        write_body(save, entry * 10**6 + end)
        assert_refused(save, "cannot be unpacked")
    write_body(save, b"PK\x06\x06" + bytes(52) + b"PK\x06\x07" + bytes(16) + end)
    assert_refused(save, "cannot be unpacked")


@pytest.mark.usefixtures("bounded")
def test_a_file_larger_than_any_save_is_not_read(save: Path) -> None:
    with save.open("r+b") as file:
        file.truncate(20_000 * MIB)  # without taking room
    assert_refused(save, "no save is larger")
    assert len(player_saves.list_saves(save.parent)[1]) == 1


def test_two_members_of_one_name_and_other_ways_to_pack_are_refused(save: Path) -> None:
    members = members_of(save)
    for kind in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as box:
            for name, data in members.items():
                box.writestr(name, data, kind)
        write_body(save, buffer.getvalue())
        assert_refused(save, "is packed in another way")
    twice = zipped({**members, "HEADER.json": members[HEADER]}).replace(b"HEADER.json", b"header.json")
    write_body(save, twice)
    assert_refused(save, "cannot be unpacked")


def test_a_list_unpacks_nothing_but_headers(save: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise AssertionError("arrays are unpacked for a list")

    monkeypatch.setattr("sim.game.saves.packing.unpacked", refused)
    monkeypatch.setattr("sim.game.saves.campaign_save.unpacked", refused)
    members = members_of(save)
    write_file(save, {HEADER: members[HEADER]})
    assert [info.path for info in player_saves.list_saves(save.parent)[0]] == [save]
    assert peek(save, HEADER) == members[HEADER]


def test_whatever_lies_in_the_folder_the_others_are_listed(save: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = save.parent
    (folder / "a folder.save").mkdir()
    (folder / "gone.save").symlink_to(folder / "nowhere")
    (folder / "circle.save").symlink_to(folder / "circle.save")
    (folder / "empty.save").touch()
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "pipe.save")
    found, problems = player_saves.list_saves(folder)
    assert [info.path for info in found] == [save]
    assert len(problems) == len(list(folder.iterdir())) - 1
    for problem in problems:
        assert str(folder) in problem

    def surprises(path: Path) -> None:
        if path.name == "empty.save":
            raise ZeroDivisionError("\x1b[2J nobody thought of it")
        return read_header(path)

    monkeypatch.setattr("sim.game.saves.player_saves.read_header", surprises)
    found, again = player_saves.list_saves(folder)
    assert ([info.path for info in found], len(again)) == ([save], len(problems))
    assert all(problem.isprintable() for problem in again)


@pytest.mark.parametrize("picture", [b"x", b"\x89PNG\r\n\x1a\n" + bytes(100), "wide", "cut"])
def test_a_picture_that_cannot_be_shown_is_none(save: Path, picture: bytes | str) -> None:
    from PIL import Image

    if isinstance(picture, str):
        buffer = io.BytesIO()
        Image.new("L", (50_000, 3) if picture == "wide" else (300, 300)).save(buffer, "PNG")
        picture = buffer.getvalue() if picture == "wide" else buffer.getvalue()[:60]
    write_file(save, {**members_of(save), PICTURE: picture})
    assert player_saves.look(save).picture == b""
    assert player_saves.load_session(save).campaign.turn == 1


# --- writing


def test_what_a_link_leads_to_is_written_and_the_link_stays(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    link = tmp_path / "link.save"
    link.symlink_to(tmp_path / "there" / "x.save")
    write_file(link, {HEADER: b"{}"})
    assert link.is_symlink()
    assert (tmp_path / "there" / "x.save").is_file()
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["link.save", "there", "x.save"]


@pytest.mark.skipif(sys.platform == "win32", reason="no such device")
def test_a_device_is_written_straight_and_a_full_one_is_told(tmp_path: Path) -> None:
    write_whole(Path("/dev/null"), b"x")
    assert Path("/dev/null").is_char_device()
    with pytest.raises(SaveError, match="cannot save to /dev/full: No space left on device"):
        write_whole(Path("/dev/full"), b"x")
    with pytest.raises(SaveError, match="cannot save to"):
        write_whole(tmp_path / "nowhere" / "x.save", b"x")
    with pytest.raises(SaveError, match="cannot save to"):
        write_whole(tmp_path, b"x")


def test_members_are_packed_as_they_were() -> None:
    assert zipfile.ZipFile(io.BytesIO(zipped({"a.json": b"x" * 100}))).read("a.json") == b"x" * 100
