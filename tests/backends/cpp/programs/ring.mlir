builtin.module {
  dsp.lowered @mydsp f64 inputs 1 outputs 3 metadata [["name", "ring"]] ui {
    dsp.group vgroup "ring" [] {
      dsp.widget @fEntry0 nentry "time" [] {init = 3.0 : f64, min = 0.0 : f64, max = 5.0 : f64, step = 1.0 : f64}
      dsp.widget @fButton0 button "hold" []
    }
  }
  dsp_mem.buffer @fEntry0 : memref<f64> instance zone
  dsp_mem.buffer @fButton0 : memref<f64> instance zone
  dsp_mem.buffer @delay : memref<8xf64> instance state
  dsp_mem.buffer @IOTA : memref<i32> instance state
  dsp_mem.buffer @seed : memref<i32> instance state
  dsp_mem.buffer @a : memref<f64> instance state
  dsp_mem.buffer @b : memref<f64> instance state
  dsp_mem.buffer @c : memref<f64> instance state
  dsp_mem.buffer @wave : memref<4xf64> class data {values = array<f64: 1.0, -2.5, 1.0e-30, 0.1>}
  dsp_mem.buffer @table : memref<6xf64> class constant
  func.func private @fmod(f64, f64) -> f64
  func.func private @class_init(%rate: i32) {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c6 = arith.constant 6 : index
    %step = arith.constant 0.5 : f64
    %start = arith.constant 0.0 : f64
    %table = dsp_mem.get @table : memref<6xf64>
    %last = scf.for %i = %c0 to %c6 step %c1 iter_args(%phase = %start) -> (f64) {
      %value = math.cos %phase : f64
      memref.store %value, %table[%i] : memref<6xf64>
      %next = arith.addf %phase, %step : f64
      scf.yield %next : f64
    }
    func.return
  }
  func.func private @instance_constants(%rate: i32) { func.return }
  func.func private @instance_clear() {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c8 = arith.constant 8 : index
    %zero = arith.constant 0.0 : f64
    %one = arith.constant 1.0 : f64
    %two = arith.constant 2.0 : f64
    %n = arith.constant 0 : i32
    %delay = dsp_mem.get @delay : memref<8xf64>
    scf.for %i = %c0 to %c8 step %c1 {
      memref.store %zero, %delay[%i] : memref<8xf64>
    }
    %iota = dsp_mem.get @IOTA : memref<i32>
    memref.store %n, %iota[] : memref<i32>
    %seed = dsp_mem.get @seed : memref<i32>
    memref.store %n, %seed[] : memref<i32>
    %a = dsp_mem.get @a : memref<f64>
    memref.store %zero, %a[] : memref<f64>
    %b = dsp_mem.get @b : memref<f64>
    memref.store %one, %b[] : memref<f64>
    %c = dsp_mem.get @c : memref<f64>
    memref.store %two, %c[] : memref<f64>
    func.return
  }
  func.func private @compute(%count: index, %in0: memref<?xf64>, %out0: memref<?xf64>, %out1: memref<?xf64>, %out2: memref<?xf64>) {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %m7 = arith.constant 7 : i32
    %m3 = arith.constant 3 : i32
    %one = arith.constant 1 : i32
    %zero = arith.constant 0 : i32
    %fzero = arith.constant 0.0 : f64
    %factor = arith.constant 1103515245 : i32
    %term = arith.constant 12345 : i32
    %scale = arith.constant 4.656612873077393e-10 : f64
    %half = arith.constant 0.5 : f64
    %zone = dsp_mem.get @fEntry0 : memref<f64>
    %time = memref.load %zone[] : memref<f64>
    %frames = arith.fptosi %time : f64 to i32
    %button = dsp_mem.get @fButton0 : memref<f64>
    %held = memref.load %button[] : memref<f64>
    %hold = arith.cmpf une, %held, %fzero : f64
    %delay = dsp_mem.get @delay : memref<8xf64>
    %wave = dsp_mem.get @wave : memref<4xf64>
    %table = dsp_mem.get @table : memref<6xf64>
    %pi = dsp_mem.get @IOTA : memref<i32>
    %ps = dsp_mem.get @seed : memref<i32>
    %pa = dsp_mem.get @a : memref<f64>
    %pb = dsp_mem.get @b : memref<f64>
    %pc = dsp_mem.get @c : memref<f64>
    %iota0 = memref.load %pi[] : memref<i32>
    %seed0 = memref.load %ps[] : memref<i32>
    %a0 = memref.load %pa[] : memref<f64>
    %b0 = memref.load %pb[] : memref<f64>
    %cc0 = memref.load %pc[] : memref<f64>
    %r0, %r1, %r2, %r3, %r4 = scf.for %i = %c0 to %count step %c1 iter_args(%position = %iota0, %noise = %seed0, %a = %a0, %b = %b0, %c = %cc0) -> (i32, i32, f64, f64, f64) {
      %x = memref.load %in0[%i] : memref<?xf64>
      %w = arith.andi %position, %m7 : i32
      %wi = arith.index_cast %w : i32 to index
      memref.store %x, %delay[%wi] : memref<8xf64>
      %back = arith.subi %position, %frames : i32
      %r = arith.andi %back, %m7 : i32
      %ri = arith.index_cast %r : i32 to index
      %late = memref.load %delay[%ri] : memref<8xf64>
      memref.store %late, %out0[%i] : memref<?xf64>
      %p = arith.muli %noise, %factor : i32
      %noise2 = arith.addi %p, %term : i32
      %fn = arith.sitofp %noise2 : i32 to f64
      %white = arith.mulf %fn, %scale : f64
      %quarter = func.call @fmod(%white, %half) : (f64, f64) -> f64
      memref.store %quarter, %out1[%i] : memref<?xf64>
      %position2 = arith.addi %position, %one : i32
      %wt = arith.andi %position, %m3 : i32
      %wti = arith.index_cast %wt : i32 to index
      %wv = memref.load %wave[%wti] : memref<4xf64>
      %tv = memref.load %table[%wti] : memref<6xf64>
      %sum = arith.addf %wv, %tv : f64
      %picked, %other = scf.if %hold -> (f64, f64) {
        scf.yield %a, %sum : f64, f64
      } else {
        %neg = arith.negf %sum : f64
        scf.yield %neg, %b : f64, f64
      }
      %total = arith.subf %picked, %other : f64
      memref.store %total, %out2[%i] : memref<?xf64>
      scf.yield %position2, %noise2, %b, %c, %a : i32, i32, f64, f64, f64
    }
    memref.store %r0, %pi[] : memref<i32>
    memref.store %r1, %ps[] : memref<i32>
    memref.store %r2, %pa[] : memref<f64>
    memref.store %r3, %pb[] : memref<f64>
    memref.store %r4, %pc[] : memref<f64>
    func.return
  }
}
