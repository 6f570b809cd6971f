"""Saves: what is loaded goes on exactly as if it had never stopped, and anything else is refused with its reason."""

import json
import shutil
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from sim.errors import SaveError
from sim.game.campaign import Campaign
from sim.game.saves import player_saves
from sim.game.saves.campaign_save import HEADER, load_campaign, read_header, save_campaign
from sim.game.saves.container import read_file, write_file
from sim.scenario import load
from sim.scenario.loading import folders
from tests.support import sessions

pytestmark = pytest.mark.slow

EVENING = "evening-05.npz"


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> tuple[Campaign, Path]:
    """Return a campaign on the evening of 14 August and the file that it was saved to."""
    campaign = Campaign.start("august_storm", seed=7).run(date(1945, 8, 14))
    path = tmp_path_factory.mktemp("saves") / "august.save"
    save_campaign(campaign, path)
    return campaign, path


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Return a save of a game on the tiny map, on its third morning."""
    session = sessions.opened()
    for _ in range(2):
        sessions.next_phase(session)
    path = tmp_path / "small.save"
    player_saves.save_session(session, path)
    return path


Change = Callable[[dict[str, bytes]], object]


def _rewritten(source: Path, target: Path, change: Change) -> Path:
    """Return a copy of a save with other members, under a checksum that is right."""
    members = dict(read_file(source).members)
    change(members)
    write_file(target, members)
    return target


def _in_header(**changes: object) -> Change:
    def change(members: dict[str, bytes]) -> None:
        members[HEADER] = json.dumps({**json.loads(members[HEADER]), **changes}).encode()

    return change


def test_loaded_campaign_goes_on_as_the_saved_one(saved: tuple[Campaign, Path]) -> None:
    campaign, path = saved
    loaded = load_campaign(path)
    assert (loaded.today, loaded.digest(), loaded.turns_played) == (campaign.today, campaign.digest(), 6)
    straight = Campaign.start("august_storm", seed=7).run(date(1945, 8, 16))
    assert loaded.run(date(1945, 8, 16)).digest() == straight.digest()
    assert len(loaded.events()) == len(straight.events())


def test_loaded_campaign_has_its_course(saved: tuple[Campaign, Path]) -> None:
    loaded = load_campaign(saved[1]).order_log
    assert (loaded.days, loaded.digests) == (saved[0].order_log.days, saved[0].order_log.digests)
    assert [situation.turns_played for situation in loaded.kept] == [5]


def test_save_leaves_no_temporary_file(saved: tuple[Campaign, Path]) -> None:
    assert [path.name for path in saved[1].parent.iterdir()] == ["august.save"]


def test_save_is_never_pickle_and_begins_with_its_name(saved: tuple[Campaign, Path]) -> None:
    assert saved[1].read_bytes().startswith(b"August Storm save 2 ")
    assert {Path(name).suffix for name in read_file(saved[1]).members} == {".json", ".jsonl", ".txt", ".npz"}


def test_a_save_in_which_any_one_byte_is_wrong_is_refused(small: Path) -> None:
    whole = bytearray(small.read_bytes())
    for place in (*range(300), *range(300, len(whole), 17), len(whole) - 1):
        whole[place] ^= 1 << place % 8
        small.write_bytes(whole)
        with pytest.raises(SaveError):
            read_header(small)
        whole[place] ^= 1 << place % 8


def test_a_save_that_is_cut_short_or_grew_is_refused(small: Path) -> None:
    whole = small.read_bytes()
    for content in (whole[:-1], whole[: len(whole) // 2], whole[:100], whole + b"\0"):
        small.write_bytes(content)
        with pytest.raises(SaveError, match="its checksum does not match"):
            load_campaign(small)


@pytest.mark.parametrize("content", [b"", b"not a save", b"August Storm save 2", b"August Storm save two\n"])
def test_a_file_that_is_no_save_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.save"
    path.write_bytes(content)
    with pytest.raises(SaveError, match="is not a save of this game"):
        load_campaign(path)
    with pytest.raises(SaveError, match="cannot read"):
        load_campaign(tmp_path / "missing.save")


def test_a_later_format_is_refused(small: Path) -> None:
    small.write_bytes(small.read_bytes().replace(b"save 2 ", b"save 3 ", 1))
    with pytest.raises(SaveError, match="has save format 3; this version reads format 2"):
        load_campaign(small)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"engine": "0.0.1"}, "was saved by version 0.0.1"),
        (
            {"scenario_digest": "0" * 64},
            "was made with other files of august_storm and its mods .*august_storm changed",
        ),
        ({"scenario": "atlantis"}, "needs the scenario 'atlantis', which is not found here"),
        ({"mods": [{"id": "snow", "digest": "", "folder": ""}]}, "needs the mod 'snow', which is not found here"),
        ({"now": {"turns_played": 6, "phase": -1, "digest": "00", "state_digest": "00"}}, "does not match the digest"),
        ({"kept": [4]}, "evening-04.npz is missing"),
        ({"kept": [None]}, "its contents are inconsistent"),
        ({"seed": None, "key": "x"}, "its contents are inconsistent"),
    ],
)
def test_save_that_does_not_fit_is_refused(
    saved: tuple[Campaign, Path], tmp_path: Path, changes: dict[str, object], reason: str
) -> None:
    with pytest.raises(SaveError, match=reason):
        load_campaign(_rewritten(saved[1], tmp_path / "x.save", _in_header(**changes)))


@pytest.mark.parametrize(
    ("member", "content", "reason"),
    [
        ("digests.txt", b"00\n", "its contents are inconsistent"),
        ("orders.jsonl", b'["day"]\n["fly","x"]\n', "no entry of an order log"),
        ("orders.jsonl", b'["move","x"]\n', "no entry of an order log"),
        ("orders.jsonl", b'["attack","x","y","hasty"]\n', "not valid in an order"),
        ("orders.jsonl", b"[", "its contents are inconsistent"),
        ("now.npz", b"", "its contents are inconsistent"),
        ("header.json", b"[]", "its header is incomplete"),
        ("header.json", b"{", "its header cannot be read"),
    ],
)
def test_members_that_make_no_sense_are_refused(
    saved: tuple[Campaign, Path], tmp_path: Path, member: str, content: bytes, reason: str
) -> None:
    def change(members: dict[str, bytes]) -> None:
        members[member] = content

    with pytest.raises(SaveError, match=reason):
        load_campaign(_rewritten(saved[1], tmp_path / "x.save", change))


def test_every_member_is_needed(saved: tuple[Campaign, Path], tmp_path: Path) -> None:
    for name in read_file(saved[1]).members:
        with pytest.raises(SaveError, match=f"{name} is missing"):
            load_campaign(_rewritten(saved[1], tmp_path / "x.save", lambda members, name=name: members.pop(name)))


def test_the_state_of_another_evening_is_noticed(saved: tuple[Campaign, Path], tmp_path: Path) -> None:
    def swap(members: dict[str, bytes]) -> None:
        members[EVENING] = members["now.npz"]

    with pytest.raises(SaveError, match="the evening of day 5, 13 August does not match the digest"):
        load_campaign(_rewritten(saved[1], tmp_path / "x.save", swap))


def test_a_save_of_another_build_that_keeps_the_state_otherwise_is_no_damaged_one(
    saved: tuple[Campaign, Path], tmp_path: Path
) -> None:
    def older(members: dict[str, bytes]) -> None:
        _in_header(engine_digest="0123")(members)
        members["now.npz"] = members[EVENING]

    with pytest.raises(SaveError, match=r"saved by another build of version .*: its engine stores the state"):
        load_campaign(_rewritten(saved[1], tmp_path / "x.save", older))


def test_an_interrupted_save_leaves_the_old_one(
    saved: tuple[Campaign, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "kept.save"
    shutil.copy(saved[1], path)

    def fails(number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fails)
    with pytest.raises(SaveError, match=r"cannot save to .*No space left on device"):
        save_campaign(saved[0], path)
    assert path.read_bytes() == saved[1].read_bytes()
    assert [one.name for one in tmp_path.iterdir()] == ["kept.save"]


def _copied_mod(folder: Path) -> Path:
    """Return a mod in a folder of its own."""
    folder.parent.mkdir(exist_ok=True)
    shutil.copytree(load("august_storm", ["no_rain"]).mod_folders[0], folder)
    return folder


@pytest.mark.parametrize("there", ["drought", "mods/drought", "no_rain", "mods/no_rain"])
def test_a_mod_that_moved_with_its_save_is_found_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: str
) -> None:
    mod = _copied_mod(tmp_path / "old" / "drought")
    save_campaign(Campaign.start("august_storm", [mod], seed=1), tmp_path / "old" / "x.save")
    new = tmp_path / "new" / there
    new.parent.mkdir(parents=True)
    shutil.move(mod, new)
    shutil.move(tmp_path / "old" / "x.save", tmp_path / "new" / "x.save")
    monkeypatch.setattr("sim.game.saves.provenance.folders.known", lambda: shipped_without("no_rain"))
    loaded = load_campaign(tmp_path / "new" / "x.save").scenario
    assert loaded.mod_folders[0].resolve() == new
    shutil.rmtree(new)
    with pytest.raises(
        SaveError, match=r"needs the mod .no_rain., which is not found here: .*old.drought.*new.drought"
    ):
        load_campaign(tmp_path / "new" / "x.save")


def test_a_mod_keeps_its_way_from_the_save(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mod = _copied_mod(tmp_path / "one" / "drought")
    (tmp_path / "one" / "saves").mkdir()
    save_campaign(Campaign.start("august_storm", [mod], seed=1), tmp_path / "one" / "saves" / "x.save")
    shutil.move(tmp_path / "one", tmp_path / "two")
    monkeypatch.setattr("sim.game.saves.provenance.folders.known", lambda: shipped_without("no_rain"))
    found = load_campaign(tmp_path / "two" / "saves" / "x.save").scenario.mod_folders
    assert found[0].resolve() == tmp_path / "two" / "drought"


def shipped_without(name: str) -> dict[str, Path]:
    """Return what is installed, but for one."""
    return {one: place for one, place in {**folders.mods(), **folders.shipped()}.items() if one != name}


def test_a_scenario_from_a_folder_is_found_there_again(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    shutil.copytree(sessions.scenario().folder, folder)
    save_campaign(Campaign.start(load(folder)).run(date(1945, 8, 10)), tmp_path / "x.save")
    assert load_campaign(tmp_path / "x.save").turns_played == 2
    shutil.rmtree(folder)
    with pytest.raises(SaveError, match="needs the scenario 'tiny', which is not found here"):
        load_campaign(tmp_path / "x.save")


def test_a_mod_that_has_changed_is_named(tmp_path: Path) -> None:
    mod = tmp_path / "drought"
    shutil.copytree(load("august_storm", ["no_rain"]).mod_folders[0], mod)
    save_campaign(Campaign.start("august_storm", [mod], seed=1), tmp_path / "x.save")
    assert load_campaign(tmp_path / "x.save").scenario.mods == ("no_rain",)
    rules = mod / "rules.yaml"
    rules.write_text(rules.read_text().replace("0", "1"))
    with pytest.raises(SaveError, match=r"\(no_rain changed\)|cannot be read any more"):
        load_campaign(tmp_path / "x.save")


def test_a_save_from_before_saves_kept_orders_is_refused(tmp_path: Path) -> None:
    """Such a file was a bare zip; no state in it fits this engine."""
    path = tmp_path / "old.save"
    with zipfile.ZipFile(path, "w") as box:
        box.writestr("header.json", '{"format": 1}')
    for read in (load_campaign, read_header):
        with pytest.raises(SaveError, match="is not a save of this game"):
            read(path)
