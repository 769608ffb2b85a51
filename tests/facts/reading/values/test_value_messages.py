import ast
from pathlib import Path

from rongtong import i18n
from rongtong.facts.reading import values

SOURCES = sorted(Path(values.__file__).parent.glob("*.py"))


def messages() -> set[str]:
    calls = [
        node for path in SOURCES for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)
    ]
    marked = [call.args[0] for call in calls if isinstance(call.func, ast.Name) and call.func.id == "_"]
    return {text.value for text in marked if isinstance(text, ast.Constant)}


def test_every_message_has_its_english() -> None:
    assert messages() - set(i18n._english()) == set()
