// CHECK: near is used after the end of the kernel that allocated it
// CHECK-NEXT: note: it is at reverb.dsp:7:7
builtin.module {
  func.func @instance_constants() {
    %p = dsp_mem.alloc <l2> "local" block named @near : memref<8xf32>
    func.return
  }
  func.func @compute() {
    %p = dsp_mem.get @near : memref<8xf32>
    %i = arith.constant 0 : index
    %x = memref.load %p[%i] : memref<8xf32> loc("reverb.dsp":7:7)
    func.return
  }
}
