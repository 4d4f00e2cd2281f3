// Vectors of eight lanes are written in steps of four.
// CHECK: error[E0505]: compute races: vector.store writes a, and it may run at once with vector.store
builtin.module {
  dsp_mem.buffer @a : memref<32xf32> block scratch
  func.func @compute(%count: index, %in0: memref<?xf32>, %out0: memref<?xf32>) {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %n = arith.constant 24 : index
    %x = arith.constant 1.000000e+00 : f32
    %a = dsp_mem.get @a : memref<32xf32>
    %four = arith.constant 4 : index
    %v = arith.constant dense<0.000000e+00> : vector<8xf32>
    dsp_par.parallel {
      dsp_par.for {
        dsp_par.loop free writes(%a : memref<32xf32>) {
          scf.for %i = %c0 to %n step %four {
            vector.store %v, %a[%i] : memref<32xf32>, vector<8xf32>
          }
          dsp_par.yield
        }
        dsp_par.yield
      }
      dsp_par.yield
    }
    func.return
  }
}
