"""Saves: what is loaded goes on exactly as if it had never stopped, and anything else is refused with its reason."""

import json
import zipfile
from datetime import date
from pathlib import Path

import pytest

from sim.errors import SaveError
from sim.game.campaign import Campaign
from sim.game.save import HEADER, load_campaign, save_campaign


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> tuple[Campaign, Path]:
    """Return a campaign on the evening of 12 August and the file that it was saved to."""
    campaign = Campaign.start("august_storm", seed=7).run(date(1945, 8, 12))
    path = tmp_path_factory.mktemp("saves") / "august.save"
    save_campaign(campaign, path)
    return campaign, path


def _rewritten(source: Path, target: Path, header: dict[str, object], drop: str = "") -> Path:
    """Return a copy of a save with other entries in its header, and without one member."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == HEADER:
                data = json.dumps({**json.loads(data), **header}).encode()
            if name != drop:
                new.writestr(name, data)
    return target


def test_loaded_campaign_goes_on_as_the_saved_one(saved: tuple[Campaign, Path]) -> None:
    campaign, path = saved
    loaded = load_campaign(path)
    assert (loaded.today, loaded.digest(), loaded.turns_played) == (campaign.today, campaign.digest(), 4)
    straight = Campaign.start("august_storm", seed=7).run(date(1945, 8, 15))
    assert loaded.run(date(1945, 8, 15)).digest() == straight.digest()
    assert len(loaded.events()) == len(straight.events())


def test_save_leaves_no_temporary_file(saved: tuple[Campaign, Path]) -> None:
    assert [path.name for path in saved[1].parent.iterdir()] == ["august.save"]


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ({"engine": "0.0.1"}, "was saved by version 0.0.1"),
        ({"scenario_digest": "0" * 64}, "belongs to other files of august_storm"),
        ({"state_digest": "0" * 64}, "has not the digest"),
    ],
)
def test_save_that_does_not_fit_is_refused(
    saved: tuple[Campaign, Path], tmp_path: Path, header: dict[str, object], reason: str
) -> None:
    with pytest.raises(SaveError, match=reason):
        load_campaign(_rewritten(saved[1], tmp_path / "x.save", header))


def test_damaged_file_is_refused(saved: tuple[Campaign, Path], tmp_path: Path) -> None:
    whole = saved[1].read_bytes()
    for number, content in enumerate((b"", b"not a save", whole[: len(whole) // 2])):
        path = tmp_path / f"{number}.save"
        path.write_bytes(content)
        with pytest.raises(SaveError, match="not a save of this game, or it is damaged"):
            load_campaign(path)
    with pytest.raises(SaveError, match="damaged"):
        load_campaign(_rewritten(saved[1], tmp_path / "short.save", {}, drop="units.npy"))
    with pytest.raises(SaveError, match="cannot read"):
        load_campaign(tmp_path / "missing.save")
