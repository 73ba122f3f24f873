"""The sentences that the classifier learns from: plain text, and what each marked word tells."""
import dataclasses
import pathlib
import re

MARK = re.compile(r"\{([^|{}]*)\|([^{}]*)\}")
STATUSES = ["actual", "historical", "future", "hypothetical", "negated"]


@dataclasses.dataclass(frozen=True)
class Mark:
    start: int  # bytes in the plain text
    end: int
    category: str  # NONE where the word tells no event
    mode: str  # "" where none
    status: str


@dataclasses.dataclass(frozen=True)
class Sentence:
    text: str
    marks: tuple
    origin: str  # file


def read_line(line, origin):
    plain, marks, at = "", [], 0
    for found in MARK.finditer(line):
        plain += line[at:found.start()]
        start = len(plain.encode())
        plain += found[1]
        what, _, status = found[2].partition("|")
        category, _, modes = what.partition(" ")
        marks.append(Mark(start, len(plain.encode()), category, modes.split(" ")[0], status or "actual"))
        at = found.end()
    return Sentence(plain + line[at:], tuple(marks), origin)


def read_all(folder):
    """Sentences of all files, in order."""
    out = []
    for path in sorted(pathlib.Path(folder).glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                out.append(read_line(line, path.stem))
    return out
