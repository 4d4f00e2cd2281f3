// CHECK: compute must not free memory
// CHECK-NEXT: note: it is at reverb.dsp:3:7
builtin.module {
  func.func @create() {
    dsp_mem.heap_init <ddr> {bytes = 4096 : i64}
    %p = dsp_mem.alloc <ddr> "heap" instance named @state : memref<8xf32>
    func.return
  }
  func.func @compute() {
    %p = dsp_mem.get @state : memref<8xf32>
    dsp_mem.free <ddr> "heap" %p : memref<8xf32> loc("reverb.dsp":3:7)
    func.return
  }
}
