"""Whole campaigns come out as pinned: a change for speed or form alone may not alter a single draw or a single man.

Where rules, plans, forces or the map change on purpose, ``make golden`` renews the digests in the same commit.
"""

import json

import pytest

from tests.support import pinned

pytestmark = pytest.mark.engine


@pytest.mark.parametrize("seed", pinned.SEEDS)
def test_campaign_comes_out_as_pinned(seed: int) -> None:
    digests = json.loads(pinned.PINNED.read_text(encoding="utf-8"))
    assert pinned.campaign_digest(seed) == digests[str(seed)], "changed on purpose? then: make golden"
