// CHECK: the ddr heap is used and was not initialised before
// CHECK-NEXT: note: it is at reverb.dsp:4:7
builtin.module {
  func.func @create() {
    %p = dsp_mem.alloc <ddr> "heap" instance named @state : memref<8xf32> loc("reverb.dsp":4:7)
    func.return
  }
}
