// CHECK: a copy is still running when its function ends
// CHECK-NEXT: note: it is at reverb.dsp:7:7
builtin.module {
  func.func @compute() {
    %far = dsp_mem.get @state : memref<8xf32>
    %p = dsp_mem.alloc <l2> "local" block : memref<8xf32> loc("reverb.dsp":7:7)
    dsp_mem.copy %p, %far {is_async} : memref<8xf32>, memref<8xf32>
    func.return
  }
}
