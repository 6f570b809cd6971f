"""Saves and journals that a stranger made: each is refused with its reason, or can be played on with.

``FUZZ_EXAMPLES`` says how many of each kind are tried; the checksums of all of them are right.
"""

import faulthandler
import hashlib
import io
import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.errors import SaveError
from sim.game.play.session import Session
from sim.game.records.digests import chain
from sim.game.records.order_log import Situation
from sim.game.saves import campaign_save, packing, player_saves
from sim.game.saves.campaign_save import NOW, ORDERS, PreparedSave, write_save
from sim.game.saves.container import FIRST_LINE, FORMAT, read_file, write_file, zipped
from sim.game.saves.headers import HEADER
from sim.game.saves.journal import GameJournal
from sim.game.saves.journal_file import first_line, next_line
from sim.game.saves.replay import replay_from
from sim.game.saves.resume import resume
from sim.game.saves.soundness import check_world
from sim.game.telling.story import Storyteller, remember
from sim.game.wording.sentences import reason, sentence
from sim.kernels import codes
from sim.kernels.control.stacks import refresh_layers
from sim.kernels.state.bounds import WORLD_BOUNDS
from sim.kernels.state.layout import CHANGING, copy_world, empty_world
from tests.support import sessions
from tests.support.random_player import RandomPlayer

pytestmark = pytest.mark.slow

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "60"))
fuzzed = settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), database=None, print_blob=True
)


@pytest.fixture(autouse=True)
def _watched() -> Iterator[None]:
    """End the program where a test never comes back from compiled code, and say where it is."""
    faulthandler.dump_traceback_later(300 + 5 * EXAMPLES, exit=True)
    yield
    faulthandler.cancel_dump_traceback_later()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for files."""
    return tmp_path_factory.mktemp("fuzz")


class Games(list[tuple[Session, PreparedSave]]):
    """Games with what is saved of them."""

    def __repr__(self) -> str:
        """Return no more than that: the whole of them would fill a book."""
        return "Games()"


@pytest.fixture(scope="module")
def games() -> Games:
    """Return games in their seventh day, amid a phase, led on one side and on both."""
    made = Games()
    for seed, sides in ((3, ("soviet",)), (4, ("soviet", "japan"))):
        session = sessions.opened(sides, first="h005001")
        RandomPlayer(session, seed).play(days=6, commands=6)
        made.append((session, player_saves.prepare(session)))
    return made


def check_words(error: SaveError, path: Path) -> None:
    """Check that an error names the file, and can be shown anywhere."""
    assert str(path) in str(error)
    assert str(error).isprintable()


def assert_refused_or_playable(path: Path) -> bool:
    """Load a save: it is refused, or its state is sound, can be told, and a day later still is; return whether."""
    try:
        session = player_saves.load_session(path)
    except SaveError as error:
        check_words(error, path)
        return False
    campaign = session.campaign
    template = campaign.afresh().world
    check_world(campaign.world, template)
    _tell(session)
    if not campaign.is_over:
        session.advance()
        session.wait()
        check_world(campaign.world, template)
    return True


def _tell(session: Session) -> None:
    campaign = session.campaign
    for event in campaign.events():
        sentence(campaign.views, event)
    for unit in range(len(campaign.world.units)):
        reason(campaign.views, campaign.world, unit)
    Storyteller(campaign.scenario, campaign.views, None).day(
        max(campaign.turns_played, 1), remember(campaign.views, campaign.world), campaign.world
    )


# --- numbers


def _fields() -> list[tuple[str, str]]:
    world = empty_world()  # asked for as the tests are collected: no campaign is begun for it
    return [(name, field) for name in CHANGING for field in getattr(world, name).dtype.names or ("",)]


FIELDS = _fields()
EDGES = (-1, 0, 1, 2, 3, 5, 6, 7, 31, 32, 127, 128, 255, 999, 1000, 1001, 32767, -32768, 2**31 - 1, -(2**31), 10**9)


@st.composite
def edits(draw: st.DrawFn) -> list[tuple[str, str, int, int, int]]:
    """Return a few changes: array, field, place, what to put there, and of which other place to take it (-1: none)."""
    place = st.integers(0, 10**6)
    value = st.one_of(st.sampled_from(EDGES), st.integers(-(2**15), 2**15), st.integers(-(2**63), 2**64 - 1))
    one = st.tuples(st.sampled_from(FIELDS), place, value, st.one_of(st.just(-1), place))
    return [(name, field, at, put, of) for (name, field), at, put, of in draw(st.lists(one, min_size=1, max_size=4))]


def edited(situation: Situation, changes: list[tuple[str, str, int, int, int]]) -> Situation:
    """Return a situation with some numbers changed."""
    world = copy_world(situation.world)
    for name, field, place, value, other in changes:
        array = np.asarray(getattr(world, name))
        if name == "events":
            array = array[: int(world.clock["n_events"][0])]
        flat = array[field] if field else array
        if not flat.size:
            continue
        at = np.unravel_index(place % flat.size, flat.shape)
        if other >= 0:
            flat[at] = flat[np.unravel_index(other % flat.size, flat.shape)]
        else:
            bits = 8 * flat.dtype.itemsize
            wrapped = value % 2**bits
            signed = flat.dtype.kind == "i" and wrapped >= 2 ** (bits - 1)
            flat[at] = wrapped - 2**bits if signed else wrapped
    return replace(situation, world=world)


@fuzzed
@given(changes=edits(), which=st.integers(0, 1))
def test_numbers_of_the_state(
    games: Games, folder: Path, changes: list[tuple[str, str, int, int, int]], which: int
) -> None:
    prepared = games[which][1]
    now = edited(prepared.now, changes)
    if int(now.world.clock["n_events"][0]) > len(now.world.events) or int(now.world.clock["n_events"][0]) < 0:
        return  # nobody can write that down in this way: ``test_arrays`` does
    write_save(replace(prepared, now=now), folder / "x.save")
    assert_refused_or_playable(folder / "x.save")


CHANGEABLE = [
    (name, field, bound)
    for name in ("units", "axes", "objectives", "places", "sources", "sides", "hexes")
    for field, bound in WORLD_BOUNDS[name].items()
    if not bound.is_fixed and field not in ("status", "next_in_hex", "men", "guns", "tanks", "launchers")
]


@fuzzed
@given(which=st.integers(0, 1), data=st.data())
def test_situations_that_nobody_played_into(games: Games, folder: Path, which: int, data: st.DataObject) -> None:
    """Numbers are changed within their bounds, units stand elsewhere or are gone, and all of it hangs together."""
    prepared, path = games[which][1], folder / "s.save"
    world = copy_world(prepared.now.world)
    for _ in range(data.draw(st.integers(1, 12))):
        name, field, bound = data.draw(st.sampled_from(CHANGEABLE))
        low, high = bound.limits(len(getattr(world, bound.table)) if bound.table else 0)
        values = getattr(world, name)[field]
        put = data.draw(st.one_of(st.sampled_from((low, high)), st.integers(low, high)))
        values[data.draw(st.integers(0, len(values) - 1))] = put
    units = world.units
    active = units["status"] == codes.ACTIVE
    units["status"][active & (units["hex"] < 0)] = codes.SHATTERED
    units["hex"][~active] = -1
    refresh_layers(world)
    write_save(replace(prepared, now=replace(prepared.now, world=world)), path)
    assert_refused_or_playable(path)


@fuzzed
@given(changes=edits())
def test_numbers_of_an_evening(games: Games, folder: Path, changes: list[tuple[str, str, int, int, int]]) -> None:
    """The evening of the fifth day is changed, with every digest after it."""
    prepared, path = games[0][1], folder / "y.save"
    log = prepared.order_log
    kept = edited(log.kept[0], [change for change in changes if change[0] != "clock"])
    digest = chain(log.digest_of(4), kept.world)
    after = (*log.digests[:4], digest, *log.digests[5:])
    changed = replace(log, kept=(replace(kept, digest=digest),), digests=after)
    now = prepared.now if log.last > 5 else replace(prepared.now, digest=digest)
    write_save(replace(prepared, order_log=changed, now=now), path)
    try:
        replay = replay_from(campaign_save.read_save(path))
        for day in (5, 6):
            replay.go_to(day)
            check_world(replay.campaign.world, replay.start.world)
    except SaveError as error:
        check_words(error, path)


# --- arrays


def _npy(array: Any, **how: Any) -> bytes:
    buffer = io.BytesIO()
    np.lib.format.write_array(buffer, array, **how)
    return buffer.getvalue()


ARRAYS = {
    "dropped": lambda array: None,
    "empty": lambda array: _npy(array[:0]),
    "one less": lambda array: _npy(array[:-1]),
    "one more": lambda array: _npy(np.concatenate((array, array[-1:]))),
    "turned": lambda array: _npy(array.T.copy()),
    "by columns": lambda array: _npy(np.asfortranarray(array)),
    "wide": lambda array: _npy(array.astype(np.float64) if array.dtype.names is None else np.zeros(len(array))),
    "nothing": lambda array: b"",
    "scalar": lambda array: _npy(np.array(7)),
    "pickled": lambda array: _npy(np.array([{}], object), allow_pickle=True),
    "cut": lambda array: _npy(array)[:-1],
    "longer": lambda array: _npy(array) + b"\0",
    "huge": lambda array: _npy(array).replace(f"({len(array)},".encode(), b"(9999999999,", 1),
    "version 2": lambda array: _npy(array, version=(2, 0)),
    "deep": lambda array: b"\x93NUMPY\x01\x00\x10\x27" + b"(" * 10000,
    "long": lambda array: b"\x93NUMPY\x01\x00\xff\xff" + b"{" + b" " * 65534,
    "a bomb": lambda array: bytes(50_000_000),
}


@pytest.mark.parametrize("how", ARRAYS)
def test_arrays(games: Games, folder: Path, how: str) -> None:
    prepared, path = games[1][1], folder / "z.save"
    write_save(prepared, path)
    members = dict(read_file(path).members)
    for name in ("units", "holder", "known", "clock", "events"):
        arrays = {one: _npy(np.asarray(packing._kept(prepared.now.world, one)).view(np.ndarray)) for one in CHANGING}
        changed = ARRAYS[how](np.asarray(packing._kept(prepared.now.world, name)).view(np.ndarray))
        arrays[name] = changed
        packed = zipped({f"{one}.npy": data for one, data in arrays.items() if data is not None})
        write_file(path, {**members, NOW: packed})
        if how in ("by columns", "turned") and name in ("units", "clock", "holder", "events"):
            assert_refused_or_playable(path)  # of one row or one column it is the same array
        else:
            with pytest.raises(SaveError):
                player_saves.load_session(path)


# --- bytes

CUTS = st.lists(
    st.tuples(st.sampled_from(("flip", "cut", "drop", "repeat")), st.floats(0, 1), st.integers(1, 300)), max_size=4
)


def mangled(data: bytes, cuts: list[tuple[str, float, int]]) -> bytes:
    """Return bytes that were flipped, cut, dropped and repeated."""
    changed = bytearray(data)
    for how, share, size in cuts:
        at = int(share * max(len(changed) - 1, 0))
        if how == "flip" and changed:
            changed[at] ^= size & 255 or 1
        elif how == "cut":
            del changed[at:]
        elif how == "drop":
            del changed[at : at + size]
        else:
            changed[at:at] = changed[at : at + size]
    return bytes(changed)


@fuzzed
@given(cuts=CUTS, member=st.sampled_from(("", HEADER, ORDERS, "digests.txt", NOW, "evening-05.npz")))
def test_bytes(games: Games, folder: Path, cuts: list[tuple[str, float, int]], member: str) -> None:
    path = folder / "b.save"
    write_save(games[0][1], path)
    members = dict(read_file(path).members)
    if member:
        write_file(path, {**members, member: mangled(members[member], cuts)})
    else:
        body = mangled(path.read_bytes().split(b"\n", 1)[1], cuts)
        line = FIRST_LINE.format(format=FORMAT, checksum=hashlib.sha256(body).hexdigest())
        path.write_bytes(line.encode() + body)
    found, problems = player_saves.list_saves(folder)
    assert len([info for info in found if info.path == path]) + len([one for one in problems if "b.save" in one]) == 1
    assert_refused_or_playable(path)


# --- headers and orders

ODD: tuple[Any, ...] = (
    None, True, -1, 10**30, 1.5, float("nan"), "", "x" * 10_000, "a\nb", "\x1b]0;x\x07", "\u202e", "../..",
    "/etc/passwd", [], [[]], [None], {}, {"sides": ["soviet", "soviet"]}, {"sides": ["soviet"], "diary": [{}]},
    [{"id": "../x"}], {"turns_played": 3, "phase": 1, "digest": "00", "state_digest": "00"}, "0000-00-00",
    {"standing": [{"unit": []}]}, list(range(50)),
)  # fmt: skip


@fuzzed
@given(data=st.data())
def test_headers(games: Games, folder: Path, data: st.DataObject) -> None:
    path = folder / "h.save"
    write_save(games[data.draw(st.integers(0, 1))][1], path)
    members = dict(read_file(path).members)
    header = json.loads(members[HEADER])
    for _ in range(data.draw(st.integers(1, 2))):
        into = header[data.draw(st.sampled_from(("now", "game")))] if data.draw(st.booleans()) else header
        key = data.draw(st.sampled_from(sorted(into) if isinstance(into, dict) and into else sorted(header)))
        if isinstance(into, dict):
            into[key] = data.draw(st.sampled_from(ODD))
    if not isinstance(header.get("now"), dict):
        header["game"] = {}
    write_file(path, {**members, HEADER: json.dumps(header).encode()})
    found, problems = player_saves.list_saves(folder)
    assert len([info for info in found if info.path == path]) + len([one for one in problems if "h.save" in one]) == 1
    assert_refused_or_playable(path)


WORDS = (
    "tanks",
    "nobody",
    "soviet",
    "japan",
    "hailar",
    "h000000",
    "h999999",
    "army2",
    "front",
    "march",
    "rail",
    "hold",
    "",
)
KINDS = (
    "move",
    "attack",
    "posture",
    "rail",
    "attach",
    "follow_plan",
    "take_command",
    "forced_march",
    "standing",
    "cancel",
)
TEXT = st.one_of(st.sampled_from((*WORDS, "defend", "hasty", "adaptive", "x" * 5000, "\x1b[2J")), st.text(max_size=5))
PARTS = st.one_of(TEXT, st.lists(TEXT, max_size=3), st.none(), st.integers(), st.booleans())
LINES = st.tuples(st.sampled_from((*KINDS, "lead", "commander", "day", "phase", "fly")), st.lists(PARTS, max_size=4))


@fuzzed
@given(lines=st.lists(st.tuples(st.floats(0, 1), LINES, st.booleans()), min_size=1, max_size=3))
def test_orders(games: Games, folder: Path, lines: list[Any]) -> None:
    path = folder / "o.save"
    write_save(games[0][1], path)
    members = dict(read_file(path).members)
    orders = members[ORDERS].splitlines(keepends=True)
    for share, (kind, parts), instead in lines:
        at = int(share * len(orders))
        orders[at : at + instead] = [json.dumps([kind, *parts]).encode() + b"\n"]
    write_file(path, {**members, ORDERS: b"".join(orders)})
    assert_refused_or_playable(path)
    try:
        replay = replay_from(campaign_save.read_save(path))
        for _ in replay.days():
            pass
    except SaveError as error:
        check_words(error, path)


# --- journals


@fuzzed
@given(cuts=CUTS, change=st.one_of(st.none(), LINES), keep=st.one_of(st.none(), st.integers(-2, 40)))
def test_journals(folder: Path, cuts: list[tuple[str, float, int]], change: Any, keep: int | None) -> None:
    path = folder / "x.journal"
    path.unlink(missing_ok=True)
    session = sessions.opened()
    with_journal = GameJournal(session, path)
    session.hold([session.campaign.unit("tanks")])
    with_journal.note()
    with_journal.close()
    whole = path.read_bytes()
    if change is None:
        path.write_bytes(mangled(whole, cuts))
    else:
        line = {"do": [[change[0], *change[1]]], "evenings": []} | ({} if keep is None else {"keep": keep})
        path.write_bytes(whole + next_line(line, whole.splitlines(keepends=True)[-1]))
    try:
        found = resume(path)
        check_world(found.campaign.world, found.campaign.afresh().world)
    except SaveError as error:
        check_words(error, path)


@pytest.mark.parametrize("odd", ODD)
def test_heads_of_journals(folder: Path, odd: Any) -> None:
    path = folder / "h.journal"
    path.unlink(missing_ok=True)
    GameJournal(sessions.opened(), path).close()
    whole = path.read_bytes().splitlines(keepends=True)
    header = json.loads(whole[0])
    del header["sum"]
    for key in header:
        changed = {
            name: odd if name == key else value for name, value in header.items() if name != "August Storm journal"
        }
        head = first_line(changed)
        path.write_bytes(head + next_line({"do": [], "evenings": []}, head))
        try:
            resume(path)
        except SaveError as error:
            check_words(error, path)
