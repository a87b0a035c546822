"""What the frozen program runs first: others are not told what the linker and Qt were told for it.

A browser that is started by a link would otherwise load this program's libraries in place of its own, and
end. The linker has read its variable by then, and Qt is told of its plug-ins in another way: by itself it
does not find them in a folder with a comma in its name.
A plug-in may compute in processes of its own: such a process is this program, started with other words.
"""

import multiprocessing
import os

from PySide6.QtCore import QCoreApplication

_before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
if _before is None:
    os.environ.pop("LD_LIBRARY_PATH", None)
else:
    os.environ["LD_LIBRARY_PATH"] = _before
_plugins = os.environ.pop("QT_PLUGIN_PATH", "")
if _plugins:  # not before it is out of the environment, from which Qt takes it for the moment alone
    QCoreApplication.addLibraryPath(_plugins)
# The starter's own marks go too: a second start of this program would take them for its own, and lead nobody.
for _name in [each for each in os.environ if each.startswith(("_PYI_", "QML2_IMPORT_PATH"))]:
    del os.environ[_name]
# A process that computes asks for the main program of whoever started it, by its file: this is the same.
__file__ = os.path.join(os.path.dirname(os.path.abspath(__file__)), "__main__.py")
multiprocessing.freeze_support()
