/* FOR TESTS UNDER WINE ONLY; never part of the product.
 *
 * Windows 10 brings icuuc.dll, Wine does not, and Qt6Core refuses to load without it. These stand-ins
 * let it load; opening a converter fails, and Qt then uses its own conversions.
 */
#define EXPORT __declspec(dllexport)
enum { UNSUPPORTED = 16 }; /* U_UNSUPPORTED_ERROR */

EXPORT void *ucnv_open(const char *name, int *error) { (void)name; if (error) *error = UNSUPPORTED; return 0; }
EXPORT void ucnv_close(void *converter) { (void)converter; }
EXPORT void ucnv_reset(void *converter) { (void)converter; }
EXPORT signed char ucnv_getMaxCharSize(const void *converter) { (void)converter; return 1; }
EXPORT const char *ucnv_getName(const void *converter, int *error) { (void)converter; if (error) *error = UNSUPPORTED; return 0; }
EXPORT const char *ucnv_getStandardName(const char *a, const char *b, int *error) { (void)a; (void)b; if (error) *error = UNSUPPORTED; return 0; }
EXPORT const char *ucnv_getAvailableName(int index) { (void)index; return 0; }
EXPORT int ucnv_countAvailable(void) { return 0; }
EXPORT int ucnv_toUCountPending(const void *c, int *error) { (void)c; if (error) *error = UNSUPPORTED; return 0; }
EXPORT int ucnv_fromUCountPending(const void *c, int *error) { (void)c; if (error) *error = UNSUPPORTED; return 0; }
#define NOTHING(name) EXPORT void name(void) {}
NOTHING(UCNV_FROM_U_CALLBACK_SUBSTITUTE)
NOTHING(UCNV_TO_U_CALLBACK_SUBSTITUTE)
NOTHING(ucnv_getToUCallBack)
NOTHING(ucnv_getFromUCallBack)
NOTHING(ucnv_setToUCallBack)
NOTHING(ucnv_setFromUCallBack)
NOTHING(ucnv_cbToUWriteUChars)
NOTHING(ucnv_cbFromUWriteUChars)
NOTHING(ucnv_toUnicode)
NOTHING(ucnv_fromUnicode)
