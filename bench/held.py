"""Processes held to a share of one processor: they run until it is used up and stand still until there is more of it.

Chromium's own slow-down reaches a page and not its workers; this reaches all of a process, and needs no rights over the
machine. As a program: `python -m bench.held SHARE PID …`, until it is ended.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence

from bench.sides import ROOT

PERIOD = 0.020  # seconds; a share that was not used in one is lost
LOOK = 0.001


@contextlib.contextmanager
def held(pids: Sequence[int], share: float) -> Iterator[None]:
    """The processes together get `share` of one processor within."""
    command = [sys.executable, "-m", "bench.held", str(share), *map(str, pids)]
    helper = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
    try:
        assert helper.stdout
        helper.stdout.readline()  # it has begun
        yield
        if helper.poll() is not None:
            raise RuntimeError("the processes could not be held")
    finally:
        helper.kill()
        helper.communicate()
        for pid in pids:
            send(pid, signal.SIGCONT)


def hold(pids: Sequence[int], share: float) -> None:
    credit, stopped = 0.0, False
    used, now = used_by(pids), time.monotonic()
    print("holding", flush=True)
    while True:
        last_used, last = used, now
        used, now = used_by(pids), time.monotonic()
        credit = min(credit + (now - last) * share, PERIOD * share) - (used - last_used)
        if stopped != (credit <= 0):
            stopped = not stopped
            for pid in pids:
                send(pid, signal.SIGSTOP if stopped else signal.SIGCONT)
        time.sleep(LOOK)


def used_by(pids: Sequence[int]) -> float:
    """Seconds of the processor, of all threads; of processes that have ended, none."""
    seconds = 0.0
    for pid in pids:
        with contextlib.suppress(OSError):
            seconds += time.clock_gettime(~pid << 3 | 2)  # Linux' clock of another process
    return seconds


def send(pid: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


if __name__ == "__main__":
    hold([int(pid) for pid in sys.argv[2:]], float(sys.argv[1]))
