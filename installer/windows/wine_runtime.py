"""Completes Wine 8's C runtime for the checks; never part of the product.

Wine 8 lacks the functions of complex numbers, which numpy calls as soon as it is loaded. A stand-in
for ``ucrtbase.dll`` has them and hands everything else on to Wine's own, which lies beside it under
another name.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from pathlib import Path

from windows.tools import run

OTHER_NAME = "ucrtwine"
_BUILTIN_MARK = b"Wine builtin DLL"
_EXPORTS = 0  # place in the data directories; winnt.h, IMAGE_DIRECTORY_ENTRY_EXPORT

# Of C99: one complex argument and result; one complex argument and a real result.
_COMPLEX = (
    *("cacos", "cacosh", "casin", "casinh", "catan", "catanh", "ccos", "ccosh", "cexp", "clog"),
    *("conj", "cproj", "csin", "csinh", "csqrt", "ctan", "ctanh"),
)
_REAL = ("cabs", "carg", "cimag", "creal")

# Microsoft passes complex numbers as structures, which the compiler here does not for its own.
_HEAD = """\
#include <complex.h>
typedef struct { float part[2]; } F;
typedef struct { double part[2]; } D;
static float _Complex from_f(F z)
{ float _Complex r; __real__ r = z.part[0]; __imag__ r = z.part[1]; return r; }
static double _Complex from_d(D z)
{ double _Complex r; __real__ r = z.part[0]; __imag__ r = z.part[1]; return r; }
static F to_f(float _Complex z) { F r = {{__real__ z, __imag__ z}}; return r; }
static D to_d(double _Complex z) { D r = {{__real__ z, __imag__ z}}; return r; }
"""


def exported_names(library: bytes) -> list[str]:
    """The names that a 64-bit library exports."""
    (header,) = struct.unpack_from("<I", library, 0x3C)
    (count,) = struct.unpack_from("<H", library, header + 6)
    (optional_size,) = struct.unpack_from("<H", library, header + 20)
    optional = header + 24
    sections = [
        struct.unpack_from("<IIII", library, optional + optional_size + 40 * index + 8)
        for index in range(count)
    ]

    def at(address: int) -> int:
        for size, first, raw_size, raw in sections:
            if first <= address < first + max(size, raw_size):
                return int(raw + address - first)
        raise ValueError("an address outside every section")

    (exports,) = struct.unpack_from("<I", library, optional + 112 + 8 * _EXPORTS)
    (name_count,) = struct.unpack_from("<I", library, at(exports) + 24)
    (table,) = struct.unpack_from("<I", library, at(exports) + 32)
    names = []
    for index in range(name_count):
        (address,) = struct.unpack_from("<I", library, at(table) + 4 * index)
        place = at(address)
        names.append(library[place : library.index(b"\0", place)].decode("ascii"))
    return names


def own_functions() -> dict[str, str]:
    """C source of each function that the stand-in has itself, by its name.

    Long doubles are doubles in Microsoft's C.
    """
    functions = {}
    for name in _COMPLEX:
        for kind in ("", "l"):
            functions[name + kind] = (
                f"D own_{name}{kind}(D z) {{ return to_d({name}(from_d(z))); }}"
            )
        functions[name + "f"] = f"F own_{name}f(F z) {{ return to_f({name}f(from_f(z))); }}"
    for name in _REAL:
        for kind in ("", "l"):
            functions[name + kind] = f"double own_{name}{kind}(D z) {{ return {name}(from_d(z)); }}"
        functions[name + "f"] = f"float own_{name}f(F z) {{ return {name}f(from_f(z)); }}"
    for kind in ("", "l"):
        functions["cpow" + kind] = (
            f"D own_cpow{kind}(D a, D b) {{ return to_d(cpow(from_d(a), from_d(b))); }}"
        )
    functions["cpowf"] = "F own_cpowf(F a, F b) { return to_f(cpowf(from_f(a), from_f(b))); }"
    return functions


def definition(names: Iterable[str], own: Iterable[str]) -> str:
    """The stand-in's list of exports: its own functions, and the others handed on."""
    mine = sorted(own)
    lines = ["LIBRARY ucrtbase.dll", "EXPORTS"]
    lines += [f'  "{name}" = "{OTHER_NAME}.{name}"' for name in names if name not in set(mine)]
    lines += [f"  {name} = own_{name}" for name in mine]
    return "\n".join(lines) + "\n"


def lay_runtime(system: Path, scratch: Path) -> None:
    """Puts the stand-in and Wine's own runtime into a prefix.

    Args:
        system: The prefix's ``system32``.
        scratch: Folder for what is made on the way.
    """
    scratch.mkdir(parents=True, exist_ok=True)
    library = (system / "ucrtbase.dll").read_bytes()
    own = own_functions()
    source, exports = scratch / "ucrtbase.c", scratch / "ucrtbase.def"
    source.write_text(_HEAD + "\n".join(own.values()) + "\n", encoding="ascii")
    exports.write_text(definition(exported_names(library), own), encoding="ascii")
    made = scratch / "ucrtbase.dll"
    compiler = ["x86_64-w64-mingw32-gcc", "-shared", "-O2", "-s", "-fno-builtin", "-static-libgcc"]
    run([*compiler, "-o", made, source, exports])
    # Under its other name Wine takes it only when it does not look like a part of Wine.
    (system / f"{OTHER_NAME}.dll").unlink(missing_ok=True)
    (system / f"{OTHER_NAME}.dll").write_bytes(library.replace(_BUILTIN_MARK, bytes(16), 1))
    (system / "ucrtbase.dll").unlink()
    (system / "ucrtbase.dll").write_bytes(made.read_bytes())
