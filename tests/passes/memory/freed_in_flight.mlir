// CHECK: freed before its copy has completed
// CHECK-NEXT: note: it is at reverb.dsp:7:7
builtin.module {
  func.func @create() {
    dsp_mem.heap_init <ddr> {bytes = 4096 : i64}
    %far = dsp_mem.get @state : memref<8xf32>
    %p = dsp_mem.alloc <ddr> "heap" block : memref<8xf32>
    dsp_mem.copy %far, %p {is_async} : memref<8xf32>, memref<8xf32>
    dsp_mem.free <ddr> "heap" %p : memref<8xf32> loc("reverb.dsp":7:7)
    func.return
  }
}
