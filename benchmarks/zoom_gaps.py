"""Frames in which the map has a gap while the zoom changes and the view jumps to another part of the map.

A pixel of the map is a gap where it was not drawn at all, or where it is neither the ground of its level nor that of
another level, enlarged or reduced: it differs from the finished picture by more than blur can.

``SDL_VIDEODRIVER=dummy python -m benchmarks.zoom_gaps``
"""

import time
from typing import Any

import numpy as np

SIZE = (1920, 1080)
NEVER = (255, 0, 255)  # no ground has this colour
BLOCK = 16  # pixels of a block whose mean colour is compared
FAR = 70  # a block differs by more: other ground than that which belongs there
LINES = 0.05  # most blocks that may: those with lines, which blur
MOST_FRAMES = 200


def main() -> None:
    """Print, for each level, the frames until the map is finished, those with gaps, and the times."""
    from benchmarks.opened import opened
    from sim.game.play.session import Session
    from sim.ui.map.camera import LADDER
    from sim.ui.map.map_view import MapView
    from sim.ui.window.settings import Settings

    window, campaign, ground = opened(Settings(size_px=SIZE))
    session = Session(campaign, ("soviet",))
    print(f"{SIZE[0]} x {SIZE[1]}; from the levels beside and from both ends of the ladder, to another place")
    print(f"{'to hex side':14}{'frames':>8}{'with gaps':>11}{'median ms':>11}{'worst ms':>10}")
    total = 0
    for level, side in enumerate(LADDER):
        frames, gaps = 0, 0
        times: list[float] = []
        for start in sorted({0, level - 1, level + 1, len(LADDER) - 1} & set(range(len(LADDER))) - {level}):
            view = MapView(session, ground)
            for _ in view.made_ready(view.theatre(*SIZE)):
                pass
            spent, found = _change(view, window, start, level)
            frames, gaps, times = frames + len(spent), gaps + found, [*times, *spent]
        total += gaps
        print(f"{side:<14}{frames:>8}{gaps:>11}{np.median(times):>11.1f}{max(times):>10.1f}", flush=True)
    print(f"frames with gaps: {total}")


def _change(view: Any, window: Any, start: int, level: int) -> tuple[list[float], int]:
    """Zoom and jump at once; return the times of the frames, and how many have gaps."""
    from dataclasses import replace

    theatre = view.theatre(*SIZE)
    first = replace(theatre, level=start).at_plane(theatre.plane_width * 0.35, theatre.plane_height * 0.75)
    for _ in range(90):  # a second and a half of looking at the map
        view.draw(window, first, -1, None, frozenset())
        view.rest(first, -1, 5.0)
    camera = replace(theatre, level=level).at_plane(theatre.plane_width * 0.75, theatre.plane_height * 0.3)
    frames, times = [], []
    for _ in range(MOST_FRAMES):
        window.fill(NEVER)
        began = time.perf_counter()
        view.draw(window, camera, -1, None, frozenset())
        times.append((time.perf_counter() - began) * 1000)
        frames.append(_colours(window))
        view.rest(camera, -1, 5.0)
        if view.finished:
            break
    return times, sum(_has_gap(frame, frames[-1]) for frame in frames)


def _colours(window: Any) -> Any:
    import pygame

    return pygame.surfarray.array3d(window)


def _has_gap(frame: Any, finished: Any) -> bool:
    if (frame == NEVER).all(axis=2).any():
        return True
    wide, high = (size // BLOCK * BLOCK for size in SIZE)
    blocks = [
        one[:wide, :high].reshape(wide // BLOCK, BLOCK, high // BLOCK, BLOCK, 3).mean(axis=(1, 3))
        for one in (frame, finished)
    ]
    return bool((np.abs(blocks[0] - blocks[1]).max(axis=2) > FAR).mean() > LINES)


if __name__ == "__main__":
    main()
