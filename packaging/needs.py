"""What the system must bring before pip can do the rest, and how to get it."""

from __future__ import annotations

import ctypes
import dataclasses
import importlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

SYSTEM: str = sys.platform  #: a plain string, or mypy would only read the lines for its own
PYTHON = f"{sys.version_info[0]}.{sys.version_info[1]}"
INSTALL = {
    "apt": "apt-get install --yes",
    "dnf": "dnf install --assumeyes",
    "pacman": "pacman -S --needed --noconfirm",
    "zypper": "zypper --non-interactive install",
    "brew": "brew install",
    "winget": "winget install --id",
}
VISUAL_STUDIO = (
    "winget install --id Microsoft.VisualStudio.2022.BuildTools --override "
    '"--passive --wait --add Microsoft.VisualStudio.Workload.VCTools --includeRecommended"'
)
TESSDATA = (
    "/usr/share/tesseract-ocr/*/tessdata",
    "/usr/share/tessdata",
    "/usr/share/tesseract/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
    "C:/Program Files/Tesseract-OCR/tessdata",
)


@dataclasses.dataclass(frozen=True)
class Need:
    """Something that pip cannot install.

    `packages` has a column for each tool of `INSTALL`, in that order; `commands` are for
    what comes in no package. What is for a `display` alone is not needed without one.
    """

    name: str
    packages: str
    commands: dict[str, str] = dataclasses.field(default_factory=dict)
    required: bool = True
    display: bool = False

    def packages_for(self, tool: str) -> list[str]:
        """What that tool calls it."""
        columns = dict(zip(INSTALL, self.packages.split("|"), strict=False))
        return columns.get(tool, "").split()


NEEDS = {
    "venv": Need(
        "venv and ensurepip, in the Python that runs this",
        f"python{PYTHON}-venv | python3-libs | python | python3 | | Python.Python.3.13",
        {"brew": "brew install python@3.13  # and start this with python3.13"},
    ),
    "compiler": Need(
        "a C++ compiler, to build llama.cpp",
        "build-essential | gcc-c++ | base-devel | gcc-c++",
        {"brew": "xcode-select --install", "winget": VISUAL_STUDIO},
    ),
    "libEGL.so.1": Need("EGL, for Qt", "libegl1 | libglvnd-egl | libglvnd | libglvnd"),
    "libGL.so.1": Need("OpenGL, for Qt", "libgl1 | libglvnd-glx | libglvnd | libglvnd"),
    "libxkbcommon.so.0": Need(
        "xkbcommon, for Qt", "libxkbcommon0 | libxkbcommon | libxkbcommon | libxkbcommon0"
    ),
    "libdbus-1.so.3": Need("D-Bus, for Qt", "libdbus-1-3 | dbus-libs | dbus | libdbus-1-3"),
    "libxcb-cursor.so.0": Need(
        "xcb-cursor, for Qt",
        "libxcb-cursor0 | xcb-util-cursor | xcb-util-cursor | libxcb-cursor0",
        display=True,
    ),
    "libxcb-icccm.so.4": Need(
        "xcb-icccm, for Qt",
        "libxcb-icccm4 | xcb-util-wm | xcb-util-wm | libxcb-icccm4",
        display=True,
    ),
    "libxcb-keysyms.so.1": Need(
        "xcb-keysyms, for Qt",
        "libxcb-keysyms1 | xcb-util-keysyms | xcb-util-keysyms | libxcb-keysyms1",
        display=True,
    ),
    "libxcb-shape.so.0": Need(
        "xcb-shape, for Qt",
        "libxcb-shape0 | libxcb | libxcb | libxcb-shape0",
        display=True,
    ),
    "libxkbcommon-x11.so.0": Need(
        "xkbcommon-x11, for Qt",
        "libxkbcommon-x11-0 | libxkbcommon-x11 | libxkbcommon-x11 | libxkbcommon-x11-0",
        display=True,
    ),
    "tesseract": Need(
        "Tesseract's English and Spanish data, for text recognition in scanned pages",
        "tesseract-ocr-eng tesseract-ocr-spa"
        " | tesseract-langpack-eng tesseract-langpack-spa"
        " | tesseract-data-eng tesseract-data-spa"
        " | tesseract-ocr-traineddata-english tesseract-ocr-traineddata-spanish"
        " | tesseract tesseract-lang"
        " | UB-Mannheim.TesseractOCR",
        required=False,
    ),
    "vulkan": Need(
        "the Vulkan SDK with its compiler glslc",
        "libvulkan-dev glslc spirv-headers"
        " | vulkan-headers vulkan-loader-devel glslc spirv-headers-devel"
        " | vulkan-headers vulkan-icd-loader shaderc spirv-headers"
        " | vulkan-devel shaderc spirv-headers"
        " | vulkan-headers vulkan-loader shaderc spirv-headers molten-vk"
        " | KhronosGroup.VulkanSDK",
    ),
    "cuda": Need(
        "NVIDIA's CUDA toolkit with its compiler nvcc",
        "nvidia-cuda-toolkit | cuda-toolkit | cuda | cuda-toolkit | | Nvidia.CUDA",
    ),
}


def package_tool(system: str, os_release: str, found: Callable[[str], object]) -> str:
    """The program that installs packages on this system, or nothing if we know none."""
    if system == "win32":
        return "winget"
    if system == "darwin":
        return "brew"
    pairs = (line.split("=", 1) for line in os_release.splitlines() if "=" in line)
    facts = {key: value.strip("\"'") for key, value in pairs}
    kin = f"{facts.get('ID', '')} {facts.get('ID_LIKE', '')}".split()
    families = {
        "apt": {"debian", "ubuntu"},
        "dnf": {"fedora", "rhel", "centos"},
        "pacman": {"arch"},
        "zypper": {"suse", "opensuse"},
    }
    for tool, names in families.items():
        if names & {name.split("-")[0] for name in kin}:
            return tool
    programs = {"apt-get": "apt", "dnf": "dnf", "pacman": "pacman", "zypper": "zypper"}
    return next((tool for program, tool in programs.items() if found(program)), "")


def here() -> tuple[str, bool]:
    """The package tool of this system, and whether we are root."""
    os_release = Path("/etc/os-release")
    text = os_release.read_text("utf-8") if os_release.exists() else ""
    tool = package_tool(SYSTEM, text, shutil.which)
    return tool, hasattr(os, "geteuid") and os.geteuid() == 0


def advice(tool: str, lacking: Iterable[Need], *, root: bool) -> list[str]:
    """The commands that bring what is lacking, on a system with this tool."""
    lacking = list(lacking)
    commands = [need.commands[tool] for need in lacking if tool in need.commands]
    if tool == "winget":
        return [*commands, *(f"{INSTALL[tool]} {name}" for name in _packages(tool, lacking))]
    first = sudo(tool, root=root)
    return [*commands, *(f"{first}{command}" for command in installations(tool, lacking))]


def installations(tool: str, lacking: Iterable[Need]) -> list[str]:
    """The commands that install the packages of what is lacking: the required ones come first.

    What can be done without has a command of its own, or a package that this system does not
    know would keep the others from being installed.
    """
    lacking = list(lacking)
    parts = ([need for need in lacking if need.required is required] for required in (True, False))
    together = (_packages(tool, part) for part in parts)
    return [f"{INSTALL[tool]} {' '.join(packages)}" for packages in together if packages]


def sudo(tool: str, *, root: bool) -> str:
    """What stands before the commands of a tool."""
    return "" if root or tool == "brew" else "sudo "


def _packages(tool: str, lacking: Iterable[Need]) -> list[str]:
    return list(dict.fromkeys(name for need in lacking for name in need.packages_for(tool)))


def described(lacking: Sequence[Need], tool: str, *, root: bool) -> str:
    """What is lacking and how to get it, in sentences."""
    lines = ["This system lacks:", *(f"  - {need.name}" for need in lacking)]
    if commands := advice(tool, lacking, root=root):
        lines += ["To install it:", *(f"  {command}" for command in commands)]
    else:
        lines.append("Install it with the package manager of your system.")
    return "\n".join(lines)


def has_display() -> bool:
    """Whether a window could be seen."""
    if SYSTEM in {"darwin", "win32"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def missing(gpu: str, *, display: bool) -> list[Need]:
    """What this system lacks, in the order of `NEEDS`."""
    importlib.invalidate_caches()  # something may have been installed since
    present = {
        "venv": _imports("venv", "ensurepip"),
        "compiler": _has_compiler(),
        "tesseract": _has_tessdata(),
    }
    if SYSTEM == "linux":
        present.update({name: _loads(name) for name in NEEDS if name.startswith("lib")})
    if gpu == "vulkan":
        present["vulkan"] = bool(os.environ.get("VULKAN_SDK") or shutil.which("glslc"))
    if gpu == "cuda":
        places = (os.environ.get("CUDA_PATH", ""), "/usr/local/cuda")
        present["cuda"] = bool(shutil.which("nvcc")) or any(
            place and Path(place).exists() for place in places
        )
    return [
        need
        for name, need in NEEDS.items()
        if not present.get(name, True) and (display or not need.display)
    ]


def _imports(*modules: str) -> bool:
    return all(importlib.util.find_spec(module) for module in modules)


def _has_compiler() -> bool:
    if SYSTEM == "darwin":  # its c++ is there before it can compile
        return (
            subprocess.run(["xcode-select", "-p"], capture_output=True, check=False).returncode == 0
        )
    if SYSTEM != "win32":
        return any(shutil.which(name) for name in (os.environ.get("CXX", "c++"), "g++", "clang++"))
    programs = Path(os.environ.get("PROGRAMFILES(X86)", "C:/Program Files (x86)"))
    finder = programs / "Microsoft Visual Studio/Installer/vswhere.exe"
    tools = "Microsoft.VisualStudio.Component.VC.Tools.x86.x64"
    asked = [str(finder), "-products", "*", "-requires", tools, "-property", "installationPath"]
    return bool(shutil.which("cl")) or (
        finder.exists() and bool(subprocess.run(asked, capture_output=True, check=False).stdout)
    )


def _has_tessdata() -> bool:
    folders = [Path(os.environ["TESSDATA_PREFIX"])] if "TESSDATA_PREFIX" in os.environ else []
    for pattern in map(Path, TESSDATA):
        if pattern.is_absolute():
            folders += Path(pattern.anchor).glob(str(pattern.relative_to(pattern.anchor)))
    languages = ("eng.traineddata", "spa.traineddata")
    return any(all((folder / name).exists() for name in languages) for folder in folders)


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
