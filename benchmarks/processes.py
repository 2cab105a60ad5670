"""What processes cost: CPU time, instructions and memory, read from /proc and by `perf`."""

import os
import re
import shutil
import subprocess
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


def tree(root: int) -> list[int]:
    """Return a process and all its descendants."""
    found, waiting = [], [root]
    while waiting:
        pid = waiting.pop()
        try:
            children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        except OSError:
            continue
        found.append(pid)
        waiting += map(int, children)
    return found


def parent(pid: int) -> int:
    """Return the parent of a process."""
    return int(_fields(pid)[1])


def cpu_seconds(pids: list[int]) -> float:
    """Return the CPU time of these processes and of their children that have ended."""
    total = 0
    for pid in pids:
        try:
            total += sum(int(each) for each in _fields(pid)[11:15])
        except OSError:
            continue
    return total / TICK


def memory_megabytes(pids: list[int]) -> float:
    """Return the proportional set size (PSS): shared pages count once over all."""
    total = 0
    for pid in pids:
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def perf_counts() -> str:
    """Return "" if `perf` can count instructions here, else the sentence that says why not."""
    if not shutil.which("perf"):
        return "perf is not installed"
    words = ["perf", "stat", "-x,", "-e", "instructions:u", "--", "true"]
    said = subprocess.run(words, capture_output=True, text=True).stderr
    return "" if re.match(r"\d", said) else "this machine does not let perf count instructions"


class Instructions:
    """Counts the instructions of processes between `start` and `stop`, by `perf stat`."""

    def start(self, pids: list[int]) -> None:
        words = ["perf", "stat", "-x,", "-e", "instructions", "-p", ",".join(map(str, pids))]
        self.perf = subprocess.Popen(words, stderr=subprocess.PIPE, text=True)

    def stop(self) -> int:
        """Return how many there were."""
        self.perf.send_signal(2)
        return int(self.perf.communicate()[1].split(",")[0])


def _fields(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
