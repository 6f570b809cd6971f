"""The digests of whole campaigns, pinned: ``python -m tests.support.pinned`` (``make golden``) writes them anew.

They change with rules, plans, forces, map and layout of the state, and then they are renewed with the change that they
belong to. Work on speed or form must leave them alone.
"""

import json

from sim.game.records.digests import chain
from tests.support import campaigns
from tests.support.places import ROOT

SEEDS = (1, 7, 1945)
PINNED = ROOT / "tests" / "golden" / "campaign_digests.json"


def campaign_digest(seed: int) -> str:
    """Return the digest of every evening of a campaign of the shipped scenario."""
    digest = [b""]
    campaigns.play(campaigns.fresh(seed), lambda world: digest.append(chain(digest[-1], world)))
    return digest[-1].hex()


def write() -> None:
    """Pin the digests of the campaigns as they are now."""
    digests = {str(seed): campaign_digest(seed) for seed in SEEDS}
    PINNED.write_text(json.dumps(digests, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write()
