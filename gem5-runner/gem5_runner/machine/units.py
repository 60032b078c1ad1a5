"""Functional units of the Skylake core, one unit for each port that executes.

Figures are those of darchr/gem5-skylake-config at d92b219: latencies in cycles, everything pipelined. Runs
inside gem5.
"""

from m5.objects import FUDesc, FUPool, OpDesc

_INTEGER_VECTOR = (
    "Add",
    "AddAcc",
    "Alu",
    "Cmp",
    "Misc",
    "Shift",
    "ShiftAcc",
    "ReduceAdd",
    "ReduceAlu",
    "ReduceCmp",
)
_FLOAT = {"FloatAdd": 4, "FloatCmp": 4, "FloatCvt": 4, "FloatMult": 4, "FloatMultAcc": 5, "FloatMisc": 4}
_FLOAT_DIVIDE = {"FloatDiv": 12, "FloatSqrt": 24}
_VECTOR = {
    **{f"Simd{name}": 1 for name in _INTEGER_VECTOR},
    **{"SimdMult": 4, "SimdMultAcc": 4, "SimdCvt": 3, "SimdDiv": 4, "SimdSqrt": 4},
}
_VECTOR_FLOAT_ADD = {f"SimdFloat{name}": 4 for name in ("Add", "Alu", "Cmp", "ReduceAdd", "ReduceCmp")}
_VECTOR_FLOAT = {
    **_VECTOR_FLOAT_ADD,
    **{f"SimdFloat{name}": 4 for name in ("Cvt", "Misc", "Mult", "MultAcc")},
}
_VECTOR_FLOAT_DIVIDE = {"SimdFloatDiv": 12, "SimdFloatSqrt": 20}
_SIMPLE_VECTOR = {f"Simd{name}": 1 for name in _INTEGER_VECTOR}

_PORTS = {
    # Integer division takes one cycle for each step of gem5's microcode loop, not for the instruction.
    "port0": {"IntAlu": 1, "IntDiv": 1, "IprAccess": 1}
    | _FLOAT
    | _FLOAT_DIVIDE
    | _VECTOR
    | _VECTOR_FLOAT
    | _VECTOR_FLOAT_DIVIDE,
    "port1": {"IntAlu": 1, "IntMult": 3} | _FLOAT | _VECTOR | _VECTOR_FLOAT,
    "port2": {"MemRead": 1, "FloatMemRead": 1, "InstPrefetch": 1},
    "port3": {"MemRead": 1, "FloatMemRead": 1, "InstPrefetch": 1},
    "port4": {"MemWrite": 1, "FloatMemWrite": 1},
    "port5": {"IntAlu": 1} | _SIMPLE_VECTOR | _VECTOR_FLOAT_ADD,
    "port6": {"IntAlu": 1} | _SIMPLE_VECTOR,
    "port7": {"MemWrite": 1, "FloatMemWrite": 1},
}


def functional_units():
    """The pool of units, one for each port."""
    return FUPool(FUList=[_unit(operations) for operations in _PORTS.values()])


def _unit(operations):
    descriptions = [OpDesc(opClass=name, opLat=cycles) for name, cycles in operations.items()]
    return FUDesc(opList=descriptions, count=1)
