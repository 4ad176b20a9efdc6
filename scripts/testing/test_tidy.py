"""The tidy rules find what they are for, and leave the rest alone."""

import pytest

from testing import tidy


def body(lines, indent):
    return "\n".join(f"{indent}    statement({n})" for n in range(lines))


@pytest.mark.parametrize("head", [
    "func save(_ plan: Plan) throws {",
    "@Sendable private func save(\n    _ request: Request,\n    _ context: Context\n) async throws -> Status {",
    "package static func `two words`<T>(_ value: T) -> Int\nwhere T: Equatable {",
    "init(from decoder: any Decoder) throws {",
])
def test_a_swift_function_past_the_limit_is_named(head):
    text = f"{head}\n{body(60, '')}\n}}\n"

    assert len(tidy.long_functions("A.swift", text)) == 1
    assert not tidy.long_functions("A.swift", f"{head}\n{body(50, '')}\n}}\n")


def test_a_requirement_without_a_body_is_no_function():
    text = "protocol P {\n    func one() throws\n    func two()\n" + body(70, "") + "\n}\n"

    assert not tidy.long_functions("P.swift", text)


@pytest.mark.parametrize("head", [
    "export function Register(props: Props) {",
    "export const Register = (props: Props): Node => {",
    "const Register = (\n  props: Props,\n) => {",
    "async load(id: string): Promise<void> {",
])
def test_a_typescript_function_past_the_limit_is_named(head):
    assert len(tidy.long_functions("a.tsx", f"{head}\n{body(60, '')}\n}}\n")) == 1


def test_a_long_condition_is_not_a_method():
    assert not tidy.long_functions("a.ts", "if (ready) {\n" + body(70, "") + "\n}\n")


def test_a_python_function_past_the_limit_is_named():
    assert len(tidy.long_functions("a.py", "def f():\n" + body(60, ""))) == 1


@pytest.mark.parametrize("line, bad", [
    ("// TO" "DO: later", True),
    ("// TO" "DO(#12): later", False),
    ("cd /wo" "rk/main", True),
    ("see https://example.org/wo" "rk/", False),
    ("cp ./wo" "rk/x", False),
])
def test_words_that_do_not_belong(line, bad):
    assert bool(list(tidy.problems("notes.md", line + "\n"))) == bad


def test_a_file_may_have_exactly_the_limit():
    assert not list(tidy.problems("a.swift", "let a = 1\n" * 500))
    assert list(tidy.problems("a.swift", "let a = 1\n" * 501))
