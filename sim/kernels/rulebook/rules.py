"""Every coefficient of the rules, declared once: name, type, axes, limits and meaning.

From these declarations come the dtype of the one-row RULES record, the validation of ``rules.yaml`` and its editor
schema. The numbers themselves stand in ``rules.yaml`` with their sources; there is none in code.
"""

import numpy as np

from sim.kernels.rulebook import combat, command, movement, recon, supply, weather
from sim.kernels.rulebook.field import RuleField

SECTIONS: dict[str, tuple[RuleField, ...]] = {
    "movement": movement.FIELDS,
    "supply": supply.FIELDS,
    "combat": combat.FIELDS,
    "weather": weather.FIELDS,
    "command": command.FIELDS,
    "recon": recon.FIELDS,
}

RULES = np.dtype(
    [(field.name, field.dtype, field.shape) for fields in SECTIONS.values() for field in fields], align=True
)


def fill(values: dict[str, dict[str, object]]) -> np.recarray:
    """Return the one-row RULES record for ``{section: {name: number, list or mapping by axis name}}``.

    Raises
    ------
    KeyError
        A coefficient is missing. (The scenario layer reports this with its place in the file beforehand.)
    """
    record = np.zeros(1, RULES).view(np.recarray)
    for section, fields in SECTIONS.items():
        for field in fields:
            record[field.name][0] = field.to_array(values[section][field.name])
    return record
