"""Static files under names with their digest, in development as in production."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class DigestNames(CompressedManifestStaticFilesStorage):
    """Django gives plain names while its DEBUG is on; ours are the same everywhere."""

    def url(self, name: str, force: bool = False) -> str:
        return super().url(name, force=True)
