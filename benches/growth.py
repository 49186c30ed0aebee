#!/usr/bin/env python3
"""Time and memory of `riprap snapshot` over five sizes of code, and the picture of it.

    benches/growth.py RIPRAP docs/growth.svg WORKSPACE...     takes packages from the workspaces, in the order given

For each size a workspace is made in a temporary folder: packages of the given ones side by side, with their targets and
dependencies, until the lines are enough.  Printed are the median and the spread of CPU seconds (all threads, with the call of
`cargo metadata`) and the peak of memory.  Only Cargo, Python and riprap are needed.
"""
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile

SIZES = [10_000, 30_000, 100_000, 300_000, 1_000_000]
RUNS = 5
TABLES = {None: "dependencies", "dev": "dev-dependencies", "build": "build-dependencies"}
KINDS = ("bin", "example", "test", "bench")


def packages(workspaces):
    """Each package with a name of its own."""
    for number, workspace in enumerate(workspaces):
        manifest = os.path.join(os.path.abspath(workspace), "Cargo.toml")
        command = ["cargo", "metadata", "--no-deps", "--offline", "--format-version=1", "--manifest-path", manifest]
        # From a neutral folder: a toolchain file of the workspace must not act.
        found = json.loads(subprocess.check_output(command, cwd="/"))["packages"]
        for package in sorted(found, key=lambda it: it["manifest_path"]):
            yield f"w{number}-{package['name']}", package


def folder_of(package):
    return os.path.dirname(package["manifest_path"])


def copy(source, target, nested):
    """The Rust files of a package without those of packages inside it; their bytes and lines."""
    size = lines = 0
    for folder, folders, files in os.walk(source):
        kept = [it for it in folders if it != "target" and not it.startswith(".")]
        folders[:] = [it for it in kept if os.path.join(folder, it) not in nested]
        for name in (it for it in files if it.endswith(".rs")):
            place = os.path.join(target, os.path.relpath(folder, source), name)
            os.makedirs(os.path.dirname(place), exist_ok=True)
            shutil.copyfile(os.path.join(folder, name), place)
            with open(place, "rb") as file:
                text = file.read()
            size, lines = size + len(text), lines + text.count(b"\n")
    return size, lines


def manifest(name, package, names):
    auto = "".join(f"auto{kind} = false\n" for kind in ("lib", "bins", "examples", "tests", "benches"))
    text = [f'[package]\nname = "{name}"\nversion = "0.1.0"\nedition = "{package["edition"]}"\nbuild = false\n{auto}']
    root = folder_of(package)
    for target in package["targets"]:
        if "custom-build" in target["kind"] or not target["src_path"].startswith(root):
            continue
        kind = next((kind for kind in KINDS if kind in target["kind"]), None)
        path = os.path.relpath(target["src_path"], root)
        macro = "proc-macro = true\n" if "proc-macro" in target["kind"] else ""
        text.append(f'{f"[[{kind}]]" if kind else "[lib]"}\nname = "{target["name"]}"\npath = "{path}"\n{macro}')
    for kind, table in TABLES.items():
        known = set()
        text.append(f"[{table}]")
        for dependency in (it for it in package["dependencies"] if it["kind"] == kind):
            local, written = names.get(dependency.get("path")), dependency["rename"] or dependency["name"]
            if written in known or (dependency.get("path") and not local):
                continue
            known.add(written)
            where = f'path = "../{local}", package = "{local}"' if local else f'version = "*", package = "{dependency["name"]}"'
            text.append(f"{written} = {{ {where} }}")
    return "\n".join(text) + "\n"


def generate(folder, wanted, sources):
    """A workspace of at least as many lines, or of all there are; its bytes and lines."""
    chosen, size, lines = [], 0, 0
    every = {folder_of(package) for _, package in sources}
    for name, package in sources:
        if lines >= wanted:
            break
        source = folder_of(package)
        more = copy(source, os.path.join(folder, name), every - {source})
        size, lines = size + more[0], lines + more[1]
        chosen.append((name, package))
    names = {folder_of(package): name for name, package in chosen}
    for name, package in chosen:
        os.makedirs(os.path.join(folder, name), exist_ok=True)
        with open(os.path.join(folder, name, "Cargo.toml"), "w") as file:
            file.write(manifest(name, package, names))
    members = ", ".join(f'"{name}"' for name, _ in chosen)
    with open(os.path.join(folder, "Cargo.toml"), "w") as file:
        file.write(f'[workspace]\nresolver = "2"\nmembers = [{members}]\n')
    return size, lines


def measure(riprap, folder):
    """CPU seconds and peak memory in MB of one run."""
    command = [riprap, "snapshot", folder, "--output", os.path.join(folder, "snapshot.json")]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    message = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{folder}: {message}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def picture(rows):
    """CPU seconds and megabytes of memory, both over megabytes of source."""
    width, height, gap, left, top = 320, 220, 90, 60, 40
    size = f'width="{2 * width + gap + 90}" height="{height + 90}"'
    text = [f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="12">',
            '<rect width="100%" height="100%" fill="white"/>']
    right = max(row[0] for row in rows) / 1e6
    for panel, (title, column) in enumerate((("CPU seconds", 1), ("peak memory, MB", 2))):
        x, bottom, most = left + panel * (width + gap), top + height, max(row[column] for row in rows)
        points = [(x + row[0] / 1e6 / right * width, bottom - row[column] / most * height) for row in rows]
        text.append(f'<path d="M{x},{top} V{bottom} H{x + width}" stroke="#888" fill="none"/>')
        text.append(f'<text x="{x}" y="{top - 14}" font-weight="bold">{title}</text>')
        text.append(f'<text x="{x - 6}" y="{top + 4}" text-anchor="end">{most:.3g}</text>')
        text.append(f'<text x="{x - 6}" y="{bottom}" text-anchor="end">0</text>')
        text.append(f'<text x="{x + width}" y="{bottom + 18}" text-anchor="end">{right:.3g} MB of source</text>')
        line = " ".join(f"{px:.1f},{py:.1f}" for px, py in points)
        text.append(f'<polyline fill="none" stroke="#2f6f9f" stroke-width="2" points="{line}"/>')
        text.extend(f'<circle cx="{px:.1f}" cy="{py:.1f}" r="3.5" fill="#2f6f9f"/>' for px, py in points)
    return "\n".join(text + ["</svg>"]) + "\n"


def main():
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    riprap, target, sources = os.path.abspath(sys.argv[1]), sys.argv[2], list(packages(sys.argv[3:]))
    rows = []
    print("| lines | MB | CPU s, median | spread | CPU s per MB | peak MB |\n|---|---|---|---|---|---|")
    for wanted in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            size, lines = generate(folder, wanted, sources)
            runs = [measure(riprap, folder) for _ in range(RUNS)]
        seconds, memory = sorted(run[0] for run in runs), statistics.median(run[1] for run in runs)
        median, megabytes = statistics.median(seconds), size / 1e6
        spread = f"{seconds[0]:.2f} to {seconds[-1]:.2f}"
        print(f"| {lines} | {megabytes:.2f} | {median:.2f} | {spread} | {median / megabytes:.3f} | {memory:.0f} |", flush=True)
        rows.append((size, median, memory))
    with open(target, "w") as file:
        file.write(picture(rows))


if __name__ == "__main__":
    main()
