"""Make the sounds of the window from sines and noise: ``python tools/sounds.py`` writes assets/sounds/*.wav."""

import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

RATE_HZ = 22050
FOLDER = Path(__file__).resolve().parent.parent / "assets" / "sounds"
Samples = NDArray[np.float64]


def times(seconds: float) -> Samples:
    """Return the moments of the samples of a sound, in seconds."""
    return np.arange(round(seconds * RATE_HZ)) / RATE_HZ


def tone(seconds: float, pitch_hz: float, decay_s: float) -> Samples:
    """Return a struck tone with two overtones, dying away."""
    at = times(seconds)
    wave_ = sum(
        share * np.sin(2 * np.pi * pitch_hz * number * at) for number, share in ((1, 1.0), (2, 0.35), (3, 0.12))
    )
    return np.asarray(wave_ * np.exp(-at / decay_s) * np.minimum(at / 0.004, 1))


def rumble(seconds: float, decay_s: float, smooth: int, rng: np.random.Generator) -> Samples:
    """Return dull noise dying away: the mean of ``smooth`` neighbouring samples."""
    at = times(seconds)
    noise = np.convolve(rng.standard_normal(at.size), np.ones(smooth) / smooth, mode="same")
    return np.asarray(noise / np.abs(noise).max() * np.exp(-at / decay_s) * np.minimum(at / 0.01, 1))


def after(sound: Samples, seconds: float) -> Samples:
    """Return a sound that begins later."""
    return np.concatenate((np.zeros(round(seconds * RATE_HZ)), sound))


def mixed(*sounds: Samples) -> Samples:
    """Return sounds together."""
    out = np.zeros(max(sound.size for sound in sounds))
    for sound in sounds:
        out[: sound.size] += sound
    return out


def sounds() -> dict[str, tuple[float, Samples]]:
    """Return name -> loudness (0 to 1) and samples."""
    rng = np.random.default_rng(1945)
    return {
        "click": (0.25, tone(0.07, 900, 0.015)),
        "order": (0.35, mixed(tone(0.22, 440, 0.06), after(tone(0.2, 587, 0.06), 0.07))),
        "battle": (0.6, mixed(rumble(1.1, 0.3, 40, rng), after(rumble(0.9, 0.25, 60, rng), 0.22))),
        "turn": (0.4, mixed(tone(0.9, 262, 0.3), after(tone(0.8, 392, 0.3), 0.14))),
    }


def write(file: Path, loudness: float, samples: Samples) -> None:
    """Write a sound as 16 bit mono."""
    whole = (samples / np.abs(samples).max() * loudness * 32767).astype("<i2")
    with wave.open(str(file), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE_HZ)
        out.writeframes(whole.tobytes())


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, (loudness, samples) in sounds().items():
        write(FOLDER / f"{name}.wav", loudness, samples)
