"""Builds that are killed at models all along the way and at random moments, and run again: the outcome is that of an unbroken build.

Takes half an hour, so only with IDR_TEST_PROFILE=nightly; tests/integration/test_build_lock.py kills at three places.
"""

import os
import random
import time

import pytest

from properties.test_incremental_builds import World, deliver, unchanging

pytestmark = pytest.mark.skipif(
    os.environ.get("IDR_TEST_PROFILE") != "nightly", reason="takes half an hour; see test_build_lock"
)
KILLS = 40
VARIABLES = "{identity_sources: [stg_generic__records], activity_sources: [], max_id_churn: 1}"
# all that does not depend on when a build ran
CONTENT = {
    "golden_customers": "*",
    "golden_customer_lineage": "*",
    "customer_crosswalk": "*",
    "identity_edges": "*",
    "identity_paths": "*",
    "review_queue": "*",
    "quarantined_records": "*",
    "customer_redirects": "retired_customer_id, customer_id, status",
    "identity_history": "event_type, customer_id, other_customer_id, record_keys, cause, edge_id",
}


def content(project):
    return {
        mart: sorted(map(str, project.query(f"select {columns} from {mart}")))
        for mart, columns in CONTENT.items()
    }


def start(project, folder):
    """Start a build as a process of its own, parsed already."""
    return project.start("run", "--threads", "1", "--vars", VARIABLES, "--target-path", str(folder))


def finish(project, folder):
    output, _ = (process := start(project, folder)).communicate(timeout=300)
    assert process.returncode == 0, output


def models(output):
    """The models of a build, in their order."""
    return [line.split("START")[1].split(" [")[0].rstrip(". ") for line in output if "START" in line]


def test_a_killed_build_run_again_is_as_an_unbroken_one(make_project, target, tmp_path_factory):
    folder = tmp_path_factory.mktemp("killed")
    dice = random.Random(3)
    background = unchanging(folder)
    with make_project(target) as project:
        worlds = [World(number, dice.randrange(2**32)) for number in range(25)]
        for world in worlds * 4:
            world.batch()
        deliver(project, worlds, background)
        finish(project, folder)
        for world in worlds[:4]:
            world.batch()
        deliver(project, worlds, background)
        before = project.keep_as("idr_before_kill", folder)
        process = start(project, folder)
        begun = time.monotonic()
        output = list(process.stdout)
        duration = time.monotonic() - begun
        assert process.wait() == 0, output
        expected, names = content(project), models(output)
        assert expected["identity_history"]
        places = [names[number * len(names) // (KILLS // 2)] for number in range(KILLS // 2)]
        moments = [dice.uniform(0.3, 1) * duration for _ in range(KILLS - len(places))]
        for kill in [*places, *moments]:
            project.restore(before)
            process = start(project, folder)
            if isinstance(kill, str):
                for line in process.stdout:
                    if "START" in line and kill in line:
                        break
            else:
                time.sleep(kill)
            process.kill()
            process.communicate(timeout=60)
            finish(project, folder)
            found = content(project)
            for mart, rows in expected.items():
                assert found[mart] == rows, f"{mart}, killed at {kill}"
            print(f"killed at {kill}: the same after a rerun", flush=True)
