"""The first thing the frozen program runs: what the starter told the linker and Qt is not told to others.

A browser that is started by a link would otherwise load this program's libraries in place of its own, and
end. The linker has read its variable by then. Qt finds its plug-ins beside its libraries without being told.
"""

import os

_before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
if _before is None:
    os.environ.pop("LD_LIBRARY_PATH", None)
else:
    os.environ["LD_LIBRARY_PATH"] = _before
for _name in ("QT_PLUGIN_PATH", "QML2_IMPORT_PATH"):
    os.environ.pop(_name, None)
