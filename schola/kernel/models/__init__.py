"""Tables of the kernel, one module per noun."""

from schola.kernel.models.organization import Organization

__all__ = ["Organization"]
