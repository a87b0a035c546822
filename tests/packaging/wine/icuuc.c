/* Stands in for Windows' ICU under Debian's Wine 8, which has none and Qt6Core.dll links to it.
 *
 * For tests only, never in an installer. Qt asks it for text in encodings that are neither UTF nor the
 * system's own: there are none here.
 */
#include <stddef.h>

#define NOTHING(name) \
    __declspec(dllexport) void *name(void) { return NULL; }

NOTHING(ucnv_open)
NOTHING(ucnv_close)
NOTHING(ucnv_reset)
NOTHING(ucnv_getName)
NOTHING(ucnv_getMaxCharSize)
NOTHING(ucnv_getStandardName)
NOTHING(ucnv_getAvailableName)
NOTHING(ucnv_countAvailable)
NOTHING(ucnv_toUnicode)
NOTHING(ucnv_fromUnicode)
NOTHING(ucnv_toUCountPending)
NOTHING(ucnv_fromUCountPending)
NOTHING(ucnv_getToUCallBack)
NOTHING(ucnv_setToUCallBack)
NOTHING(ucnv_getFromUCallBack)
NOTHING(ucnv_setFromUCallBack)
NOTHING(ucnv_cbToUWriteUChars)
NOTHING(ucnv_cbFromUWriteUChars)
NOTHING(UCNV_TO_U_CALLBACK_SUBSTITUTE)
NOTHING(UCNV_FROM_U_CALLBACK_SUBSTITUTE)
