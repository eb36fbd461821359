"""An object that another process can build: it says what it sees and where it runs."""

import os
from collections.abc import Callable

from index.errors import WenguError


class Walker:
    """Goes forward from where it stands."""

    def __init__(self, step: int) -> None:
        if step < 0:
            raise WenguError("steps go forward; give another")
        self.place = step

    def walked(self, steps: int, say: Callable[[str], None]) -> int:
        print("libraries print what they like")
        for _ in range(steps):
            self.place += 1
            say(f"at {self.place}")
        return self.place

    def process(self) -> int:
        return os.getpid()

    def leave(self) -> None:
        os._exit(3)
