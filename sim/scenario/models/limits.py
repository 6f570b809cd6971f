"""How much a file of a scenario may hold: what the machine is asked for, and what the records of the engine can carry.

The shipped campaign has 22,000 values, seven levels deep, in files of up to 130 kB, on 25,856 hexes.
"""

# What a file may ask of the machine; checked before anything is expanded.
MOST_BYTES = 8 * 2**20
MOST_NODES = 200_000  # values and keys of one file; what an alias stands for counts each time
MOST_LETTERS = 8 * 2**20  # likewise
MOST_DEPTH = 32
MOST_DIGITS = 18  # every such number fits 64 bits
LONGEST_KEY = 200
LONGEST_TEXT = 20_000
MOST_FILES = 500  # of one part of a scenario
MOST_MAP_BYTES = 32 * 2**20
MOST_HEXES = 200_000

# What names are: one line.
LONGEST_NAME = 200
LONGEST_ID = 64
LONGEST_LINE = 1_000  # that is no name: a sentence, the path of a folder

# What the records of the engine carry.
INT16, INT32 = 2**15 - 1, 2**31 - 1
MOST_ROWS = 30_000  # of units, formations, places, axes, objectives: their numbers are 16 bits
MOST_LEVELS = 20  # of a chain of command
MOST_COUNT = 1_000_000  # men of one unit; the shipped campaign has 207,240 at most
MOST_PIECES = 100_000  # guns or tanks of one unit; there 3,607
MOST_TONS = 1_000_000
MOST_FIELDS_BYTES = 512 * 2**20  # for the ways to all objectives
MOST_LORRIES10 = 40_000  # of range by lorries; with that of the rules (1,000,000) less than a shut hex costs
MOST_POINTS = 10_000  # of one place
MOST_NUMBER = 10.0**12  # of what a study multiplies by or adds
MOST_VARIED = 200  # inputs, levels, variants of a study: each is tried on the whole scenario
MOST_HINTS = 500  # problems after which no likely name is looked for any more
FIRST_YEAR, LAST_YEAR = 1700, 2199


def over(size: int, most: int, what: str) -> str:
    """Return the words for a limit that is passed.

    Example
    -------
    >>> over(5_000, 18, "digits")
    '5,000 digits, and at most 18 are read'
    """
    return f"{size:,} {what}, and at most {most:,} are read"
