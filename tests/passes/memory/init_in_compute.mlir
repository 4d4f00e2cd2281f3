// CHECK: compute may initialise the l2 heap only
// CHECK-NEXT: note: it is at reverb.dsp:7:7
builtin.module {
  func.func @compute() {
    dsp_mem.heap_init <ddr> {bytes = 4096 : i64} loc("reverb.dsp":7:7)
    func.return
  }
}
