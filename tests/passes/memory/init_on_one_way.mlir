// CHECK: was not initialised before
// CHECK-NEXT: note: it is at reverb.dsp:4:7
builtin.module {
  func.func @create() {
    %c = arith.constant true
    scf.if %c {
      dsp_mem.heap_init <ddr> {bytes = 4096 : i64}
    }
    %p = dsp_mem.alloc <ddr> "heap" instance named @state : memref<8xf32> loc("reverb.dsp":4:7)
    func.return
  }
}
