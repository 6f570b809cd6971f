"""What makes one scenario of another, as a mod folder: the inverse of laying a mod over it."""

import yaml

from sim.scenario.loading.folders import HEADER_FILE, PARTS
from sim.scenario.loading.load import Scenario
from sim.scenario.reading.merge import DISTRIBUTION, REPLACE
from sim.scenario.reading.node import Plain

HEAD = {"format": 1}


def mod_texts(mod_id: str, title: str, base: Scenario, made: Scenario) -> dict[str, str]:
    """Return the files, by path, of the mod that makes ``made`` of ``base``; none if they are equal.

    A key that ``made`` lacks puts the whole mapping in the place of the old one; items of lists are never taken away.

    Parameters
    ----------
    base : Scenario
        With the mods, if any, that the new one is laid over.
    """
    changes = difference(base.tree.plain(), made.tree.plain())
    assert isinstance(changes, dict)
    if not changes:
        return {}
    header = {key: value for key, value in changes.items() if key not in PARTS}
    files: dict[str, Plain] = {
        HEADER_FILE: {**HEAD, "id": mod_id, "title": title, "extends": base.base, **header},
    }
    for part, usual in PARTS.items():
        if part == "plans":
            rows = changes.get(part, [])
            assert isinstance(rows, list)
            files |= {usual.replace("*", row["id"]): row for row in rows if isinstance(row, dict)}  # type: ignore[arg-type]
        elif part in changes:
            files[usual.replace("*", "changed")] = changes[part]
    return {name: yaml.safe_dump(data, sort_keys=False, allow_unicode=True) for name, data in files.items()}


def difference(base: Plain, made: Plain) -> Plain:
    """Return what ``merge.overlay`` lays over ``base`` to make ``made``; an empty mapping where they are equal.

    Example
    -------
    >>> difference({"men": 10, "guns": 2}, {"men": 12, "guns": 2})
    {'men': 12}
    >>> difference([{"id": "a", "men": 1}, {"id": "b", "men": 2}], [{"id": "a", "men": 1}, {"id": "b", "men": 3}])
    [{'id': 'b', 'men': 3}]
    """
    if isinstance(base, dict) and isinstance(made, dict) and not _is_one_value(base) and not _is_one_value(made):
        if not base.keys() <= made.keys():
            return {**made, REPLACE: True}
        return {key: difference(base.get(key), value) for key, value in made.items() if base.get(key) != value}
    if isinstance(base, list) and isinstance(made, list) and _has_ids(base) and _has_ids(made):
        before = {row["id"]: row for row in base}  # type: ignore[call-overload, index]
        return [_row(before.get(row["id"]), row) for row in made if before.get(row["id"]) != row]  # type: ignore[call-overload, index]
    return made


def _row(base: Plain, made: Plain) -> Plain:
    assert isinstance(made, dict)
    changes = difference(base, made) if base is not None else made
    assert isinstance(changes, dict)
    return {"id": made["id"], **changes}


def _is_one_value(mapping: dict[str, Plain]) -> bool:
    """Return whether a mapping is a distribution, which is replaced as a whole."""
    return bool(mapping) and DISTRIBUTION.issuperset(mapping)


def _has_ids(rows: list[Plain]) -> bool:
    return all(isinstance(row, dict) and isinstance(row.get("id"), str) for row in rows)
