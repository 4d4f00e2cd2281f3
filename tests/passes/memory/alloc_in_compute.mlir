// CHECK: compute must not allocate from a heap
// CHECK-NEXT: note: it is at reverb.dsp:3:7
builtin.module {
  func.func @create() {
    dsp_mem.heap_init <ddr> {bytes = 4096 : i64}
    func.return
  }
  func.func @compute() {
    %p = dsp_mem.alloc <ddr> "heap" instance named @state : memref<8xf32> loc("reverb.dsp":3:7)
    func.return
  }
}
