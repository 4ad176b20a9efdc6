#!/usr/bin/env python3
"""The stops of the house style: sizes of files and functions, and words that do not belong.

Functions are found by indentation, which the formatters guarantee: one that begins at some
indentation ends at the first later line of the same indentation that begins with a brace.
"""

import ast
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
FILE_LINES = 500
FUNCTION_LINES = 60

CODE = {".swift", ".ts", ".tsx", ".mjs", ".py", ".sh", ".c", ".h"}
# Written by a program, or data that only happens to be code.
EXEMPT = {"web/src/api/types.ts"}

SWIFT_FUNCTION = re.compile(
    r"^(?P<indent> *)(?:@\S+ )*(?:[a-z]+(?:\(\w+\))? )*"
    r"(?:func (?P<name>`[^`]+`|[^\s(<]+)|(?P<special>init|deinit|subscript)\b(?!\.))")
TYPESCRIPT_FUNCTION = re.compile(
    r"^(?P<indent> *)(?:"
    r"(?:export )?(?:default )?(?:async )?function\*? *(?P<name>\w*)"
    r"|(?:export )?const (?P<arrow>\w+)[^=]*= (?:async )?(?:<.*>)?\("
    r"|(?:(?:private|public|protected|static|override|async|get|set) )*(?P<method>\w+)\()")
NOT_A_METHOD = {"if", "for", "while", "switch", "catch", "return", "await", "function", "with"}

# Split, so that this file does not break its own rules.
FORBIDDEN = [
    (re.compile(r"\b(TO" r"DO|FIX" r"ME)\b(?!.*#\d)"), "a promise without an issue"),
    (re.compile(r"(?<![\w.~-])/(?:wo" r"rk|ro" r"ot|fa" r"rm)/"), "a path of one machine"),
    (re.compile(r"/opt/swift-pack" r"ages|\.libr" r"ary/"), "a path of one machine"),
]


def files():
    """Everything that is or would be committed."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return sorted({name for name in listed.split("\0") if name and (ROOT / name).is_file()})


def long_functions(name, text):
    """Yields (line, function, length) for each function past the limit."""
    suffix = pathlib.Path(name).suffix
    if suffix == ".py":
        found = python_functions(text)
    elif suffix == ".swift":
        found = braced_functions(text, SWIFT_FUNCTION)
    elif suffix in {".ts", ".tsx", ".mjs"}:
        found = braced_functions(text, TYPESCRIPT_FUNCTION)
    else:
        found = ()
    return [item for item in found if item[2] > FUNCTION_LINES]


def python_functions(text):
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node.lineno, node.name, node.end_lineno - node.lineno + 1


def braced_functions(text, pattern):
    lines = text.splitlines()
    for index, line in enumerate(lines):
        match = pattern.match(line)
        if not match:
            continue
        groups = match.groupdict()
        name = next((value for key, value in groups.items() if key != "indent" and value), "")
        if groups.get("method") in NOT_A_METHOD:
            continue
        end = end_of_function(lines, index, match["indent"])
        if end is not None:
            yield index + 1, name, end - index + 1


def end_of_function(lines, index, indent):
    """The last line of the function that begins at `index`, or None when it has no body."""
    opened = lines[index].rstrip().endswith("{")
    for number in range(index + 1, len(lines)):
        line = lines[number]
        if not line.strip() or len(line) - len(line.lstrip(" ")) > len(indent):
            continue
        rest = line[len(indent):]
        if not line.startswith(indent) or rest.startswith(" "):
            return None
        if opened and rest.startswith("}"):
            return number
        if not opened:
            # The end of a signature that took several lines, or something else altogether.
            if not rest.startswith((")", "where", "{", "]", ">")):
                return None
            opened = rest.rstrip().endswith("{")
    return None


def problems(name, text):
    lines = text.count("\n") + 1
    suffix = pathlib.Path(name).suffix
    if suffix in CODE and name not in EXEMPT:
        if lines > FILE_LINES + 1:
            yield f"{name}: {lines - 1} lines, at most {FILE_LINES}"
        for line, function, length in long_functions(name, text):
            yield f"{name}:{line}: {function} has {length} lines, at most {FUNCTION_LINES}"
    for number, line in enumerate(text.splitlines(), 1):
        for pattern, what in FORBIDDEN:
            if pattern.search(line):
                yield f"{name}:{number}: {what}: {line.strip()[:80]}"


def main():
    count = 0
    found = []
    for name in files():
        try:
            text = (ROOT / name).read_text()
        except UnicodeDecodeError:
            continue  # Pictures and fixtures in other encodings have no lines to judge.
        count += 1
        found += problems(name, text)
    print("\n".join(found))
    print(f"tidy: {count} files, {len(found)} problems")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
