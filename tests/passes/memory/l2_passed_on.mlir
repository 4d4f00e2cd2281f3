// CHECK: memory in l2 leaves the kernel
// CHECK-NEXT: note: it is at reverb.dsp:7:7
builtin.module {
  func.func private @other(memref<8xf32>)
  func.func @compute() {
    dsp_mem.heap_init <l2> {bytes = 4096 : i64}
    %p = dsp_mem.alloc <l2> "heap" block : memref<8xf32>
    func.call @other(%p) : (memref<8xf32>) -> () loc("reverb.dsp":7:7)
    func.return
  }
}
