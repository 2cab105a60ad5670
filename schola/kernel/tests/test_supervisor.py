import os
import signal
import subprocess
import sys
import time
from threading import Timer

import pytest

from schola.kernel.supervisor import Supervisor

SLEEPER = "import os, sys, time; open(sys.argv[1], 'a').write(f'{os.getpid()}\\n'); time.sleep(60)"
STUBBORN = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN);" + SLEEPER


def births(path):
    return [int(line) for line in path.read_text().split()] if path.exists() else []


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_dead_child_is_started_again_and_one_signal_stops_all(tmp_path):
    seen = tmp_path / "births"
    supervisor = Supervisor({"web": [sys.executable, "-c", SLEEPER, str(seen)]})
    timers = [
        Timer(0.8, lambda: os.kill(births(seen)[0], signal.SIGKILL)),
        Timer(3.0, lambda: os.kill(os.getpid(), signal.SIGTERM)),
    ]
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}

    for timer in timers:
        timer.start()
    code = supervisor.run()
    for number, handler in before.items():
        signal.signal(number, handler)

    assert code == 0
    assert len(births(seen)) == 2
    assert not any(alive(pid) for pid in births(seen))


def test_a_child_that_does_not_listen_is_killed(tmp_path, monkeypatch):
    monkeypatch.setattr("schola.kernel.supervisor.GRACE_SECONDS", 0.5)
    seen = tmp_path / "births"
    supervisor = Supervisor({"web": [sys.executable, "-c", STUBBORN, str(seen)]})
    supervisor._keep("web")
    while not births(seen):
        time.sleep(0.05)

    supervisor._end()

    assert not alive(births(seen)[0])


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children of this")
def test_children_end_when_the_supervisor_is_killed(tmp_path):
    seen = tmp_path / "births"
    code = (
        "import sys; from schola.kernel.supervisor import Supervisor;"
        f"Supervisor({{'web': [sys.executable, '-c', {SLEEPER!r}, {str(seen)!r}]}}).run()"
    )
    parent = subprocess.Popen([sys.executable, "-c", code])
    until = time.monotonic() + 20
    while not births(seen) and time.monotonic() < until:
        time.sleep(0.05)

    parent.kill()
    parent.wait()

    while alive(births(seen)[0]) and time.monotonic() < until:
        time.sleep(0.05)
    assert not alive(births(seen)[0])
