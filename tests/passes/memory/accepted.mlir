// CHECK-NOT: error
// CHECK: func.func @create
builtin.module {
  func.func @create() {
    dsp_mem.heap_init <ddr> {bytes = 4096 : i64}
    %p = dsp_mem.alloc <ddr> "heap" instance named @state : memref<8xf32>
    func.return
  }
  func.func @compute() {
    %far = dsp_mem.get @state : memref<8xf32>
    %i = arith.constant 0 : index
    dsp_mem.heap_init <l2> {bytes = 4096 : i64}
    dsp_mem.scope <l2> {
      %near = dsp_mem.alloc <l2> "heap" block : memref<8xf32>
      dsp_mem.copy %far, %near {is_async} : memref<8xf32>, memref<8xf32>
      dsp_mem.wait
      %x = memref.load %near[%i] : memref<8xf32>
      memref.store %x, %near[%i] : memref<8xf32>
      dsp_mem.copy %near, %far : memref<8xf32>, memref<8xf32>
    }
    func.return
  }
  func.func @destroy() {
    %p = dsp_mem.get @state : memref<8xf32>
    dsp_mem.free <ddr> "heap" %p : memref<8xf32>
    func.return
  }
}
