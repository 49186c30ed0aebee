#!/usr/bin/env python3
"""Records what the compiler resolves in each sample workspace.

    record.py [NAME...]     NAME: part of a folder's path below sample-workspaces; without one, all of them

Runs rustc_edges.py on every folder below sample-workspaces that has a README.md beside its Cargo.toml, writes the answer
to edges.json in that folder, one edge on a line, and removes what the build left.  A workspace that does not compile on
purpose gets the edges of what does; its name is printed.  Exit status 1 if the edges that a README lists
(- `A` → `B` under "## Edges") are not those of the compiler.
"""
import json, pathlib, re, shutil, subprocess, sys

HERE = pathlib.Path(__file__).resolve().parent
SAMPLES = HERE.parent.parent / "sample-workspaces"


def written(answer):
    """The answer as JSON text with one crate and one edge on a line."""
    parts = []
    for key, value in answer.items():
        if isinstance(value, dict):
            lines = [f"{json.dumps(name)}: {json.dumps(entry)}" for name, entry in sorted(value.items())]
            parts.append((key, "{", lines, "}"))
        elif isinstance(value, list):
            parts.append((key, "[", [json.dumps(entry) for entry in value], "]"))
        else:
            parts.append((key, json.dumps(value), [], ""))
    body = [
        f'  {json.dumps(key)}: {opening}' + ("\n    " + ",\n    ".join(lines) + "\n  " if lines else "") + closing
        for key, opening, lines, closing in parts
    ]
    return "{\n" + ",\n".join(body) + "\n}\n"


def claimed(readme):
    """The edges that a README lists under its heading "Edges"; None without that heading."""
    section = re.search(r"^## Edges$(.*?)(?=^## |\Z)", readme, re.MULTILINE | re.DOTALL)
    return set(re.findall(r"^- `([^`]+)` → `([^`]+)`", section[1], re.MULTILINE)) if section else None


def main():
    wanted = sys.argv[1:]
    wrong = 0
    for readme in sorted(SAMPLES.glob("**/README.md")):
        folder = readme.parent
        name = str(folder.relative_to(SAMPLES))
        if not (folder / "Cargo.toml").exists() or wanted and not any(part in name for part in wanted):
            continue
        run = subprocess.run(
            [sys.executable, HERE / "rustc_edges.py", folder, "--calls"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        shutil.rmtree(folder / "target", ignore_errors=True)
        if not run.stdout:
            sys.exit(f"{name}: {run.stderr.decode()}")
        answer = json.loads(run.stdout)
        (folder / "edges.json").write_text(written(answer))
        print(name if run.returncode == 0 else f"{name}: not everything compiled")
        known = {tuple(edge) for kind in ("definition", "macro", "call") for edge in answer[kind]}
        listed = claimed(readme.read_text())
        if listed is not None:
            wrong += len(known ^ listed)
            for from_module, to_module in sorted(listed - known):
                print(f"    the compiler has no edge {from_module} -> {to_module}")
            for from_module, to_module in sorted(known - listed):
                print(f"    the README does not list {from_module} -> {to_module}")
    sys.exit(1 if wrong else 0)


main()
