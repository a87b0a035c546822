"""A plot that is only looked at: no menu, no mouse, few ticks, the theme's colours and fonts."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame

from crowddesk.ui import theme


def make_plot(*, dates: bool = False) -> Any:
    """A pyqtgraph plot; with `dates` its x values are seconds since 1970. Its import is long (`Warmer`)."""
    import pyqtgraph as pg

    axes = {"bottom": pg.DateAxisItem(orientation="bottom")} if dates else {}
    view = pg.PlotWidget(axisItems=axes, background=None)
    view.setMenuEnabled(False)
    view.setMouseEnabled(False, False)
    view.hideButtons()
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    view.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return view


def dress_plot(view: Any, *, left: int, offset: int = 4) -> None:
    """Takes the theme anew. `left` is the left axis's width, `offset` that of ticks, in pixels at 100 %."""
    c = theme.colours()
    view.setBackground(QColor(c.base))
    for side in ("left", "bottom"):
        axis = view.getAxis(side)
        axis.setStyle(
            tickFont=theme.font("caption"), tickLength=0, tickTextOffset=theme.px(offset), maxTickLevel=0
        )
        axis.setPen(QColor(c.base if side == "left" else c.line))
        axis.setTextPen(QColor(c.muted))
        axis.enableAutoSIPrefix(False)
    view.getAxis("left").setWidth(theme.px(left))
    view.getAxis("bottom").setHeight(theme.px(20))
