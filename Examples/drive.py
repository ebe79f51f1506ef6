#!/usr/bin/env python3
"""Drives Gradus from Python, with the standard library alone.

    python3 Examples/drive.py [PROGRAM]

Each line that is sent is one command, and each command is answered by one line: a JSON object with "command", "ok" and
what came of it, or "ok": false and an "error" of "what", "where" and "hint".
"""

import json
import subprocess
import sys


class Gradus:
    """A shell at the other end of two pipes; it ends with the `with` block."""

    def __init__(self, program="gradus", *arguments):
        self.shell = subprocess.Popen(
            [program, "--json", "--keep-going", *arguments],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", bufsize=1)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.shell.communicate()

    def __call__(self, command):
        self.shell.stdin.write(command + "\n")
        answer = json.loads(self.shell.stdout.readline())
        if not answer["ok"]:
            raise ValueError(f'{answer["error"]["what"]}; {answer["error"]["hint"]}')
        return answer


if __name__ == "__main__":
    with Gradus(*sys.argv[1:2]) as gradus:
        gradus("data moons 500")
        gradus("layer dense 8 relu")
        gradus("layer dense 1 sigmoid")
        print(gradus("summary")["total"], "parameters")
        for rate in [0.001, 0.01, 0.1]:
            gradus(f"compile adam {rate} bce accuracy")
            losses = gradus("fit 20")["history"]["loss"]
            print(f"rate {rate:<6} loss {losses[0]:.3f} -> {losses[-1]:.3f}")
            # Back to the same initial weights.
            gradus("rewind")
        try:
            gradus("layer dens 3")
        except ValueError as mistake:
            print(mistake)
