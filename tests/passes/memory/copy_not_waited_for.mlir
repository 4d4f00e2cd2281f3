// CHECK: used before its copy has completed
// CHECK-NEXT: note: it is at reverb.dsp:7:7
builtin.module {
  func.func @compute() {
    dsp_mem.heap_init <l2> {bytes = 4096 : i64}
    %p = dsp_mem.alloc <l2> "heap" block : memref<8xf32>
    %far = dsp_mem.get @state : memref<8xf32>
    %i = arith.constant 0 : index
    dsp_mem.copy %far, %p {is_async} : memref<8xf32>, memref<8xf32>
    %x = memref.load %p[%i] : memref<8xf32> loc("reverb.dsp":7:7)
    func.return
  }
}
