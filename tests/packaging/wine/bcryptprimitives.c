/* Stands in for Windows' bcryptprimitives.dll under Debian's Wine 8, which has none: Rust's library links to it.
 *
 * For tests only, never in an installer. The random bytes are Wine's own, which are the kernel's.
 */
#include <windows.h>
#include <ntsecapi.h>

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE bytes, SIZE_T count) {
    while (count > 0) {
        ULONG part = count > 0x10000 ? 0x10000 : (ULONG)count;
        if (!RtlGenRandom(bytes, part))
            return FALSE;
        bytes += part;
        count -= part;
    }
    return TRUE;
}
