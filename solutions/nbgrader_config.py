"""Settings of a course folder for nbgrader; `nbgrader_source.py` puts a copy of this file there."""

from nbgrader.converters import GenerateAssignment
from nbgrader.preprocessors import ClearSolutions

c = get_config()  # noqa: F821 (nbgrader gives it)


class ClearToStub(ClearSolutions):
    """Leave in each cell the stub that `nbgrader_source.py` has laid into its metadata."""

    def preprocess_cell(self, cell, resources, cell_index):
        """Replace a solution by the cell's own stub, or by nbgrader's where it has none."""
        stub = cell.metadata.pop("stub", None)
        usual = self.code_stub, self.text_stub
        if stub is not None:
            self.code_stub, self.text_stub = {resources["language"]: stub}, stub
        try:
            return super().preprocess_cell(cell, resources, cell_index)
        finally:
            self.code_stub, self.text_stub = usual


steps = GenerateAssignment.class_traits()["preprocessors"].default()
c.GenerateAssignment.preprocessors = [
    ClearToStub if step is ClearSolutions else step for step in steps
]

# A student who has deleted the cell of a check still gets the points of the answer.
c.OverwriteCells.add_missing_cells = True
