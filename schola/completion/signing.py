"""Signed certificates: whoever has the school's public key can check one, offline too.

A token is base64url(payload) + "." + base64url(signature), without padding. The payload is JSON in
one form only (RFC 8785 for what we allow in it: no floats), the signature Ed25519 (RFC 8032).
"""

import json
import unicodedata
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

Payload = dict[str, "str | int | bool | list | dict | None"]
LONGEST_TOKEN = 8_000
DEEPEST = 5


class NotSigned(ValueError):
    """The token is not what the key's owner has signed."""


def new_key() -> bytes:
    """Return a new private key: 32 secret bytes."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def public_key(private_key: bytes) -> bytes:
    """Return the 32 bytes that anybody may know."""
    return Ed25519PrivateKey.from_private_bytes(private_key).public_key().public_bytes_raw()


def sign(private_key: bytes, payload: Payload) -> str:
    """Return the token. The same key and payload give the same token. Raises ValueError."""
    message = canonical(payload)
    signature = Ed25519PrivateKey.from_private_bytes(private_key).sign(message)
    return f"{_text(message)}.{_text(signature)}"


def verify(key: bytes, token: str) -> Payload:
    """Return the payload. Raises NotSigned if one character is not as the owner signed it.

    key: the public one
    """
    if len(token) > LONGEST_TOKEN or token.count(".") != 1:
        raise NotSigned("This is no certificate token.")
    message, signature = (_bytes(part) for part in token.split("."))
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except InvalidSignature as error:
        raise NotSigned("The signature does not belong to this certificate.") from error
    return json.loads(message)


def canonical(payload: Payload) -> bytes:
    """Return the payload as JSON in its one form. Raises ValueError for what has no such form."""
    return json.dumps(
        _plain(payload, DEEPEST), sort_keys=True, separators=(",", ":"), ensure_ascii=False
    ).encode()


def _plain(value: object, depth: int) -> object:
    if not depth:
        raise ValueError("The payload is nested too deeply.")
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, list):
        return [_plain(each, depth - 1) for each in value]
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        return {key: _plain(each, depth - 1) for key, each in value.items()}
    raise ValueError(f"A certificate cannot carry {type(value).__name__}.")


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    """Return what the text stands for. Of several spellings only the one of `_text` counts."""
    try:
        data = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except (NotBase64, ValueError) as error:
        raise NotSigned("This is no certificate token.") from error
    if _text(data) != text:
        raise NotSigned("This is no certificate token.")
    return data
