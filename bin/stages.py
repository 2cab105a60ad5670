"""The stages of bin/test, one summing-up line for each: stages.py [--all] [stage ...]."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
QUICK = "not browser and not slow"
COUNTED = re.compile(r"(\d+) (passed|failed|errors?)\b")
NO_TESTS = 5  # pytest's exit code where a marker chose nothing


@dataclass(frozen=True)
class Outcome:
    passed: int
    failed: int


def main(words: list[str]) -> int:
    """Run the stages that are named, or all of them; return 1 if anything failed."""
    stages = STAGES | (SLOW if "--all" in words else {})
    chosen = [word for word in words if word != "--all"] or list(stages)
    if unknown := [name for name in chosen if name not in stages]:
        raise SystemExit(f"No stage {', '.join(unknown)}. There are: {', '.join(stages)}.")
    os.chdir(ROOT)
    lines, total = [], Outcome(0, 0)
    for name in chosen:
        print(f"== {name}", flush=True)
        started = time.monotonic()
        outcome = stages[name]()
        total = Outcome(total.passed + outcome.passed, total.failed + outcome.failed)
        seconds = time.monotonic() - started
        lines.append(
            f"{name:13} {outcome.passed:5} passed {outcome.failed:4} failed {seconds:6.1f} s"
        )
    print("\n" + "\n".join(lines))
    print(f"{total.passed} passed, {total.failed} failed")
    return 1 if total.failed else 0


def every(*commands: list[str]) -> Outcome:
    """Run commands that each either pass or fail."""
    codes = [subprocess.call(command) for command in commands]
    return Outcome(codes.count(0), len(codes) - codes.count(0))


def pytest(*words: str, postgres: bool = False) -> Outcome:
    """Run pytest and read its counts. A crash without counts is one failure."""
    command = [sys.executable, "-m", "pytest", *words]
    if postgres:
        command = [sys.executable, "bin/with-postgres", *command]
    text, code = told(command)
    counts = {word.rstrip("s"): int(number) for number, word in COUNTED.findall(text[-2000:])}
    failed = counts.get("failed", 0) + counts.get("error", 0)
    if code not in (0, NO_TESTS):
        failed = max(failed, 1)
    return Outcome(counts.get("passed", 0), failed)


def told(command: list[str]) -> tuple[str, int]:
    """Run a command, show what it says while it says it, and return that and its exit code."""
    text = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, bufsize=1) as process:
        for line in process.stdout:
            print(line, end="", flush=True)
            text.append(line)
    return "".join(text), process.returncode


def assets() -> Outcome:
    return every([sys.executable, "-m", "schola", "assets"])


def lint() -> Outcome:
    return every(
        [sys.executable, "-m", "ruff", "check", "."],
        [sys.executable, "-m", "ruff", "format", "--check", "--quiet", "."],
        [str(BIN / "lint-imports")],
    )


def scripts() -> Outcome:
    """Run the unit tests of our ES modules."""
    tests = sorted(map(str, ROOT.glob("schola/**/tests/*.test.js")))
    if not tests:
        return Outcome(0, 0)
    node = shutil.which("node") or str(BIN / "node")
    text, code = told([node, "--test", "--test-reporter=tap", *tests])
    counts = {word: int(number) for word, number in re.findall(r"^# (pass|fail) (\d+)", text, re.M)}
    return Outcome(counts.get("pass", 0), max(counts.get("fail", 0), int(code != 0)))


def sqlite() -> Outcome:
    return pytest("-n", "2", "-m", QUICK)


def postgres() -> Outcome:
    return pytest("-n", "2", "-m", QUICK, postgres=True)


def browser() -> Outcome:
    if not chromium():
        print("Chromium is missing. On Debian, as root: apt-get install chromium")
        return Outcome(0, 1)
    return pytest("-m", "browser and not slow", postgres=True)


def slow() -> Outcome:
    return pytest("-m", "slow and not browser")


def slow_postgres() -> Outcome:
    return pytest("-m", "slow", postgres=True)


def chromium() -> bool:
    """Tell whether there is a Chromium; as root, install Debian's where there is none."""
    if shutil.which("chromium"):
        return True
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.call(["apt-get", "update", "-qq"], env=quiet)
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]
    return subprocess.call(install, env=quiet) == 0


STAGES: dict[str, Callable[[], Outcome]] = {
    "assets": assets,
    "lint": lint,
    "scripts": scripts,
    "sqlite": sqlite,
    "postgres": postgres,
    "browser": browser,
}
SLOW = {"slow": slow, "slow-postgres": slow_postgres}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
