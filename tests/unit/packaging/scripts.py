"""The scripts of `packaging`, loaded once; they find each other by bare names, as when started."""

import importlib.util
import sys
from types import ModuleType

from tests.places import PACKAGING


def _loaded(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, PACKAGING / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


needs = _loaded("needs")
programs = _loaded("programs")
installing = _loaded("installing")
desktop_entry = _loaded("desktop_entry")
embedder = _loaded("embedder")
e5_weights = _loaded("e5_weights")
dev = _loaded("dev")
