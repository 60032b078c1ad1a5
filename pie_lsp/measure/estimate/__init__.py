"""The deterministic estimate: a program's counters under QEMU, turned into cycles of gem5's Skylake.

Knows binaries, inputs and the sandbox; nothing of sources, rules or what a test expects.
"""
