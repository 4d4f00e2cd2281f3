// Masked, wrapped, clamped and guarded indices, chunks with a tail, windows and copies.
// CHECK: builtin.module
builtin.module {
  dsp_mem.buffer @line : memref<64xf32> instance state
  dsp_mem.buffer @at : memref<i32> instance state
  dsp_mem.buffer @knob : memref<i32> instance zone
  dsp_mem.buffer @mirrored : memref<96xf32> instance state
  dsp_mem.buffer @near : memref<64xf32> block scratch
  dsp_mem.buffer @a : memref<32xf32> block scratch

  func.func @instance_clear() {
    %z = arith.constant 0.000000e+00 : f32
    %i = arith.constant 0 : i32
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %n = arith.constant 64 : index
    %line = dsp_mem.get @line : memref<64xf32>
    %at = dsp_mem.get @at : memref<i32>
    scf.for %k = %c0 to %n step %c1 {
      memref.store %z, %line[%k] : memref<64xf32>
    }
    memref.store %i, %at[] : memref<i32>
    func.return
  }
  func.func @compute(%count: index, %in0: memref<?xf32>, %out0: memref<?xf32>) {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %line = dsp_mem.get @line : memref<64xf32>
    %at = dsp_mem.get @at : memref<i32>

    %knob = dsp_mem.get @knob : memref<i32>
    %mirrored = dsp_mem.get @mirrored : memref<96xf32>
    %near = dsp_mem.get @near : memref<64xf32>
    %a = dsp_mem.get @a : memref<32xf32>
    %x = arith.constant 1.000000e+00 : f32
    %low = arith.constant 0 : i32
    %one = arith.constant 1 : i32
    %high = arith.constant 63 : i32
    %size = arith.constant 64 : i32
    %c8 = arith.constant 8 : index
    %c32 = arith.constant 32 : index
    %c64 = arith.constant 64 : index
    %v = memref.load %knob[] : memref<i32>
    %g = arith.maxsi %v, %low : i32
    %j = arith.minsi %g, %high : i32
    %k = arith.index_cast %j : i32 to index
    memref.store %x, %line[%k] : memref<64xf32>
    %at_least = arith.cmpi sge, %v, %low : i32
    %below = arith.cmpi slt, %v, %size : i32
    %ok = arith.andi %at_least, %below : i1
    scf.if %ok {
      %guarded = arith.index_cast %v : i32 to index
      memref.store %x, %line[%guarded] : memref<64xf32>
    }
    %start = memref.load %at[] : memref<i32>
    %last = scf.for %i = %c0 to %count step %c1 iter_args(%pos = %start) -> (i32) {
      %here = arith.index_cast %pos : i32 to index
      %y = memref.load %line[%here] : memref<64xf32>
      memref.store %y, %out0[%i] : memref<?xf32>
      %next = arith.addi %pos, %one : i32
      %inside = arith.cmpi slt, %next, %size : i32
      %back = arith.subi %next, %size : i32
      %w = arith.select %inside, %next, %back : i32
      scf.yield %w : i32
    }
    memref.store %last, %at[] : memref<i32>
    scf.for %first = %c0 to %count step %c32 {
      %left = arith.subi %count, %first : index
      %length = arith.minsi %left, %c32 : index
      %in = dsp_par.window %in0[%first] : memref<?xf32> -> memref<?xf32>
      %m = arith.andi %v, %high : i32
      %begin = arith.index_cast %m : i32 to index
      %row = dsp_par.window %mirrored[%begin] : memref<96xf32> -> memref<?xf32>
      scf.for %f = %c0 to %length step %c1 {
        %z = memref.load %in[%f] : memref<?xf32>
        memref.store %z, %row[%f] : memref<?xf32>
      }
      dsp_mem.copy %in, %near count %length : memref<?xf32>, memref<64xf32>
    }
    scf.for %o = %c0 to %c64 step %c8 {
      %lanes = vector.load %line[%o] : memref<64xf32>, vector<8xf32>
    }
    dsp_par.parallel {
      dsp_par.for {
        dsp_par.loop free writes(%a : memref<32xf32>) {
          scf.for %t = %c0 to %c32 step %c1 {
            %old = memref.load %a[%t] : memref<32xf32>
            memref.store %old, %a[%t] : memref<32xf32>
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
