"""Where things lie that tests look at."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "desktop_rag"
PACKAGING = ROOT / "packaging"
SAMPLES = ROOT / "resources" / "samples"
SHARED = ROOT.parent / "shared"  #: test data that is not part of the project; may be missing
