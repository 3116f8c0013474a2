"""A process with the product's settings, which does what it is told line by line: it starts but once."""

import json
import subprocess
import sys
from pathlib import Path

DOES = """
import django, json, sys, warnings
warnings.simplefilter("ignore")
django.setup()
known = {}
for line in sys.stdin:
    asked = json.loads(line)
    known.update(asked["given"])
    known["answer"] = None
    exec(asked["code"], known)
    print("ANSWER" + json.dumps(known["answer"]), flush=True)
"""


class Hand:
    """Runs code inside an installation, one after the other, each with what those before have made."""

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        self.log = log
        with log.open("a") as file:
            self.process = subprocess.Popen(
                [sys.executable, "-c", DOES],
                env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=file,
                text=True, start_new_session=True,
            )  # fmt: skip

    def do(self, code: str, /, **given: object) -> object:
        """Run ``code``, ``given`` as variables; what it keeps as ``answer``."""
        self.process.stdin.write(json.dumps({"code": code, "given": given}) + "\n")
        self.process.stdin.flush()
        for line in self.process.stdout:
            if line.startswith("ANSWER"):
                return json.loads(line.removeprefix("ANSWER"))
        raise AssertionError(self.log.read_text())

    def end(self) -> None:
        with self.process as process:
            process.kill()
