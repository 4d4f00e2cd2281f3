// On one path of `destroy`, a buffer is freed twice.
// pipeline: dsp-check-memory
// before: func.func
// after: error
// -----
builtin.module {
  func.func @create() {
    dsp_mem.heap_init <ddr> {bytes = 4096 : i64}
    %line = dsp_mem.alloc <ddr> "heap" instance named @line : memref<8xf32>
    func.return
  }
  func.func @destroy(%twice: i1) {
    %line = dsp_mem.get @line : memref<8xf32>
    scf.if %twice {
      dsp_mem.free <ddr> "heap" %line : memref<8xf32>
    }
    dsp_mem.free <ddr> "heap" %line : memref<8xf32>
    func.return
  }
}
// -----
example.mlir:12:5: error[E0606]: line is freed twice (in dsp_mem.free)
   12 |     dsp_mem.free <ddr> "heap" %line : memref<8xf32>
      |     ^
