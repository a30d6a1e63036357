"""YAML whose places are known: every value has its line, and only plain words, numbers, true and false."""

from __future__ import annotations

import re
from typing import Any

import yaml

Path = tuple[str | int, ...]


class BadYaml(Exception):
    """The text is not the YAML we read. `line` counts from one."""

    def __init__(self, line: int, reason: str) -> None:
        self.line = line
        super().__init__(reason)


class _Loader(yaml.SafeLoader):
    """Without the surprises of YAML 1.1: `on`, `no`, `15:00` and dates stay what is written.

    Aliases are refused: a few lines of them stand for millions of values.
    """

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise BadYaml(self.line + 1, "write it out: references to other places are not read")
        return super().compose_node(parent, index)


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("tag:yaml.org,2002:bool", r"^(?:true|false)$", "tf"),
    ("tag:yaml.org,2002:int", r"^(?:0|-?[1-9][0-9]*)$", "-0123456789"),
    ("tag:yaml.org,2002:null", r"^(?:null|~|)$", "n~"),
):
    _Loader.add_implicit_resolver(_tag, re.compile(_pattern), list(_first))
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^$"), [""])


def parse(text: str) -> tuple[Any, dict[Path, int]]:
    """The content, and the line of every value by its path. Raises BadYaml."""
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            raise BadYaml(1, "the file is empty")
        lines: dict[Path, int] = {}
        return _build(loader, node, (), lines), lines
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise BadYaml(mark.line + 1 if mark else 1, error.problem or "not YAML") from None
    except yaml.YAMLError as error:
        raise BadYaml(1, f"not YAML: {error}") from None
    except RecursionError:
        raise BadYaml(1, "nested too deeply") from None
    finally:
        loader.dispose()


def _build(loader: _Loader, node: yaml.Node, path: Path, lines: dict[Path, int]) -> Any:
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        return _mapping(loader, node, path, lines)
    if isinstance(node, yaml.SequenceNode):
        return [_build(loader, item, (*path, index), lines) for index, item in enumerate(node.value)]
    return loader.construct_object(node)


def _mapping(loader: _Loader, node: yaml.MappingNode, path: Path, lines: dict[Path, int]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            raise BadYaml(line, "a key must be a word")
        key = str(key_node.value)
        if key in result:
            raise BadYaml(line, f"{key!r} stands twice")
        result[key] = _build(loader, value_node, (*path, key), lines)
        lines[(*path, key)] = line
    return result
