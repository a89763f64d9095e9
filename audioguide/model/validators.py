"""pydantic's validators of one field, for values that a file may hold in another form than the model does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pydantic
from msgspec import Struct
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, TypeAdapter
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema


class BeforeValidator(Struct, frozen=True):
    """pydantic's own, except that the other form costs nothing until a JSON schema is asked for.

    pydantic makes a validator of the form for each field that has it, when the model is made, and validates nothing
    with it: an eighth of what it takes to make the models of a protocol and a profile, which every command does.

    Attributes:
        func: takes what the file holds and returns what the field's type takes.
        json_schema_input_type: how the file may hold it, for the JSON schema.
    """

    func: Callable[..., Any]
    json_schema_input_type: Any

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return how a value is validated."""
        return pydantic.BeforeValidator(self.func).__get_pydantic_core_schema__(source, handler)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Return the JSON schema of the form that a file may hold."""
        return handler(TypeAdapter(self.json_schema_input_type).core_schema)


class WrapValidator(Struct, frozen=True):
    """The same for a validator around the field's own.

    Attributes:
        func: takes what the file holds and the field's own validator.
        json_schema_input_type: how the file may hold it, for the JSON schema.
    """

    func: Callable[..., Any]
    json_schema_input_type: Any

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return how a value is validated."""
        return pydantic.WrapValidator(self.func).__get_pydantic_core_schema__(source, handler)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Return the JSON schema of the form that a file may hold."""
        return handler(TypeAdapter(self.json_schema_input_type).core_schema)
