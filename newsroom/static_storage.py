"""Static files under names that hold their content's hash."""

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticStorage(CompressedManifestStaticFilesStorage):
    support_js_module_import_aggregation = True

    def create_compressor(self, **kwargs):
        # Brotli over CKEditor's 5,000 files takes 24 s and only editors load them: gzip is enough.
        return Compressor(use_brotli=False, **kwargs)
