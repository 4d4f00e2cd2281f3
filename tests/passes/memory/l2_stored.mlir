// CHECK: kept beyond the kernel
// CHECK-NEXT: note: it is at reverb.dsp:8:7
builtin.module {
  func.func @compute() {
    dsp_mem.heap_init <l2> {bytes = 4096 : i64}
    %p = dsp_mem.alloc <l2> "heap" block : memref<8xf32>
    %slot = memref.alloca() : memref<memref<8xf32>>
    memref.store %p, %slot[] : memref<memref<8xf32>> loc("reverb.dsp":8:7)
    func.return
  }
}
