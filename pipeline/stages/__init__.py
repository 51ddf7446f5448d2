"""The stages of a run, in order; each is the module of its name, and those behind the colon are its parts.

read: sources, formats, ids, containers, zips, records, json_lines, rows, asides, decode, html, reading
passages: roles, boilerplate
dedup: repetition, splices, overlaps
reattach: assemble, sections, gather, strays, continued, crossed, occurrence, decide, headlines, profiles, scene, order
tidy:
write: compose, margins, ledger, markdown, layouts, outbox

The parts of a stage know each other, and no other stage; a test holds that.
"""
