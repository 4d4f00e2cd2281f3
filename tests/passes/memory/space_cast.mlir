// CHECK: a cast between spaces
// CHECK-NEXT: note: it is at reverb.dsp:7:7
builtin.module {
  func.func @compute(%q: memref<8xf32, #dsp_mem.space<l2>>) {
    %r = "memref.memory_space_cast"(%q) : (memref<8xf32, #dsp_mem.space<l2>>) -> memref<8xf32, #dsp_mem.space<ddr>> loc("reverb.dsp":7:7)
    func.return
  }
}
