"""Many answers at once as cards: item, answer, evidence, and the sign of what was decided on each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QResizeEvent, QTextOption
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from crowddesk.language import number_text, say_count
from crowddesk.ui import theme
from crowddesk.ui.controls import Button, Choice, ElidedLabel
from crowddesk.ui.review.deciding import REFUSED, Stand
from crowddesk.ui.tips import plain_tip
from crowddesk.ui.unit_detail import item_texts, short_json
from crowddesk.ui.words import duration_text, readable, short_name

if TYPE_CHECKING:
    from crowddesk.operations.quality.chips import Chip
    from crowddesk.ui.review.reading import CardRow

_Index = QModelIndex | QPersistentModelIndex
_ROLE: Final = Qt.ItemDataRole
SIZES: Final = (10, 25, 50, 100)
_CARD: Final = (236, 148)
_FLAGS: Final = QItemSelectionModel.SelectionFlag
_TONES: Final = {"against": "warning", "for": "good"}


class _Model(QAbstractListModel):
    """Cards of one page, in order; a card whose unit is not read yet is empty."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.ids: list[int] = []
        self.rows: dict[int, CardRow] = {}
        self.stand: Callable[[int], Stand | None] = lambda _unit_id: None
        self.names = True

    def show(self, ids: Sequence[int]) -> None:
        self.beginResetModel()
        self.ids = list(ids)
        self.rows = {unit_id: row for unit_id, row in self.rows.items() if unit_id in set(ids)}
        self.endResetModel()

    def fill(self, rows: Mapping[int, CardRow]) -> None:
        self.rows.update(rows)
        self.tell(list(rows))

    def tell(self, ids: Sequence[int]) -> None:
        for unit_id in ids:
            if unit_id in self.ids:
                index = self.index(self.ids.index(unit_id), 0)
                self.dataChanged.emit(index, index)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.ids)

    def data(self, index: _Index, role: int = _ROLE.DisplayRole) -> Any:
        if not index.isValid():
            return None
        unit_id = self.ids[index.row()]
        card = self.rows.get(unit_id)
        if role in (_ROLE.DisplayRole, _ROLE.AccessibleTextRole):
            if card is None:
                return self.tr("Unit {0}").format(unit_id)
            stand = self.stand(unit_id)
            state = theme.status_look(stand.kind if stand else card.row.status).word
            answer = short_json(card.row.answer) if card.row.answer else ""
            chips = "; ".join(chip.words for chip in card.chips)
            return ", ".join(
                part for part in (self.tr("Unit {0}").format(unit_id), state, answer, chips) if part
            )
        if role == _ROLE.ToolTipRole and card is not None:
            answer = short_json(card.row.answer) if card.row.answer else ""
            words = [item_texts(card.row), answer, *(f"{c.words}: {c.detail}" for c in card.chips)]
            return plain_tip("\n".join(part for part in words if part))
        return None


class _CardPainter(QStyledItemDelegate):
    def __init__(self, view: QListView, model: _Model) -> None:
        super().__init__(view)
        self._view, self._model = view, model
        self._wrap = QTextOption()
        self._wrap.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return self._view.gridSize()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        unit_id = self._model.ids[index.row()]
        card, stand = self._model.rows.get(unit_id), self._model.stand(unit_id)
        c = theme.colours()
        rect: QRect = option.rect.adjusted(0, 0, -theme.px(8), -theme.px(8))
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        here = self._view.currentIndex() == index and self._view.hasFocus()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(0.5, 0.5)
        painter.setPen(QColor(c.accent if chosen or here else c.line))
        painter.setBrush(QColor(c.selection if chosen else c.base))
        painter.drawRoundedRect(rect.adjusted(0, 0, -1, -1), 8, 8)
        if here:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 1, -2, -2), 7, 7)
        painter.translate(-0.5, -0.5)
        inner = rect.adjusted(theme.px(10), theme.px(8), -theme.px(10), -theme.px(8))
        caption, text, strong = theme.font("caption"), theme.font(), theme.font("strong")
        small, plain, bold = QFontMetrics(caption), QFontMetrics(text), QFontMetrics(strong)
        end = Qt.TextElideMode.ElideRight
        # The head: which unit, who, how long; the sign of the decision at the right.
        head = QRect(inner.left(), inner.top(), inner.width(), small.height())
        status = stand.kind if stand else (card.row.pending or card.row.status if card else "")
        look = theme.status_look(status, selected=chosen) if status else None
        refused = stand is not None and stand.phase == REFUSED
        decided = look is not None and status != "completed"
        painter.setFont(caption)
        if decided and look is not None:
            word = self.tr("! not done") if refused else f"{look.sign} {look.word}"
            painter.setPen(QColor(c.danger if refused else look.colour))
            painter.drawText(head, int(Qt.AlignmentFlag.AlignRight), word)
            head.setRight(head.right() - small.horizontalAdvance(word) - theme.px(8))
            head = QStyle.visualRect(option.direction, inner, head)
        painter.setPen(QColor(c.muted))
        parts = [str(unit_id)]
        if card is not None:
            who = short_name(card.row.worker_name or "") if self._model.names or decided else ""
            parts += [part for part in (duration_text(card.row.seconds), who) if part]
        painter.drawText(head, 0, small.elidedText(" · ".join(parts), end, head.width()))
        if card is None:
            painter.restore()
            return
        # The foot: the weightiest evidence; above it the answer; the item takes what is left.
        foot = inner.bottom() + 1
        if card.chips:
            chip = card.chips[0]
            foot -= small.height()
            more = f"  +{len(card.chips) - 1}" if len(card.chips) > 1 else ""
            place = QRect(inner.left(), foot, inner.width(), small.height())
            painter.setPen(QColor(getattr(c, _TONES.get(chip.tone, "muted"))))
            room = inner.width() - small.horizontalAdvance(more)
            painter.drawText(place, 0, small.elidedText(readable(chip.words), end, room) + more)
            foot -= theme.px(4)
        foot -= bold.height()
        painter.setFont(strong)
        painter.setPen(QColor(c.text))
        answer = readable(short_json(card.row.answer)) if card.row.answer else self.tr("(no answer)")
        place = QRect(inner.left(), foot, inner.width(), bold.height())
        painter.drawText(place, 0, bold.elidedText(answer, end, inner.width()))
        item = QRect(inner.left(), head.bottom() + theme.px(4), inner.width(), 0)
        item.setBottom(foot - theme.px(4))
        line = plain.lineSpacing() + 1  # wrapped lines are set a little wider than single ones
        lines = max(1, item.height() // line)
        item.setHeight(min(item.height(), lines * line))
        painter.setFont(text)
        painter.drawText(item.toRectF(), readable(item_texts(card.row)), self._wrap)
        painter.restore()


class _Cards(QListView):
    """The cards; letters are the page's verbs, not a search in the list."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = (
            Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home,
            Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Return, Qt.Key.Key_Enter,
        )  # fmt: skip
        select_all = event.key() == Qt.Key.Key_A and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if event.key() in moves or select_all:
            super().keyPressEvent(event)
        else:
            event.ignore()


class ReviewGrid(QWidget):
    """A page of cards. `opened(unit_id)`: look at that one alone; `next_wanted`: the next page."""

    opened = Signal(int)
    size_changed = Signal(int)
    next_wanted = Signal()

    def __init__(self, size: int = 25) -> None:
        super().__init__()
        self.view = _Cards()
        self._cards = _Model(self.view)
        self.view.setModel(self._cards)
        self._painter = _CardPainter(self.view, self._cards)
        self.view.setItemDelegate(self._painter)
        self.view.setViewMode(QListView.ViewMode.IconMode)
        self.view.setMovement(QListView.Movement.Static)
        self.view.setResizeMode(QListView.ResizeMode.Adjust)
        self.view.setUniformItemSizes(True)
        self.view.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setAccessibleName(self.tr("Answers"))
        self.view.setStyleSheet("QListView { border: none; background: transparent; outline: none; }")
        self.view.activated.connect(lambda index: self.opened.emit(self._cards.ids[index.row()]))
        self.view.selectionModel().selectionChanged.connect(self._tell)
        self._words = ElidedLabel(tone="muted", least=60)
        self._size = Choice()
        self._size.setAccessibleName(self.tr("Answers at once"))
        for number in SIZES:
            self._size.addItem(self.tr("{0} at once").format(number_text(number)), number)
        self._size.setCurrentIndex(SIZES.index(size) if size in SIZES else 1)
        self._size.activated.connect(lambda _: self.size_changed.emit(self.size_at_once))
        self.next = Button(self.tr("Next"), key="Space")
        self.next.clicked.connect(self.next_wanted)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self._words, 1)
        foot.addWidget(self._size)
        foot.addWidget(self.next)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.view, 1)
        column.addLayout(foot)
        self.restyle()

    @property
    def size_at_once(self) -> int:
        return int(self._size.currentData())

    @property
    def ids(self) -> list[int]:
        """The units of this page, in order."""
        return list(self._cards.ids)

    def follow(self, stand: Callable[[int], Stand | None]) -> None:
        """Where the signs of decisions come from."""
        self._cards.stand = stand

    def show_page(self, ids: Sequence[int], current: int | None = None) -> None:
        """Shows these units; their cards are filled by `fill`."""
        self._cards.show(ids)
        place = ids.index(current) if current in ids else 0
        if ids:
            self.view.selectionModel().setCurrentIndex(self._cards.index(place, 0), _FLAGS.NoUpdate)
        self._tell()

    def fill(self, rows: Mapping[int, CardRow]) -> None:
        self._cards.fill(rows)

    def tell_stands(self, ids: Sequence[int]) -> None:
        """The decisions on these have changed."""
        self._cards.tell(ids)
        self._tell()

    def chips_of(self, unit_id: int) -> list[Chip]:
        """The evidence on a card."""
        card = self._cards.rows.get(unit_id)
        return card.chips if card is not None else []

    def show_names(self, names: bool) -> None:
        self._cards.names = names
        self.view.viewport().update()

    def chosen(self) -> list[int]:
        """What a verb is about: the selection, or the card with the keyboard."""
        places = sorted(index.row() for index in self.view.selectionModel().selectedIndexes())
        if not places and self.view.currentIndex().isValid():
            places = [self.view.currentIndex().row()]
        return [self._cards.ids[place] for place in places]

    def choose(self, ids: Sequence[int]) -> None:
        """Selects those of these that are on this page, keyboard on the first; a single one is not."""
        places = [place for place, unit_id in enumerate(self._cards.ids) if unit_id in set(ids)]
        self.view.clearSelection()
        if not places:
            return
        select = self.view.selectionModel()
        select.setCurrentIndex(self._cards.index(places[0], 0), _FLAGS.NoUpdate)
        if len(places) > 1:
            for place in places:
                select.select(self._cards.index(place, 0), _FLAGS.Select)
        self.view.scrollTo(self._cards.index(places[0], 0))

    def step(self, by: int) -> bool:
        """Puts the keyboard on the next (1) or the last (-1) card; False at the edge of the page."""
        place = self.view.currentIndex().row() + by
        if not 0 <= place < len(self._cards.ids):
            return False
        self.view.selectionModel().setCurrentIndex(self._cards.index(place, 0), _FLAGS.NoUpdate)
        self.view.scrollTo(self._cards.index(place, 0))
        return True

    def clear_selection(self) -> None:
        self.view.clearSelection()

    def take_focus(self) -> None:
        self.view.setFocus()

    def restyle(self) -> None:
        """Takes the theme's sizes anew."""
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As many cards side by side as there is room for, and no gap at the right."""
        wide, high = (theme.px(size) for size in _CARD)
        room = max(wide, self.view.width() - 14)
        columns = max(1, room // wide)
        self.view.setGridSize(QSize(room // columns, high))

    def _tell(self) -> None:
        chosen = len(self.view.selectionModel().selectedIndexes())
        left = sum(1 for unit_id in self._cards.ids if self._cards.stand(unit_id) is None)
        answers = say_count("%n answers", "%n answer", len(self._cards.ids))
        words = [answers, self.tr("{0} to decide").format(number_text(left))]
        if chosen:
            words.append(self.tr("{0} selected: A and S decide them").format(number_text(chosen)))
        else:
            words.append(self.tr("Shift or Ctrl selects several, Enter looks at one"))
        self._words.setText(" · ".join(words))
