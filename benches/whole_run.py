#!/usr/bin/env python3
"""What whole commands cost: `riprap check` beside other analysers that are installed, run in turns.

    benches/whole_run.py RIPRAP WORKSPACE...

Peers are `cargo coupling` and `cargo modules dependencies` (per package; here its first library); one that is missing is said to be.
Printed per workspace and command: CPU seconds of all threads, seconds, the peak of memory (medians with their spread), and riprap's
share of each peer's CPU seconds.  `riprap check` runs without a riprap.toml if the workspace has none.
"""
import json
import os
import shutil
import statistics
import subprocess
import sys
import time

RUNS = 5


def first_library(workspace):
    manifest = os.path.join(workspace, "Cargo.toml")
    command = ["cargo", "metadata", "--no-deps", "--offline", "--format-version=1", "--manifest-path", manifest]
    for package in json.loads(subprocess.check_output(command, cwd="/"))["packages"]:
        if any("lib" in target["kind"] for target in package["targets"]):
            return package["name"]
    return None


def commands(riprap, workspace):
    yield "riprap check", [riprap, "check", workspace, "--quiet"]
    if shutil.which("cargo-coupling"):
        yield "cargo coupling", ["cargo-coupling", "coupling", "--no-git", workspace]
    else:
        print("cargo coupling is not installed", file=sys.stderr)
    library = first_library(workspace)
    if shutil.which("cargo-modules") and library:
        yield "cargo modules", ["cargo-modules", "dependencies", "--package", library, "--lib", "--manifest-path", os.path.join(workspace, "Cargo.toml")]
    else:
        print("cargo modules is not installed", file=sys.stderr)


def measure(command):
    """CPU seconds, seconds, peak MB, exit status of one run."""
    begin = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime + usage.ru_stime, time.monotonic() - begin, usage.ru_maxrss / 1024, process.returncode


def spread(values, unit):
    return f"{statistics.median(values):.2f} {unit} ({min(values):.2f} to {max(values):.2f})"


def main():
    riprap, *workspaces = sys.argv[1:]
    for workspace in map(os.path.abspath, workspaces):
        found = dict(commands(os.path.abspath(riprap), workspace))
        runs = {name: [] for name in found}
        for _ in range(RUNS):
            for name, command in found.items():
                runs[name].append(measure(command))
        ours = statistics.median(run[0] for run in runs["riprap check"])
        for name, each in runs.items():
            cpu, wall, peak, statuses = zip(*each)
            share = f", riprap takes {ours / statistics.median(cpu):.2f} of it" if name != "riprap check" else ""
            failed = f", exit status {max(statuses)}" if name != "riprap check" and any(statuses) else ""
            print(f"{os.path.basename(workspace)}: {name}: CPU {spread(cpu, 's')}, {spread(wall, 's')}, {statistics.median(peak):.0f} MB{share}{failed}")


if __name__ == "__main__":
    main()
