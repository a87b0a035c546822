/* Starts CrowdDesk on Windows: loads the Python that lies beside it and hands it the words of the command line.
 *
 * Built twice: as CrowdDesk.exe without a console, and with -DCONSOLE as crowddesk-cli.exe for the command line.
 * PYTHON_DLL is the name of Python's library, such as L"python313.dll".
 */
#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

#define LONGEST 32767
#define FOLDER L"program\\"

typedef int (*Main)(int, wchar_t **);

static int fail(const wchar_t *file) {
    wchar_t words[LONGEST + 200];
    swprintf(words, LONGEST + 200,
             L"CrowdDesk could not start: %ls cannot be loaded (error %lu). Install CrowdDesk again; "
             L"your workspaces stay as they are.", file, GetLastError());
#ifdef CONSOLE
    fwprintf(stderr, L"%ls\n", words);
#else
    MessageBoxW(NULL, words, L"CrowdDesk", MB_ICONERROR);
#endif
    return 1;
}

static int start(int count, wchar_t **words) {
    static wchar_t file[LONGEST + 1];
    DWORD length = GetModuleFileNameW(NULL, file, LONGEST);
    if (length == 0 || length >= LONGEST)
        return fail(L"the program's own folder");
    wchar_t *end = wcsrchr(file, L'\\');
    if (end == NULL || end - file + wcslen(FOLDER PYTHON_DLL) + 2 > LONGEST)
        return fail(file);
    wcscpy(end + 1, FOLDER PYTHON_DLL);
    /* Nothing is looked for in the working folder or along PATH: somebody else's library could lie there. */
    SetDllDirectoryW(L"");
    HMODULE python = LoadLibraryExW(file, NULL, LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_SYSTEM32);
    if (python == NULL)
        return fail(file);
    Main python_main = (Main)(void (*)(void))GetProcAddress(python, "Py_Main");
    if (python_main == NULL)
        return fail(file);
    const wchar_t *first[] = {words[0], L"-X", L"utf8", L"-m", L"crowddesk_start"};
    const int added = sizeof first / sizeof *first - 1;
    wchar_t **all = calloc(count + added + 1, sizeof *all);
    if (all == NULL)
        return fail(file);
    memcpy(all, first, sizeof first);
    memcpy(all + added + 1, words + 1, (count - 1) * sizeof *all);
    return python_main(count + added, all);
}

#ifdef CONSOLE
int wmain(int count, wchar_t **words) { return start(count, words); }
#else
int WINAPI wWinMain(HINSTANCE self, HINSTANCE before, wchar_t *line, int show) {
    (void)self, (void)before, (void)line, (void)show;
    return start(__argc, __wargv);
}
#endif
