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
UNATTENDED = {
    "apt": "env DEBIAN_FRONTEND=noninteractive "
}  #: stands behind sudo, which hands on no variable that is set before it


@dataclasses.dataclass(frozen=True)
class PackageLists:
    """What a package tool knows to be installable, and how it gets that anew."""

    command: str
    folder: Path
    pattern: str  #: of the files in the folder

    def there(self) -> bool:
        """Whether it has got any yet."""
        return any(self.folder.glob(self.pattern))


# Arch supports no package that is newer than what stands around it, which `-Sy` makes possible.
# It is taken all the same: what is installed then is lacking, so that nothing else can stand on
# an older one of it; pacman brings along what it asks for and refuses what contradicts; and
# `-Syu` would change the whole system, kernel and all, for somebody who wanted a compiler.
LISTS = {
    "apt": PackageLists("apt-get update", Path("/var/lib/apt/lists"), "*_Packages*"),
    "pacman": PackageLists("pacman -Sy --noconfirm", Path("/var/lib/pacman/sync"), "*.db"),
}  #: the other tools look for new ones by themselves


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
    Homebrew needs no sudo, so that nothing but a yes gives leave; as root it refuses to run.
    """
    brew = tool == "brew"
    if not here.installer or (brew and here.root):
        return Permission.NONE
    if not brew and (here.root or (here.sudo and not here.password)):
        return Permission.GIVEN
    asking = here.terminal and (brew or here.sudo)
    return Permission.ASK if asking and required else Permission.NONE


def install(tool: str, lacking: Sequence[needs.Need], here: Circumstances) -> bool:
    """Install the packages of what is lacking, if we may; return whether it was tried.

    The first command that fails is the last: without what is required the rest is of no use,
    and what can be done without comes last.
    """
    packaged = [need for need in lacking if need.packages_for(tool)]
    may = permission(tool, here, required=any(need.required for need in packaged))
    if not packaged or may is Permission.NONE:
        return False
    say("\n".join(["This system lacks:", *(f"  - {need.name}" for need in packaged)]))
    commands = [
        _unattended(tool, command, root=here.root)
        for command in needs.installations(tool, packaged)
    ]
    if may is Permission.ASK and not _agreed(commands):
        return False
    for command in commands:
        say(f"Installing it: {command}")
        if not _installed(tool, command, root=here.root):
            say(f"This command failed, and its reason stands above: {command}")
            break
    return True


def _unattended(tool: str, command: str, *, root: bool) -> str:
    """A command of the tool as somebody who answers no questions runs it."""
    return f"{needs.sudo(tool, root=root)}{UNATTENDED.get(tool, '')}{command}"


def _agreed(commands: Sequence[str]) -> bool:
    shown = "\n".join(f"  {command}" for command in commands)
    try:
        answer = input(f"Install it now? This would run\n{shown}\n[y/N] ")
    except EOFError:
        return False
    return answer.strip().casefold() in {"y", "yes"}


def _installed(tool: str, command: str, *, root: bool) -> bool:
    """Run the command; where the lists of packages are missing or old, get them first."""
    lists = LISTS.get(tool)
    if lists is None:
        return _run(command)
    refresh = _unattended(tool, lists.command, root=root)
    fresh = not lists.there()
    if fresh:
        _run(refresh)
    return _run(command) or (not fresh and _run(refresh) and _run(command))


def _run(command: str) -> bool:
    return call(command.split()) == 0
