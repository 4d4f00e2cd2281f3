// CHECK: a barrier while a heap's lock is held
// CHECK-NEXT: note: it is at reverb.dsp:7:7
builtin.module {
  func.func @compute() {
    dsp_mem.scope <l2> {
      "gpu.barrier"() : () -> () loc("reverb.dsp":7:7)
    } {locked}
    func.return
  }
}
