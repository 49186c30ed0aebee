#!/usr/bin/env python3
"""The compiler's module edges as `rustc_edges.py` gives them, each with one place: `"places": [[ROLE, FROM, TO, [FILE, LINE]], ...]`.

    places.py WORKSPACE --calls > truth.json       (arguments as for rustc_edges.py)

ROLE is definition, named or call.  The place is the first in the order of the compiler's output; of a call it is the expression around it,
of code that a macro made it is where the compiler puts that code.
"""
import re
import sys

import rustc_edges

SPAN = re.compile(r"^span: (\S.*?):(\d+):\d+: \d+:\d+ \(#\d+\)")
HIR, THIR, FACTS, EDGES = rustc_edges.read_hir, rustc_edges.read_thir, rustc_edges.crate_facts, rustc_edges.edges_of


def watched(lines, places):
    """Passes the compiler's lines on, and keeps (owner, crate hash, path) -> (file, line)."""
    owner, span = "", None
    for line in lines:
        text = line.strip()
        if line.startswith("DefId("):
            match = rustc_edges.OWNER.match(line.rstrip("\n")) or rustc_edges.THIR_OWNER.match(line.rstrip("\n"))
            owner, span = (match.group(5) or "", None) if match else (owner, span)
        elif text.startswith("span: "):
            match = SPAN.match(text)
            span = (match.group(1), int(match.group(2))) if match and not match.group(1).startswith("/") else span
        elif span and text.startswith("DefId("):
            match = rustc_edges.RESOLVED.match(text)
            if match:
                places.setdefault(("path", owner, match.group(4), match.group(5) or ""), span)
        elif span and "FnDef(" in text:
            for match in rustc_edges.FNDEF.finditer(text):
                places.setdefault(("call", owner, match.group(4), match.group(5) or ""), span)
        yield line


def crate_facts(command, calls):
    places = {}
    rustc_edges.read_hir = lambda lines: HIR(watched(lines, places))
    rustc_edges.read_thir = lambda lines: THIR(watched(lines, places))
    found = FACTS(command, calls)
    if found is not None:
        found["places"] = [[*key, list(span)] for key, span in places.items()]
    return found


def edges_of(crates):
    result, edges = EDGES(crates), {}
    libraries = {(c["krate"], h): c for c in crates if c["kind"] == "lib" for h in c.get("hashes", [c["hash"]])}
    for crate in crates:
        places = {tuple(key): place for *key, place in crate.get("places", [])}
        for role, owner, owner_is_module, krate, digest, path, is_module, _ in crate["facts"]:
            place = places.get(("call" if role == "call" else "path", owner, digest, path))
            target = crate if krate is None else libraries.get((krate, digest))
            if place and target is not None:
                edges.setdefault((role, module(crate, owner, owner_is_module), module(target, path, is_module)), place)
    result["places"] = [[*edge, place] for edge, place in sorted(edges.items()) if edge[1] != edge[2]]
    return result


def module(crate, path, is_module):
    """The innermost module around what a path names, as in `rustc_edges.edges_of`."""
    parts = rustc_edges.segments(path)
    if not is_module and parts:
        parts.pop()
    while parts and "::".join(parts) not in crate["known"]:
        parts.pop()
    return "::".join([crate["label"]] + parts)


if __name__ == "__main__":
    # Cargo calls this file as the wrapper, not the one that it extends.
    rustc_edges.__file__, rustc_edges.crate_facts, rustc_edges.edges_of = __file__, crate_facts, edges_of
    rustc_edges.main()
