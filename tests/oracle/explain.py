#!/usr/bin/env python3
"""Prints every difference between a riprap snapshot and the compiler, with its place and class.

    riprap snapshot WORKSPACE --output ours.json
    places.py WORKSPACE --calls > truth.json       (or rustc_edges.py: then missed edges have no place)
    explain.py ours.json truth.json WORKSPACE [N]  N: print up to N differences of each class; 0 prints counts alone

Counted is what `compare.py` counts.  A missed edge is `path`, `macro` (only inside a macro expansion), `call` (only a typed call shows it)
or `name` (a module named on the way); its class says what we know of it.  An extra edge has the classes of our own references.
"""
import collections
import json
import os
import re
import sys

from compare import counts, load


def line_of(workspace, place):
    try:
        with open(os.path.join(workspace, place[0]), errors="replace") as file:
            lines = file.read().split("\n")
        return lines[place[1] - 1].strip()
    except (OSError, IndexError):
        return ""


def seen_uncounted(references):
    """Why an edge that the snapshot has does not count."""
    why = set()
    for reference in references:
        if reference.get("test"):
            why.add("test code")
        elif not reference.get("active", True):
            why.add("inactive cfg")
        else:
            why.add(reference["kind"])
    return "recorded here as " + ", ".join(sorted(why))


def written_as(text, role):
    """What the source says at a missed edge's place."""
    if not text:
        return "no line to show"
    if text.startswith("#[derive") or text.startswith("#!["):
        return "derive output"
    if text.startswith("#["):
        return "attribute macro output"
    if role == "call":
        if re.search(r"\.\w+(::<.*>)?\(", text):
            return "method call"
        return "associated function" if re.search(r"\w+::\w+", text) else "other expression"
    if role == "macro":
        return "body of a macro"
    return "argument of a macro" if re.search(r"\w!\s*[({\[]", text) else "path"


class Snapshot:
    def __init__(self, document):
        self.modules = {module["path"] for module in document["modules"]}
        self.references = {(edge["from"], edge["to"]): edge["references"] for edge in document["edges"]}

    def missed(self, edge, role, text):
        unknown = [module for module in edge if module not in self.modules]
        if unknown:
            generated = any("_" in module.split("::") for module in unknown)
            return "module made by a macro" + (" in `const _`" if generated else "") + ", unknown here"
        if edge in self.references:
            return seen_uncounted(self.references[edge])
        return written_as(text, role) if text else "not found"

    def extra(self, edge):
        counted = [reference for reference in self.references[edge] if counts(reference)]
        how = sorted({f"{it['certainty']} {it['kind']}, {it['source']}" for it in counted})
        return "; ".join(how), (counted[0]["file"], counted[0]["line"])


def differences(document, truth, workspace):
    """(side, class, edge, place) for each difference."""
    snapshot, places = Snapshot(document), {tuple(key): tuple(place) for *key, place in truth.get("places", [])}
    definition, macro, call, named = ({tuple(edge) for edge in truth[key]} for key in ("definition", "macro", "call", "named"))
    ours, ours_named, _ = load(document, truth)
    missed = {
        "path": definition - ours,
        "macro": macro - definition - ours,
        "call": call - definition - macro - ours,
        "name": named - ours_named - ours,
    }
    for role, edges in missed.items():
        for edge in sorted(edges):
            place = places.get((("definition" if role in ("path", "macro") else "named" if role == "name" else role), *edge))
            yield f"missed {role}", snapshot.missed(edge, role, line_of(workspace, place) if place else ""), edge, place
    for edge in sorted(ours - definition - macro - call):
        how, place = snapshot.extra(edge)
        yield "extra", how, edge, place
    every_name = named | definition | macro | call | {tuple(edge) for edge in truth.get("macro_named", [])}
    for edge in sorted(ours_named - every_name):
        yield "extra name", "named on the way", edge, place_of_name(document, edge)


def place_of_name(document, edge):
    for other in document["edges"]:
        if other["from"] == edge[0]:
            for reference in other["references"]:
                if counts(reference) and edge[1] in reference.get("named", []):
                    return reference["file"], reference["line"]
    return None


def main():
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    with open(sys.argv[1]) as ours, open(sys.argv[2]) as compiler:
        document, truth = json.load(ours), json.load(compiler)
    workspace, show = sys.argv[3], int(sys.argv[4]) if len(sys.argv) > 4 else 1_000_000
    classes = collections.defaultdict(list)
    for side, kind, edge, place in differences(document, truth, workspace):
        classes[side, kind].append((edge, place))
    for (side, kind), found in classes.items():
        print(f"{len(found):5}  {side}: {kind}")
        for edge, place in found[:show]:
            text = line_of(workspace, place) if place else ""
            where = f"  {place[0]}:{place[1]}  {text[:100]}" if place else ""
            print(f"         {edge[0]} -> {edge[1]}{where}")
    if not classes:
        print("    0  no difference")


if __name__ == "__main__":
    main()
