// The chunk is bounded by another delay than the one that is read.
// CHECK: error[E0505]: compute races: memref.store writes line, and it may run at once with memref.load
builtin.module {
  dsp_mem.buffer @line : memref<160xf32> instance state
  dsp_mem.buffer @at : memref<i32> instance state
  dsp_mem.buffer @one : memref<i32> instance state
  dsp_mem.buffer @other : memref<i32> instance state
  func.func @compute(%count: index, %in0: memref<?xf32>, %out0: memref<?xf32>) {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %line = dsp_mem.get @line : memref<160xf32>
    %at = dsp_mem.get @at : memref<i32>
    %one = dsp_mem.get @one : memref<i32>
    %other = dsp_mem.get @other : memref<i32>
    %mask = arith.constant 127 : i32
    %zero = arith.constant 0 : i32
    %least = arith.constant 1 : i32
    %most = arith.constant 90 : i32
    %whole = arith.constant 32 : i32
    %a = memref.load %one[] : memref<i32>
    %a0 = arith.maxsi %a, %zero : i32
    %a1 = arith.minsi %a0, %most : i32
    %b = memref.load %other[] : memref<i32>
    %b0 = arith.maxsi %b, %zero : i32
    %b1 = arith.minsi %b0, %most : i32
    %shortest = arith.minsi %b1, %b1 : i32
    %chunk = arith.minsi %whole, %shortest : i32
    %positive = arith.maxsi %chunk, %least : i32
    %n = arith.index_cast %positive : i32 to index
    %d = arith.maxsi %a1, %least : i32
    %p = memref.load %at[] : memref<i32>
    %m = arith.andi %p, %mask : i32
    %k = arith.index_cast %m : i32 to index
    %q = arith.subi %p, %d : i32
    %mq = arith.andi %q, %mask : i32
    %kq = arith.index_cast %mq : i32 to index
    dsp_par.parallel {
      dsp_par.for {
        dsp_par.loop free writes(%line : memref<160xf32>) {
          %new = dsp_par.window %line[%k] : memref<160xf32> -> memref<?xf32>
          %old = dsp_par.window %line[%kq] : memref<160xf32> -> memref<?xf32>
          scf.for %i = %c0 to %n step %c1 {
            %x = memref.load %old[%i] : memref<?xf32>
            memref.store %x, %new[%i] : memref<?xf32>
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
