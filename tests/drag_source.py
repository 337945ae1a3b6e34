"""A window that drags the files it is given, as a file manager does; a test moves the pointer.

python tests/drag_source.py FILE…
"""

import sys
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel

SIDE = 100  # pixels


class DragSource(QLabel):
    """A square that starts a drag as soon as the pressed pointer moves on it."""

    def __init__(self, files: list[Path]) -> None:
        super().__init__("\n".join(file.name for file in files))
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.setFixedSize(SIDE, SIDE)
        self._files = files

    # Qt

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Drag until the button is let go."""
        if not event.buttons() & Qt.MouseButton.LeftButton:
            return
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file)) for file in self._files])
        drag = QDrag(self)
        drag.setMimeData(data)
        drag.actionChanged.connect(lambda action: say("over", action))
        say("dropped", drag.exec(Qt.DropAction.CopyAction))


def say(when: str, action: Qt.DropAction) -> None:
    print(when, action.name, flush=True)  # noqa: T201 - it is what the test waits for


def main() -> int:
    application = QApplication(sys.argv[:1])
    source = DragSource([Path(name) for name in sys.argv[1:]])
    source.show()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
