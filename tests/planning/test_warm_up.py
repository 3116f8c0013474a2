import subprocess
import sys

from modig.planning import warm_up
from modig.planning.compose import _kernel


def test_warm_up_compiles_both_kernels_in_the_background():
    thread = warm_up()
    thread.join(timeout=120)

    assert not thread.is_alive()
    assert thread.daemon
    assert _kernel().signatures


def test_importing_the_planner_loads_no_compiler():
    code = "import modig.planning, sys; print(sorted({'numba', 'scipy', 'holidays', 'django'} & set(sys.modules)))"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
