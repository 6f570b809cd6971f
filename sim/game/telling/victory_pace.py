"""How a campaign stands at present: points of both sides, and the Soviet side's pace against August 1945.

Example
-------
>>> from sim.game.campaign import Campaign
>>> from sim.game.play.session import Session
>>> session = Session(Campaign.start("august_storm"), ("soviet",))
>>> standing = pace(session)
>>> standing.record, standing.words
(0, 'as in 1945')
"""

from dataclasses import dataclass

from sim.game.play.session_view import SessionView
from sim.game.telling.situation_report import pace_points
from sim.game.telling.verdict import outcome_name
from sim.kernels import codes


@dataclass(frozen=True)
class Pace:
    """Where the points stand.

    Attributes
    ----------
    soviet, japanese : int
        Points of each side.
    places : int
        What the Soviet side has of them for places.
    record : int
        What the places that it had taken by now in August 1945 are worth.
    """

    soviet: int
    japanese: int
    places: int
    record: int

    @property
    def lead(self) -> int:
        """Return by how many points the Soviet side is ahead of August 1945; negative where it is behind."""
        return self.places - self.record

    @property
    def words(self) -> str:
        """Return the lead in words."""
        if not self.lead:
            return "as in 1945"
        return f"{abs(self.lead):,} {'ahead of' if self.lead > 0 else 'behind'} 1945"


def pace(session: SessionView) -> Pace:
    """Return where the points stand this morning."""
    sides = session.world.sides
    soviet, japanese = (int(points) for points in sides["points"])
    return Pace(soviet, japanese, int(sides["objective_points"][codes.SOVIET]), pace_points(session))


def pace_sentences(session: SessionView) -> list[str]:
    """Return what the points mean, for who has never seen them."""
    now, sides = pace(session), session.world.sides
    place, loss = sides["objective_points"].tolist(), sides["loss_points"].tolist()
    south, north = codes.JAPANESE, codes.SOVIET
    told = [
        f"Soviet side: {now.soviet:,} points: {place[north]:,} for objectives and {loss[north]:,} for Japanese losses.",
        f"Japanese side: {now.japanese:,} points: {place[south]:,} for objectives still held and "
        f"{loss[south]:,} for Soviet losses.",
        f"By this date in 1945 the Soviet side had taken objectives worth {now.record:,} points; "
        f"it is now {now.words}.",
    ]
    name = outcome_name(session.campaign.scenario, session.world)
    return [*told, f"If the campaign ended now: {name}."] if int(session.world.clock["turn"][0]) > 1 else told
