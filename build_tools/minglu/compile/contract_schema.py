"""The dataclasses of a contract → a JSON Schema, by the field types that the codec reads by: of the compiled tree, and
of the file of a case.
"""

from dataclasses import is_dataclass
from types import NoneType, UnionType
from typing import Any, get_args, get_origin

from minglu.engine.case import FORMAT, MARK, CaseFile
from minglu.engine.codec import hints_of
from minglu.engine.contract import CompiledTree

SIMPLE_TYPES = {str: "string", int: "integer", bool: "boolean", NoneType: "null"}


def case_schema() -> dict[str, Any]:
    """Of the file that a reader takes from device to device; what its texts must be besides is `read_file`'s."""
    schema = contract_schema(CaseFile)
    properties = schema["$defs"]["CaseFile"]["properties"]
    properties |= {"minglu": {"const": MARK}, "format": {"const": FORMAT}}
    return schema


def contract_schema(kind: type = CompiledTree) -> dict[str, Any]:
    """JSON Schema, draft 2020-12: every key of every mapping is required, and there is no other."""
    definitions: dict[str, Any] = {}
    top = type_schema(kind, definitions)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **top, "$defs": definitions}


def type_schema(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    """The schema of one type; those of the dataclasses that it is made of are put into `definitions`."""
    origin, parts = get_origin(kind), get_args(kind)
    if is_dataclass(kind):
        return dataclass_schema(kind, definitions)
    if isinstance(kind, UnionType):
        return {"anyOf": [type_schema(part, definitions) for part in parts]}
    if origin is tuple and parts[-1] is Ellipsis:
        return {"type": "array", "items": type_schema(parts[0], definitions)}
    if origin is tuple:
        places = [type_schema(part, definitions) for part in parts]
        return {"type": "array", "prefixItems": places, "items": False, "minItems": len(places)}
    if origin is not None:  # dict or Mapping
        return {"type": "object", "additionalProperties": type_schema(parts[1], definitions)}
    return {"type": SIMPLE_TYPES[kind]}


def dataclass_schema(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    name = kind.__name__
    if name not in definitions:
        definitions[name] = {}  # met already, should it hold itself
        properties = {field: type_schema(hint, definitions) for field, hint in hints_of(kind).items()}
        definitions[name] = {
            "type": "object",
            "properties": properties,
            "required": list(properties),
            "additionalProperties": False,
        }
    return {"$ref": f"#/$defs/{name}"}
