// CHECK: used before its copy has completed
// CHECK-NEXT: note: it is at reverb.dsp:7:7
builtin.module {
  func.func @compute() {
    %i = arith.constant 0 : index
    %x = arith.constant 1.0 : f32
    %far = dsp_mem.get @state : memref<8xf32>
    %p = dsp_mem.alloc <l2> "local" block : memref<8xf32>
    dsp_mem.copy %far, %p {is_async} : memref<8xf32>, memref<8xf32>
    memref.store %x, %far[%i] : memref<8xf32> loc("reverb.dsp":7:7)
    dsp_mem.wait
    func.return
  }
}
