"""Pictures and recordings of an answer: drawn here, loaded on a click, played by a browser."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QDesktopServices,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from crowddesk.language import number_text
from crowddesk.ui import theme
from crowddesk.ui.controls import Button, ElidedLabel, Label
from crowddesk.ui.review.media import Medium, read_file, read_picture
from crowddesk.ui.session import Session
from crowddesk.ui.verbs import show_error
from crowddesk.ui.words import short_name

if TYPE_CHECKING:
    from crowddesk.lanes import Job
    from crowddesk.taskserver.looking import SeenFile

_TALLEST: Final = 360
_MOST_ZOOM: Final = 16.0
_STEP: Final = 1.25
#: Pictures decoded at once take memory; what lies further down waits until it is asked for.
_MOST_DECODED: Final = 8


class MediaStrip(QWidget):
    """Shows the media of one unit. What is on this computer is drawn at once, nothing else is loaded."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._run_id = 0
        self._words = ""
        self._shown: list[Medium] = []
        self.cards: list[MediumCard] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(16)
        self.hide()

    def show_media(self, run_id: int, words: str, media: Sequence[Medium]) -> None:
        """Shows these in their order; `words` say whose they are, for a browser's page."""
        self._words = words
        if run_id == self._run_id and list(media) == self._shown:
            return
        self.clear()
        self._run_id, self._shown = run_id, list(media)
        hosts = set(self._session.load(_name_of(run_id), []) or [])
        for place, medium in enumerate(media):
            card = MediumCard(medium, self)
            card.load.clicked.connect(lambda _=False, c=card: self._allow(c))
            card.play.clicked.connect(lambda _=False, c=card: self._play(c.medium))
            self.cards.append(card)
            self._column.addWidget(card)
            card.show()
            is_wanted = medium.path is not None or medium.host in hosts
            if medium.kind == "picture" and not medium.fault and is_wanted and place < _MOST_DECODED:
                self._decode(card)
        self.setVisible(bool(media))

    def clear(self) -> None:
        """Shows nothing, and stops what is being loaded."""
        for card in self.cards:
            card.stop()
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards, self._shown = [], []
        self.hide()

    def _decode(self, card: MediumCard) -> None:
        path, address = card.medium.path, card.medium.address
        work = (lambda job: read_file(path)) if path is not None else (lambda job: _load(address, job))
        card.begin(self._session.threads.viewer.ask(work, card.show_picture, card.fail))

    def _allow(self, card: MediumCard) -> None:
        """Loads from that server in this run from now on."""
        host = card.medium.host
        if host:
            hosts = [*(self._session.load(_name_of(self._run_id), []) or []), host]
            self._session.save(_name_of(self._run_id), sorted(set(hosts)))
        for each in self.cards:
            if each is card or (each.medium.host == host and host and each.waits):
                self._decode(each)

    def _play(self, medium: Medium) -> None:
        """Has a browser play it: Qt's own player is not part of the program."""
        path = medium.path
        if path is None:
            QDesktopServices.openUrl(QUrl(medium.address))
            return
        words = self._words

        def make() -> SeenFile:
            from crowddesk.taskserver.looking import SeenFile

            return SeenFile(medium.name, words, Path(path), medium.type)

        self._session.threads.look(make, self._open, self._fail_to_open)

    def _open(self, url: str) -> None:
        QDesktopServices.openUrl(QUrl(url))

    def _fail_to_open(self, error: Exception) -> None:
        show_error(self.window(), self.tr("This file cannot be played"), error)


class MediumCard(QWidget):
    """One medium: what it is, what can be done with it, and the picture once it is there."""

    def __init__(self, medium: Medium, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.medium = medium
        self._job: Job | None = None
        self.picture: Picture | None = None
        name = ElidedLabel(short_name(medium.name), role="strong", least=60, middle=True)
        self.facts = Label(tone="muted")
        self.facts.setToolTip(medium.caption)
        self.load = Button(self._load_words(), look="link")
        self.load.setToolTip(self._load_tip())
        self.play = Button(self.tr("Play in the browser"), look="link")
        self.play.setAccessibleName(self.tr("Play {0} in the browser").format(medium.name))
        self.larger = Button("+")
        self.smaller = Button("−")
        self.fit = Button(self.tr("Fit"))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(name)
        head.addWidget(self.facts)
        head.addStretch(1)
        for button, tip in (
            (self.smaller, self.tr("Smaller (−)")),
            (self.larger, self.tr("Larger (+)")),
            (self.fit, self.tr("Fit into the width")),
        ):
            button.setToolTip(tip)
            button.setAccessibleName(tip)
            button.hide()
            head.addWidget(button)
        head.addWidget(self.load)
        head.addWidget(self.play)
        self.words = Label(tone="muted", wrap=True, selectable=True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addLayout(head)
        self._column.addWidget(self.words)
        playable = medium.kind != "picture" and not medium.fault
        self.play.setVisible(playable)
        self.load.setVisible(medium.kind == "picture" and not medium.fault)
        self._say(medium.fault)
        self.facts.setText(short_name(medium.caption))

    @property
    def waits(self) -> bool:
        """Whether it is a picture that nobody asked for yet."""
        return not self.load.isHidden()

    def _load_words(self) -> str:
        host = short_name(self.medium.host)
        return self.tr("Load from {0}").format(host) if host else self.tr("Show the picture")

    def _load_tip(self) -> str:
        if not self.medium.host:
            return ""
        return self.tr(
            "{0}\nThat server learns that somebody looks. In this run it is asked from now on."
        ).format(self.medium.address[:300])

    def begin(self, job: Job) -> None:
        """It is being read."""
        self._job = job
        self.load.hide()
        self._say(self.tr("Loading…"))

    def stop(self) -> None:
        """It is not wanted any more."""
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def show_picture(self, found: QImage) -> None:
        """Draws it, as wide as there is room."""
        self._job = None
        self._say("")
        shape = f"{number_text(found.width())} × {number_text(found.height())}"
        self.facts.setText(f"{short_name(self.medium.caption)} · {shape}")
        self.picture = picture = Picture(found)
        picture.setAccessibleName(self.tr("Picture {0}").format(self.medium.name))
        verbs: tuple[tuple[Button, Callable[[], None]], ...] = (
            (self.larger, picture.enlarge),
            (self.smaller, picture.reduce),
            (self.fit, picture.fit),
        )
        for button, verb in verbs:
            button.clicked.connect(verb)
            button.show()
        self._column.addWidget(picture)
        picture.show()

    def fail(self, error: Exception) -> None:
        """Says why there is no picture; what lies elsewhere can be asked for again."""
        self._job = None
        self._say(str(error))
        self.load.setVisible(bool(self.medium.address))

    def _say(self, words: str) -> None:
        self.words.setText(words)
        self.words.setVisible(bool(words))


class Picture(QWidget):
    """A picture that fits the width, or is zoomed (keys + and −, the wheel with Ctrl) and dragged about."""

    def __init__(self, image: QImage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = image
        #: 0 fits the width; else pixels of the screen for one of the picture.
        self._zoom = 0.0
        self._middle = QPoint(image.width() // 2, image.height() // 2)
        self._held: QPoint | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def zoom(self) -> float:
        """Pixels of the window for one of the picture."""
        return self._zoom or self._fitting(self.width())

    def fit(self) -> None:
        """As wide as there is room, never larger than it is."""
        self._zoom = 0.0
        self._middle = QPoint(self._image.width() // 2, self._image.height() // 2)
        self.update()

    def enlarge(self) -> None:
        self._zoom_to(self.zoom * _STEP)

    def reduce(self) -> None:
        self._zoom_to(self.zoom / _STEP)

    def _zoom_to(self, zoom: float) -> None:
        self._zoom = min(_MOST_ZOOM, max(self._fitting(self.width()) / 2, zoom))
        self._move(QPoint())

    def _move(self, by: QPoint) -> None:
        """Moves the picture; its edges do not come inside."""
        zoom = self.zoom
        half_w, half_h = self.width() / zoom / 2, self.height() / zoom / 2
        x, y = self._middle.x() - by.x() / zoom, self._middle.y() - by.y() / zoom
        self._middle = QPoint(
            round(_between(x, half_w, self._image.width() - half_w)),
            round(_between(y, half_h, self._image.height() - half_h)),
        )
        self.update()

    def _fitting(self, width: int) -> float:
        tallest = theme.px(_TALLEST)
        return max(1e-3, min(1.0, width / self._image.width(), tallest / self._image.height()))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(
            theme.px(24), min(theme.px(_TALLEST), round(self._image.height() * self._fitting(width)) + 2)
        )

    def sizeHint(self) -> QSize:
        return QSize(self._image.width(), self.heightForWidth(max(1, self.width())))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(60), theme.px(24))

    def resizeEvent(self, event: object) -> None:
        self.updateGeometry()
        if self._zoom:
            self._move(QPoint())

    def paintEvent(self, event: QPaintEvent) -> None:
        zoom = self.zoom
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, zoom < 4)
        width, height = round(self._image.width() * zoom), round(self._image.height() * zoom)
        if self._zoom:
            left = round(self.width() / 2 - self._middle.x() * zoom)
            top = round(self.height() / 2 - self._middle.y() * zoom)
        else:
            left = top = 1
        painter.drawImage(QRect(left, top, width, height), self._image)
        if self.hasFocus():
            painter.setPen(QColor(theme.colours().accent))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: QPoint(40, 0), Qt.Key.Key_Right: QPoint(-40, 0), Qt.Key.Key_Up: QPoint(0, 40),
            Qt.Key.Key_Down: QPoint(0, -40),
        }  # fmt: skip
        if event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.enlarge()
        elif event.key() == Qt.Key.Key_Minus:
            self.reduce()
        elif self._zoom and Qt.Key(event.key()) in steps:
            self._move(steps[Qt.Key(event.key())])
        else:
            event.ignore()  # the page's verbs

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        self._zoom_to(self.zoom * (_STEP if event.angleDelta().y() > 0 else 1 / _STEP))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._held = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is not None and self._zoom:
            at = event.position().toPoint()
            self._move(at - self._held)
            self._held = at

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._held = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._zoom:
            self.fit()
        else:
            self._zoom_to(max(1.0, self.zoom * 2))


def _between(value: float, low: float, high: float) -> float:
    return (low + high) / 2 if low > high else min(max(value, low), high)


def _load(address: str, job: Job) -> QImage:
    """In the viewer's thread."""
    from crowddesk.ui.review.far_picture import load

    return read_picture(load(address, cancelled=lambda: job.cancelled))


def _name_of(run_id: int) -> str:
    return f"review.loads_from.{run_id}"
