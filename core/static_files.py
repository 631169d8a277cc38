from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Files whose names change with what is in them, also where one script imports another."""

    support_js_module_import_aggregation = True
