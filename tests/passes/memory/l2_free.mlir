// CHECK: the l2 heap has no free
// CHECK-NEXT: note: it is at reverb.dsp:3:7
builtin.module {
  func.func @compute() {
    dsp_mem.heap_init <l2> {bytes = 4096 : i64}
    %p = dsp_mem.alloc <l2> "heap" block : memref<8xf32>
    dsp_mem.free <l2> "heap" %p : memref<8xf32> loc("reverb.dsp":3:7)
    func.return
  }
}
