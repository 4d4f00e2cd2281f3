"""A marimo notebook: a biquad at all levels. `marimo edit examples/biquad_levels.py` opens it.

It needs marimo (`pip install 'dspc[notebook]'`).
"""

import marimo

app = marimo.App()


@app.cell
def _():
    import marimo as mo
    import numpy as np

    import dspc

    return dspc, mo, np


@app.cell
def _(mo):
    source = """
    b(x) = 0.2*x + 0.4*x' + 0.2*x'';
    process = b : + ~ (_ <: 0.6*_ - 0.2*mem);
    """
    vec = mo.ui.checkbox(label="-vec")
    mo.vstack([mo.md(f"A biquad in Faust:\n```\n{source}\n```"), vec])
    return source, vec


@app.cell
def _(dspc, mo, source, vec):
    passes = dspc.pipeline(vec=vec.value)
    step = mo.ui.slider(0, len(passes), label="passes", show_value=True)
    mo.vstack([mo.md("The pipeline: " + ", ".join(f"`{one}`" for one in passes)), step])
    return passes, step


@app.cell
def _(dspc, mo, passes, source, step):
    from dspc.driver import Clock, compile_text
    from dspc.options.compile_options import CompileOptions
    from dspc.support.diagnostics import Source

    done = passes[: step.value]
    options = CompileOptions(pipeline=",".join(done)) if done else CompileOptions(emit="dsp")
    module_text = compile_text(Source("biquad.dsp", source), options, Clock())
    mo.md(f"After {done[-1] if done else 'the front end'}:\n```mlir\n{module_text}\n```")
    return (module_text,)


@app.cell
def _(dspc, mo, source, vec):
    texts = {
        target: dspc.compile(source, target=target, vec=vec.value).code
        for target in ("cpp", "opencl", "llvm", "mlir")
    }
    mo.ui.tabs({name: mo.md(f"```\n{text}\n```") for name, text in texts.items()})
    return (texts,)


@app.cell
def _(dspc, mo, np, source, vec):
    impulse = np.eye(1, 64)
    response = dspc.load(source, backend="interp", double=True, vec=vec.value)(impulse)
    mo.md("Its impulse response: " + ", ".join(f"{value:.4f}" for value in response[0, :8]))
    return (response,)


if __name__ == "__main__":
    app.run()
