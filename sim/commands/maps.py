"""``map build`` and ``map show``."""

from pathlib import Path

from sim.commands.streams import say


def build(geo: Path, config: Path, out: Path | None) -> None:
    """Make map.yaml and map.csv from a folder of geographic data."""
    from sim.scenario.mapmaking.build_map import build_map

    for path in build_map(geo, config, out if out is not None else scenario_folder(config)):
        say(f"wrote {path}")


def scenario_folder(config: Path) -> Path:
    """Return the folder of the scenario that a build file belongs to, or its own folder if it belongs to none."""
    own = config.absolute().parent
    return next((folder for folder in (own, own.parent) if (folder / "scenario.yaml").is_file()), own)


def show(scenario: str, mods: tuple[str, ...], out: Path) -> None:
    """Draw a scenario as it stands on the first morning."""
    from sim.commands.run import check_picture, draw
    from sim.game.campaign import Campaign

    check_picture(out)
    draw(Campaign.start(scenario, mods), out)
    say(f"wrote {out}")
