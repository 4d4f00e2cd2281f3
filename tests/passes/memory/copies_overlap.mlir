// CHECK: memory that compute allocates is misplaced: it overlaps memory that compute allocates by 16 bytes of l2
builtin.module {
  func.func @compute() {
    %i = arith.constant 0 : index
    %p = dsp_mem.alloc <l2> "local" block {offset = 0 : i64} : memref<8xf32>
    %q = dsp_mem.alloc <l2> "local" block {offset = 16 : i64} : memref<8xf32>
    %x = memref.load %p[%i] : memref<8xf32>
    memref.store %x, %q[%i] : memref<8xf32>
    func.return
  }
}
