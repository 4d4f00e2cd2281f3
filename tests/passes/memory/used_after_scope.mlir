// CHECK: near is used after its free
// CHECK-NEXT: note: it is at reverb.dsp:7:7
builtin.module {
  func.func @compute() {
    %i = arith.constant 0 : index
    dsp_mem.scope <l2> {
      %p = dsp_mem.alloc <l2> "local" block named @near : memref<8xf32>
    }
    %q = dsp_mem.get @near : memref<8xf32>
    %x = memref.load %q[%i] : memref<8xf32> loc("reverb.dsp":7:7)
    func.return
  }
}
