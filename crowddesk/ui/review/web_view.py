"""A page that is looked at, drawn in the window by Qt WebEngine: the extra `web`, imported when asked for.

It keeps nothing, leads nowhere else, loads no file to a disk and is permitted nothing.
"""

from __future__ import annotations

import functools
from typing import Any, Final
from urllib.parse import urlsplit

from PySide6.QtCore import QUrl
from PySide6.QtWebEngineCore import (
    QWebEngineDownloadRequest,
    QWebEnginePage,
    QWebEnginePermission,
    QWebEngineProfile,
    QWebEngineSettings,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
)
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import delete

_OFF: Final = (
    QWebEngineSettings.WebAttribute.JavascriptCanOpenWindows,
    QWebEngineSettings.WebAttribute.JavascriptCanAccessClipboard,
    QWebEngineSettings.WebAttribute.JavascriptCanPaste,
    QWebEngineSettings.WebAttribute.LocalContentCanAccessRemoteUrls,
    QWebEngineSettings.WebAttribute.LocalContentCanAccessFileUrls,
    QWebEngineSettings.WebAttribute.PluginsEnabled,
    QWebEngineSettings.WebAttribute.PdfViewerEnabled,
    QWebEngineSettings.WebAttribute.FullScreenSupportEnabled,
    QWebEngineSettings.WebAttribute.ScreenCaptureEnabled,
    QWebEngineSettings.WebAttribute.DnsPrefetchEnabled,
    QWebEngineSettings.WebAttribute.NavigateOnDropEnabled,
    QWebEngineSettings.WebAttribute.FocusOnNavigationEnabled,
    QWebEngineSettings.WebAttribute.HyperlinkAuditingEnabled,
    QWebEngineSettings.WebAttribute.LocalStorageEnabled,
)


class WebView(QWebEngineView):
    """Shows one address of the looking server at a time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("The answer as in the browser"))
        self._fence = _Fence()
        self._wanted = ""
        self._page: _Page | None = _Page(_profile(), self._fence, self)
        for attribute in _OFF:
            self._page.settings().setAttribute(attribute, False)
        self.setPage(self._page)
        app = QApplication.instance()
        assert app is not None
        app.aboutToQuit.connect(self.shut)

    def show_address(self, address: str) -> None:
        """Shows a page; from now on nothing but what lies beside it."""
        self._fence.allow(address)
        self._wanted = address
        self.load(QUrl(address))

    def is_wanted(self) -> bool:
        """Whether what is loaded is what was asked for last."""
        return self._page is not None and self._page.url().toString() == self._wanted

    def shut(self) -> None:
        """Ends the page now: it has to be gone before its profile. Nothing can be shown afterwards."""
        page, self._page = self._page, None
        if page is not None:
            delete(page)

    def contextMenuEvent(self, event: Any) -> None:
        event.accept()  # its verbs lead elsewhere: back, reload, save


@functools.cache
def _profile() -> QWebEngineProfile:
    """The one profile, off the record since it has no name; it lasts as long as the program."""
    made = QWebEngineProfile(QApplication.instance())
    made.setHttpCacheType(QWebEngineProfile.HttpCacheType.NoCache)
    made.setPersistentCookiesPolicy(QWebEngineProfile.PersistentCookiesPolicy.NoPersistentCookies)
    made.downloadRequested.connect(_refuse_download)
    return made


def _refuse_download(request: QWebEngineDownloadRequest) -> None:
    request.cancel()


class _Fence(QWebEngineUrlRequestInterceptor):
    """Stops all but reading from the page's own server, and by https what the page's policy lets be shown."""

    def __init__(self) -> None:
        super().__init__()
        self._begin = ""

    def allow(self, address: str) -> None:
        parts = urlsplit(address)
        self._begin = f"{parts.scheme}://{parts.netloc}/{'/'.join(parts.path.split('/')[1:3])}/"

    def is_own(self, url: QUrl) -> bool:
        return bool(self._begin) and url.toString().startswith(self._begin)

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        url = info.requestUrl()
        is_shown = info.resourceType() not in (
            QWebEngineUrlRequestInfo.ResourceType.ResourceTypeMainFrame,
            QWebEngineUrlRequestInfo.ResourceType.ResourceTypeSubFrame,
            QWebEngineUrlRequestInfo.ResourceType.ResourceTypePing,
            QWebEngineUrlRequestInfo.ResourceType.ResourceTypeXhr,
        )
        may = self.is_own(url) or url.scheme() in ("data", "blob") or (url.scheme() == "https" and is_shown)
        info.block(not may or bytes(info.requestMethod().data()) != b"GET")


class _Page(QWebEnginePage):
    """A page that leads nowhere."""

    def __init__(self, profile: QWebEngineProfile, fence: _Fence, parent: QWidget) -> None:
        super().__init__(profile, parent)
        self._fence = fence
        self.setUrlRequestInterceptor(fence)
        self.permissionRequested.connect(self._deny)
        self.fullScreenRequested.connect(self._reject)
        self.fileSystemAccessRequested.connect(self._reject)
        self.registerProtocolHandlerRequested.connect(self._reject)

    def acceptNavigationRequest(self, url: Any, _kind: Any, is_main_frame: bool) -> bool:
        address = QUrl(url)
        return self._fence.is_own(address) or (not is_main_frame and address.toString() == "about:blank")

    def createWindow(self, _kind: Any) -> Any:
        """None: no other window."""

    def chooseFiles(self, _mode: Any, _old: Any, _types: Any) -> list[str]:
        return []

    def javaScriptAlert(self, _origin: Any, _words: str) -> None:
        """Nothing is said by a page in a window of ours."""

    def javaScriptConfirm(self, _origin: Any, _words: str) -> bool:
        return False

    def javaScriptConsoleMessage(self, *_said: Any) -> None:
        """A task's own words are not for our log."""

    def _deny(self, permission: QWebEnginePermission) -> None:
        permission.deny()

    def _reject(self, request: Any) -> None:
        request.reject()
