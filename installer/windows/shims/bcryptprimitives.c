/* FOR TESTS UNDER WINE ONLY; never part of the product.
 *
 * Windows 10 brings bcryptprimitives.dll, Wine 8 does not; programs written in Rust ask it for random
 * numbers. Wine's own source of them answers instead.
 */
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID buffer, ULONG length); /* RtlGenRandom */

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE buffer, SIZE_T length)
{
    while (length > 0) {
        ULONG part = length > 0x10000 ? 0x10000 : (ULONG)length;
        if (!SystemFunction036(buffer, part))
            return FALSE;
        buffer += part;
        length -= part;
    }
    return TRUE;
}
