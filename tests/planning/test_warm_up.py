import os
import subprocess
import sys

from modig.planning import are_compiled, warm_up
from modig.planning.compose import _kernel


def test_warm_up_compiles_both_kernels_in_the_background():
    thread = warm_up()
    thread.join(timeout=120)

    assert not thread.is_alive()
    assert thread.daemon
    assert _kernel().signatures
    assert are_compiled()


def test_kernels_are_compiled_once_both_are_newer_than_their_source(tmp_path):
    source, cache = tmp_path / "kernels.py", tmp_path / "__pycache__"
    source.touch()
    cache.mkdir()

    def compiled_at(name, seconds):
        index = cache / f"kernels.{name}-70.py311.nbi"
        index.touch()
        os.utime(index, (source.stat().st_mtime + seconds,) * 2)
        return are_compiled(source)

    assert not are_compiled(source)
    assert not compiled_at("compose_steps", 5)
    assert not compiled_at("schedule_steps", -5)
    assert compiled_at("schedule_steps", 5)


def test_importing_the_planner_loads_no_compiler():
    code = "import modig.planning, sys; print(sorted({'numba', 'scipy', 'holidays', 'django'} & set(sys.modules)))"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
