"""Installs what the system lacks, where that may be done without asking, or is allowed."""

from __future__ import annotations

import dataclasses
import enum
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import needs
from programs import call, say

if TYPE_CHECKING:
    from collections.abc import Sequence

PROGRAMS = {
    "apt": "apt-get",
    "dnf": "dnf",
    "pacman": "pacman",
    "zypper": "zypper",
    "brew": "brew",
}  #: those that install without a window or a question; winget is not one of them
REFRESH = {"apt": "apt-get update"}  #: the others look for new lists by themselves
LISTS = Path("/var/lib/apt/lists")


class Permission(enum.Enum):
    """Whether something may be installed."""

    GIVEN = "given"
    ASK = "ask"
    NONE = "none"


@dataclasses.dataclass(frozen=True)
class Circumstances:
    """What decides on that: who we are, and whether there is somebody to ask."""

    installer: bool  #: the package tool is one that we can use, and is there
    root: bool = False
    sudo: bool = False
    password: bool = True  #: sudo wants one
    terminal: bool = False  #: somebody reads this and can answer


def circumstances(tool: str, *, root: bool) -> Circumstances:
    """How things are here."""
    sudo = bool(shutil.which("sudo"))
    return Circumstances(
        installer=bool(shutil.which(PROGRAMS.get(tool, ""))),
        root=root,
        sudo=sudo,
        password=root or not sudo or _wants_password(),
        terminal=not os.environ.get("CI") and sys.stdin.isatty() and sys.stdout.isatty(),
    )


def _wants_password() -> bool:
    asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return asked.returncode != 0


def permission(tool: str, here: Circumstances, *, required: bool) -> Permission:
    """Whether we may install something, which is `required` or only good to have.

    Nobody is asked for what is only good to have: the question would come with every set-up.
    Homebrew refuses to run as root, and needs no sudo.
    """
    if not here.installer:
        return Permission.NONE
    if tool == "brew":
        return Permission.NONE if here.root else Permission.GIVEN
    if here.root or (here.sudo and not here.password):
        return Permission.GIVEN
    return Permission.ASK if here.sudo and here.terminal and required else Permission.NONE


def install(tool: str, lacking: Sequence[needs.Need], here: Circumstances) -> bool:
    """Install the packages of what is lacking, if we may; return whether it was tried."""
    command = needs.installation(tool, lacking, root=here.root) if here.installer else ""
    may = permission(tool, here, required=any(need.required for need in lacking))
    if not command or may is Permission.NONE:
        return False
    names = "\n".join(f"  - {need.name}" for need in lacking if need.packages_for(tool))
    say(f"This system lacks:\n{names}")
    if may is Permission.ASK and not _agreed(command):
        return False
    say(f"Installing it: {command}")
    if not _installed(tool, command, root=here.root):
        say(f"This command failed, and its reason stands above: {command}")
    return True


def _agreed(command: str) -> bool:
    try:
        answer = input(f"Install it now? This would run\n  {command}\n[y/N] ")
    except EOFError:
        return False
    return answer.strip().casefold() in {"y", "yes"}


def _installed(tool: str, command: str, *, root: bool) -> bool:
    """Run the command; where the lists of packages are missing or old, get them first."""
    refresh = f"{needs.sudo(tool, root=root)}{REFRESH[tool]}" if tool in REFRESH else ""
    fresh = bool(refresh) and not any(LISTS.glob("*_Packages*"))
    if fresh:
        _run(refresh)
    if _run(command):
        return True
    return bool(refresh) and not fresh and _run(refresh) and _run(command)


def _run(command: str) -> bool:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return call(command.split(), env=quiet) == 0
