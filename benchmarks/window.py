"""Frame times of the window: the whole map with all units at 1920 x 1080, panning and zooming, drawn in software.

Then the pauses that a player's actions make (``benchmarks.pauses``).

``SDL_VIDEODRIVER=dummy python -m benchmarks.window``
"""

import time

import numpy as np

SIZE = (1920, 1080)
FRAMES = 240


def main() -> None:
    """Print median and 99th percentile of the frames of each kind, then the pauses."""
    import pygame

    from benchmarks import pauses
    from benchmarks.opened import opened
    from sim.game.play.session import Session
    from sim.ui.map.camera import LADDER
    from sim.ui.startup import start_game
    from sim.ui.startup.navigation import new_stage
    from sim.ui.window.settings import Settings

    window, campaign, ground = opened(Settings(size_px=SIZE))
    screen = start_game.show(new_stage(Settings(), SIZE), start_game.Game(Session(campaign, ("soviet",)), ground))
    screen.session.wait()
    screen.update()

    def frame() -> float:
        began = time.perf_counter()
        screen.update()
        screen.draw(window)
        pygame.display.flip()
        spent = time.perf_counter() - began
        screen.rest(5.0)
        return spent * 1000

    print(f"{SIZE[0]} x {SIZE[1]}, {int((campaign.world.units['hex'] >= 0).sum())} units on the map; ms a frame")
    print(f"{'':34}{'median':>8}{'99th':>8}{'worst':>8}")
    middle = (SIZE[0] / 2, SIZE[1] / 2)
    zooms = ((0, "theatre"), (4, "17 px a hex"), (7, "42 px a hex"), (len(LADDER) - 1, "110 px a hex"))
    for level, name in zooms:
        theatre = screen.view.theatre(SIZE[0], SIZE[1] - screen.map_top)
        screen.camera = theatre.zoomed(level - theatre.level, middle)
        for _ in range(60):
            frame()
        _show(f"panning, {name}", [_panned(screen, frame, step) for step in range(FRAMES)])
    layer_rows(screen, frame, middle)
    screen.camera = screen.view.theatre(SIZE[0], SIZE[1] - screen.map_top)
    steps = [1] * (len(LADDER) - 1) + [-1] * (len(LADDER) - 1)
    times = []
    for _ in range(120):
        frame()
    for step in range(FRAMES):
        if step % 10 == 0:
            screen.camera = screen.camera.zoomed(steps[step // 10 % len(steps)], (900, 500))
        times.append(frame())
    _show("zooming through all levels", times)
    times = []
    for step in range(FRAMES):  # as a hand does it: the map is dragged on while the wheel turns twice a second
        if step % 30 == 0:
            screen.camera = screen.camera.zoomed(steps[step // 30 % len(steps)], (900, 500))
        times.append(_panned(screen, frame, step))
    _show("panning and zooming together", times)
    print()
    pauses.main()


def layer_rows(screen, frame, middle) -> None:
    """Print the frames of panning with each layer on, near enough for its signs, and over the whole theatre."""
    from sim.ui.layers.sources import LAYERS

    units = screen.session.world.units
    screen.selection.choose(int(np.flatnonzero((units["side"] == 0) & (units["hex"] >= 0) & (units["mp10"] > 0))[0]))
    for spec in LAYERS:
        screen._commands[spec.command]()
        for level in (0, 5):
            screen.camera = screen.view.theatre(SIZE[0], SIZE[1] - screen.map_top).zoomed(level, middle)
            for _ in range(60):
                frame()
            name = spec.command.replace("_", " ")
            _show(f"panning, {name}, zoom {level}", [_panned(screen, frame, step) for step in range(FRAMES)])
        screen._commands["layers_off"]()


def _panned(screen, frame, step: int) -> float:
    angle = step / 40
    screen.camera = screen.camera.panned(18 * np.cos(angle), 18 * np.sin(angle))
    return frame()


def _show(name: str, times: list[float]) -> None:
    print(f"{name:34}{np.median(times):8.1f}{np.percentile(times, 99):8.1f}{max(times):8.1f}")


if __name__ == "__main__":
    main()
