"""The language of a session: what the person asks for, else the protocol's own."""

from __future__ import annotations

from audioguide.languages.registry import find
from audioguide.model.protocol import Protocol
from audioguide.prescribe.layers import Layers


def session_language(protocol: Protocol, layers: Layers) -> str:
    """Return the BCP 47 tag of the language in which this person does ``protocol``, with the region they ask for.

    Raises:
        RequestError: when there are no fixed sentences in it.
    """
    asked = layers.last(lambda profile: profile.language, None)
    # "de" asked of a protocol in "de-AT" is no other language, and the protocol knows better which German it is in.
    if asked is None or (protocol.language != asked and protocol.language.startswith(f"{asked}-")):
        asked = protocol.language
    find(asked)
    return asked
