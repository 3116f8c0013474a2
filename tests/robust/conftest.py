import shutil
import time

import pytest

from robust.works import MORE_PEOPLE, Works, database_of_its_own


@pytest.fixture(scope="session")
def running(tmp_path_factory):
    """A works with server and worker; one import and one plan have shown how long they take."""
    folder = tmp_path_factory.mktemp("works")
    with database_of_its_own() as database:
        works = Works(folder, database)
        try:
            works.set_up()
            works.start("serve")
            works.start("worker")
            for name, start in (("import", works.start_import), ("plan", works.start_plan)):
                job = start()
                works.wait_until(job, "running", "done")
                began = time.monotonic()
                works.wait_until(job, "done")
                works.seconds[name] = time.monotonic() - began
            yield works
        finally:
            works.end()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def works(running):
    """The works with both processes alive, however the test before has left it."""
    for name in ("serve", "worker"):
        if name not in running.running:
            running.start(name)
    return running


@pytest.fixture(scope="session")
def more_people():
    return MORE_PEOPLE
