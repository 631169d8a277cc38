import pytest
from django.core.management import call_command
from django.db import connection

from tests import databases


@pytest.fixture(scope="session")
def django_db_setup(run_folder, django_test_environment, django_db_blocker):
    """A network that is opened with the kind: its tables are made on what every install is migrated to."""
    migrated = databases.migrated_sqlite(run_folder)
    with django_db_blocker.unblock():
        databases.use(connection.creation._get_test_db_name())
        databases.read_from(migrated)
        call_command("migrate", run_syncdb=True, verbosity=0)
        databases.provision()
        yield
        connection.close()
