"""`python -m desktop_rag`, `desktop-rag`, and the frozen program."""

import multiprocessing
import os
import sys
from pathlib import Path

from desktop_rag.settings import logs, privacy
from desktop_rag.settings.paths import Paths, home
from desktop_rag.workers.network import offline

WINDOW = "window"  #: `desktop-rag window FILE…` opens the window with files to add


def main() -> None:
    """Start the program; a spawned child never gets past the first line."""
    multiprocessing.freeze_support()
    privacy.keep()
    offline.keep()
    given = sys.argv[1:]
    windowed = given[:1] == [WINDOW] or (not given and has_display())
    logs.keep(Paths(home()).logs_folder, "window" if windowed else "commands")
    if windowed:
        from desktop_rag import app

        sys.exit(app.run([Path(name) for name in given[1:]]))
    from desktop_rag import cli

    cli.run()


def has_display() -> bool:
    """Return whether a window could be seen."""
    if sys.platform in {"darwin", "win32"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


if __name__ == "__main__":
    main()
