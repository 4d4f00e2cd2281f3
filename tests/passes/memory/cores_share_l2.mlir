// CHECK: each core has its own l2
// CHECK-NEXT: note: it is at reverb.dsp:6:7
builtin.module {
  func.func @compute() {
    dsp_mem.heap_init <l2> {bytes = 4096 : i64}
    %p = dsp_mem.alloc <l2> "heap" block {shared} : memref<8xf32> loc("reverb.dsp":6:7)
    func.return
  }
}
