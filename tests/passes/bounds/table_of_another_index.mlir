// An index is bounded by the size of another table.
// CHECK: error[E0504]: compute reads small, and the index may reach 4
builtin.module {
  dsp_mem.buffer @large : memref<8xi32> class data {values = array<i32: 0, 1, 2, 3, 4, 5, 6, 7>}
  dsp_mem.buffer @small : memref<4xi32> class data {values = array<i32: 0, 1, 2, 3>}
  func.func @compute(%count: index, %in0: memref<?xf32>, %out0: memref<?xf32>) {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %n = arith.constant 8 : index
    %large = dsp_mem.get @large : memref<8xi32>
    %small = dsp_mem.get @small : memref<4xi32>
    scf.for %i = %c0 to %n step %c1 {
      %j = memref.load %large[%i] : memref<8xi32>
      %k = arith.index_cast %j : i32 to index
      %x = memref.load %small[%k] : memref<4xi32>
    }
    func.return
  }
}
