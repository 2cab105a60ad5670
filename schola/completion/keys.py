"""The key that signs an organization's certificates: derived, never stored."""

import base64

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from schola.completion.models import SigningKey
from schola.completion.signing import public_key
from schola.kernel import clock
from schola.kernel.tenants import current_organization


def private_key() -> bytes:
    """Return the 32 secret bytes of the organization in which we act."""
    purpose = f"schola certificates {current_organization()}".encode()
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose)
    return derive.derive(settings.SECRET_KEY.encode())


def known_key() -> bytes:
    """Return the public key, and keep it, so that it still verifies after the secret changes."""
    public = public_key(private_key())
    text = base64.urlsafe_b64encode(public).decode()
    SigningKey.objects.get_or_create(public=text, defaults={"made_at": clock.now()})
    return public


def public_keys() -> list[bytes]:
    """Return every key that certificates of the organization were ever signed with."""
    rows = SigningKey.objects.order_by("-pk").values_list("public", flat=True)
    return [base64.urlsafe_b64decode(text) for text in rows]
