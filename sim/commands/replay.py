"""``replay``: a saved campaign told again from its orders, or checked day by day against the digests in its file."""

from pathlib import Path

from sim.commands.telling import show, story_console, tell_days, title_lines
from sim.commands.warmup import compile_kernels
from sim.game.saves.campaign_save import Saved, read_save
from sim.game.saves.replay import Replay, replay_from
from sim.game.telling.verdict import verdict
from sim.game.terms import SIDE_WORDS, codes
from sim.game.warmup.compile_all import is_warm
from sim.game.wording.report_lines import QUIET, Line, paragraph
from sim.game.wording.views import count


def replay_file(path: Path, *, verify: bool) -> None:
    """Tell a saved campaign day by day, or play it again and say whether every day comes out as it was played.

    Raises
    ------
    SaveError
        The file cannot be read or has no replay, or a day comes out differently.
    """
    saved = read_save(path)
    replay = replay_from(saved)
    if not is_warm():
        compile_kernels(for_players=bool(led_by_people(replay)))
    if verify:
        check(replay, saved)
    else:
        tell(replay)


def check(replay: Replay, saved: Saved) -> None:
    """Play every day again from the start, and what was ordered since; say so when all of it comes out the same."""
    for _ in replay.days():
        pass
    rest = replay.play_rest(saved.now)
    words = f"OK: {count(replay.last, 'day')} played again, each with the digest in the file"
    show(story_console(), [Line(f"{words}{', and the orders since' if rest else ''}.")])


def tell(replay: Replay) -> None:
    """Tell every day of a replay, and how it stands at the end."""
    console, campaign = story_console(), replay.campaign
    show(console, [*title_lines(campaign), *paragraph(_who_led(replay), indent=0, style=QUIET)])
    tell_days(console, campaign, replay.days(), replay.last, quiet=False)
    show(console, verdict(campaign.scenario, campaign.world, campaign.names))
    show(console, [Line(f"digest {campaign.digest()[:16]}", QUIET)])


def led_by_people(replay: Replay) -> tuple[str, ...]:
    """Return the sides that were led by hand at some time."""
    return tuple(side for side in replay.campaign.side_ids if side in replay.order_log.led_by_hand)


def _who_led(replay: Replay) -> str:
    sides = [SIDE_WORDS[codes.SIDES.index(side)] for side in led_by_people(replay)]
    fog = "fog of war" if replay.campaign.fog else "no fog of war"
    if not sides:
        return f"The computer led both sides; {fog}."
    return f"Played by hand: the {' and the '.join(sides)} side; {fog}."
