"""`-o DIR` with the target opencl: kernels, and a C++ host program that runs them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from dspc.documents import Document
from dspc.driver import output_path

if TYPE_CHECKING:
    from xdsl.dialects.builtin import ModuleOp

    from dspc.options import CompileOptions


def host_documents(module: ModuleOp, options: CompileOptions) -> list[Document]:
    """The files of the folder; raises DspcError as printing does."""
    from dspc.backends.opencl.host import host_files
    from dspc.targets import opencl_program

    folder = output_path(options) or os.curdir
    files = host_files(opencl_program(module, options))
    return [Document(os.path.join(folder, name), text) for name, text in files.items()]
