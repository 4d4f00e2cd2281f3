// CHECK: the l2 heap is used and was not initialised in this kernel
// CHECK-NEXT: note: it is at reverb.dsp:4:7
builtin.module {
  func.func @first() {
    dsp_mem.heap_init <l2> {bytes = 4096 : i64}
    func.return
  }
  func.func @compute() {
    %p = dsp_mem.alloc <l2> "heap" block : memref<8xf32> loc("reverb.dsp":4:7)
    func.return
  }
}
