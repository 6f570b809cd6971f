"""What the window may know of the engine's terms: codes and record layouts, for reading only."""

from sim.game.wording.sentences import GROUND_WORDS, REGION_WORDS, SIDE_WORDS, SKY_WORDS
from sim.kernels import codes
from sim.kernels.state.layout import World

__all__ = ["GROUND_WORDS", "REGION_WORDS", "SIDE_WORDS", "SKY_WORDS", "World", "codes"]
