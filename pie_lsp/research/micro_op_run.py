"""Measures forms of instructions in the user's gem5: builds each program and simulates it, both confined."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pie_lsp.build.compiler import Compiler
from pie_lsp.engine.workbench import Workbench, open_workbench
from pie_lsp.measure.gem5.installation import find_installation
from pie_lsp.measure.gem5.simulation import Simulator, simulate
from pie_lsp.research.micro_op_forms import Form
from pie_lsp.research.micro_op_records import MeasuredForms
from pie_lsp.research.micro_ops import measure_forms
from pie_lsp.values.errors import MeasurementError
from pie_lsp.values.settings import Settings
from pie_lsp.values.toolchain import BuildFailure, BuildMode, Link, TranslationUnit


async def measured_in_gem5(forms: Sequence[Form], settings: Settings) -> MeasuredForms:
    """Raises MissingToolError without gem5, MeasurementError where not even one form can be measured."""
    async with open_workbench(
        replace(settings, backend="gem5"), Path("forms.cpp"), expected_builds=1
    ) as bench:
        installation = find_installation(settings.gem5)
        simulator = Simulator(installation, settings.model, bench.sandbox, bench.scratch, settings.limits)
        run = _Run(_compiler(bench), simulator)
        measured = await measure_forms(forms, run.measure)
    if not run.versions:
        problems = [form.problem for form in measured]
        raise MeasurementError(f"No form could be measured. {problems[0] if problems else 'None was named.'}")
    return MeasuredForms(" and ".join(sorted(run.versions)), measured)


def _compiler(bench: Workbench) -> Compiler:
    chain = replace(bench.toolchain, flags=("-nostdlib",), link=Link.STATIC, include_dirs=())
    return Compiler(chain, bench.sandbox, bench.scratch)


@dataclass(frozen=True, slots=True)
class _Run:
    """One measurement at work. `versions` are those that gem5 said of itself, hopefully one."""

    compiler: Compiler
    simulator: Simulator
    versions: set[str] = field(default_factory=set)

    async def measure(self, source: bytes) -> Sequence[int]:
        """A `Measure`."""
        unit = TranslationUnit("forms.cpp", self.simulator.scratch, source)
        built = await self.compiler.build(unit, BuildMode.OPTIMIZED)
        if isinstance(built, BuildFailure):
            raise MeasurementError(f"The compiler does not know the form. {built.reason}")
        answer = await simulate(self.simulator, built.path, b"")
        self.versions.add(answer.gem5_version)
        return answer.micro_ops_by_block
