"""Runs a command on a pseudo-terminal as a person would: waits for words on the screen, then presses keys.

    terminal.py COLUMNS ROWS STEPS COMMAND...

STEPS is JSON: [["words to wait for", "keys to press"], ...]. Prints what became of it, as JSON.
"""

import fcntl
import json
import os
import pty
import re
import select
import struct
import sys
import termios
import time

columns, rows, steps, command = int(sys.argv[1]), int(sys.argv[2]), json.loads(sys.argv[3]), sys.argv[4:]
keyboard, terminal = pty.openpty()
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
before = termios.tcgetattr(terminal)

child = os.fork()
if child == 0:
    os.setsid()
    fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
    for descriptor in range(3):
        os.dup2(terminal, descriptor)
    os.close(keyboard)
    os.execvp(command[0], command)

screen = b""
deadline = time.time() + 10


def hear(until):
    """Reads what is there, or comes before the time is up."""
    global screen
    ready, _, _ = select.select([keyboard], [], [], max(0, until - time.time()))
    if ready:
        screen += os.read(keyboard, 65536)
    return bool(ready)


def find(words, start):
    """Where the words end that came since, in whatever colours; -1 if they did not come."""
    plain = re.sub(rb"\x1b\[[0-9;]*m", b"", screen)
    place = plain.find(words.encode(), start)
    return place if place < 0 else place + len(words.encode())


place, missed = 0, None
for words, keys in steps:
    while (found := find(words, place)) < 0 and time.time() < deadline:
        hear(time.time() + 0.1)
    if found < 0:
        missed = words
        os.kill(child, 9)
        break
    place = found
    os.write(keyboard, keys.encode())

status = 0
while time.time() < deadline:
    hear(time.time() + 0.05)
    ended, status = os.waitpid(child, os.WNOHANG)
    if ended:
        break
else:
    os.kill(child, 9)
    _, status = os.waitpid(child, 0)
while hear(time.time() + 0.1):
    pass

print(
    json.dumps(
        {
            "exit": os.waitstatus_to_exitcode(status),
            "screen": screen.decode(errors="replace"),
            "missed": missed,
            # Raw mode is off again, and the cursor is to be seen.
            "sane": termios.tcgetattr(terminal) == before
            and screen.rfind(b"\x1b[?25l") <= screen.rfind(b"\x1b[?25h"),
        }
    )
)
