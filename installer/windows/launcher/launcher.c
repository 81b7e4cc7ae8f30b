/* Starts the product's Python on the program, under the product's own name and icon.
 *
 * Loads app\runtime\python311.dll beside it and calls Py_Main with
 *     -X utf8 -B app\program\start.py ARGUMENTS...
 * CONSOLE is defined for the twin that runs in a command window.
 * Nothing is unpacked, nothing is written, no path is taken from the environment.
 */
#include <windows.h>
#include <stdlib.h>
#include <wchar.h>

typedef int (*py_main_function)(int, wchar_t **);

static int complain(const wchar_t *sentence)
{
#ifdef CONSOLE
    HANDLE out = GetStdHandle(STD_ERROR_HANDLE);
    DWORD written;
    char bytes[1024];
    int length = WideCharToMultiByte(CP_UTF8, 0, sentence, -1, bytes, sizeof bytes, NULL, NULL);
    if (length > 1) {
        WriteFile(out, bytes, (DWORD)(length - 1), &written, NULL);
        WriteFile(out, "\r\n", 2, &written, NULL);
    }
#else
    MessageBoxW(NULL, sentence, L"\x516C\x9918", MB_OK | MB_ICONERROR);
#endif
    return 2;
}

static wchar_t *joined(const wchar_t *folder, const wchar_t *rest)
{
    size_t length = wcslen(folder) + wcslen(rest) + 1;
    wchar_t *whole = malloc(length * sizeof *whole);
    if (whole != NULL) {
        wcscpy(whole, folder);
        wcscat(whole, rest);
    }
    return whole;
}

int wmain(int count, wchar_t **arguments)
{
    static wchar_t self[32768];
    DWORD length = GetModuleFileNameW(NULL, self, 32768);
    if (length == 0 || length >= 32768)
        return complain(L"\x7A0B\x5F0F\x6240\x5728\x7684\x8DEF\x5F91\x592A\x9577\x3002");
    static wchar_t folder[32768];
    wcscpy(folder, self);
    wchar_t *slash = wcsrchr(folder, L'\\');
    if (slash != NULL)
        slash[1] = L'\0';

    wchar_t *library = joined(folder, L"app\\runtime\\" PYTHON_DLL);
    wchar_t *script = joined(folder, L"app\\program\\start.py");
    wchar_t **given = malloc((size_t)(count + 6) * sizeof *given);
    if (library == NULL || script == NULL || given == NULL)
        return complain(L"\x8A18\x61B6\x9AD4\x4E0D\x8DB3\x3002");
    HMODULE python = LoadLibraryExW(library, NULL,
        LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_SYSTEM32);
    if (python == NULL)
        return complain(L"\x516C\x9918\x7684\x57F7\x884C\x6A94\x6848\x4E0D\x9F4A\x5168\xFF0C"
                        L"\x8CC7\x6599\x6C92\x6709\x66F4\x52D5\xFF1B\x8ACB\x91CD\x65B0\x5B89\x88DD\x3002");
    py_main_function py_main = (py_main_function)(void *)GetProcAddress(python, "Py_Main");
    if (py_main == NULL)
        return complain(L"\x516C\x9918\x7684\x57F7\x884C\x6A94\x6848\x4E0D\x9F4A\x5168\xFF0C"
                        L"\x8CC7\x6599\x6C92\x6709\x66F4\x52D5\xFF1B\x8ACB\x91CD\x65B0\x5B89\x88DD\x3002");
    int filled = 0;
    given[filled++] = self;
    given[filled++] = L"-X";
    given[filled++] = L"utf8";
    given[filled++] = L"-B";
    given[filled++] = script;
    for (int index = 1; index < count; index++)
        given[filled++] = arguments[index];
    given[filled] = NULL;
    return py_main(filled, given);
}
