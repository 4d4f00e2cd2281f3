// A linear recursion of first order becomes a prefix scan over four SIMD lanes: two shuffles, each with a product and a sum, then the last frame of the four before.
// pipeline: dsp-split-loops{lanes=4 loop-variant=1}
// before: dsp.rec
// after: scf.for .* iter_args
// -----
builtin.module {
  dsp.program @example f32 metadata [["name", "example"]] ui {
    dsp.group vgroup "example" [] {
    }
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    %1 = dsp.constant {value = 5.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %process = dsp.rec {
    ^bb0(%process_1: !dsp.signal<f32, sample>):
      %2 = dsp.delay %process_1 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %3 = dsp.mul %1, %2 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %process_2 = dsp.add %3, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %process_2 : (!dsp.signal<f32, sample>) -> ()
    }
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
}
// -----
builtin.module {
  dsp.lowered @example f32 inputs 1 outputs 1 metadata [["name", "example"]] ui {
    dsp.group vgroup "example" [] {
    }
  }
  dsp_mem.buffer @process_block : memref<32xf32> block scratch
  dsp_mem.buffer @process_state : memref<f32> instance state
  dsp_mem.buffer @in0_block : memref<32xf32> block scratch
  func.func @class_init(%0: i32) {
    func.return
  }
  func.func @instance_constants(%0: i32) {
    func.return
  }
  func.func @instance_clear() {
    %0 = arith.constant 0.000000e+00 : f32
    %1 = dsp_mem.get @process_state : memref<f32>
    memref.store %0, %1[] : memref<f32>
    func.return
  }
  func.func @compute(%0: index, %in0: memref<?xf32>, %out0: memref<?xf32>) {
    %1 = arith.constant 0 : index
    %2 = dsp_mem.get @in0_block : memref<32xf32>
    %3 = arith.constant 1 : index
    %4 = arith.constant 3 : index
    %5 = arith.constant 4 : index
    %6 = arith.constant 0.000000e+00 : f32
    %7 = arith.constant 5.000000e-01 : f32
    %8 = arith.constant 1.000000e+04 : f32
    %9 = arith.constant -1.000000e+04 : f32
    %10 = dsp_mem.get @process_block : memref<32xf32>
    %11 = arith.constant dense<0.000000e+00> : vector<4xf32>
    %12 = dsp_mem.get @process_state : memref<f32>
    %13 = arith.constant 32 : index
    %14 = arith.cmpf olt, %8, %7 : f32
    %15 = arith.select %14, %8, %7 : f32
    %16 = arith.cmpf olt, %15, %9 : f32
    %17 = arith.select %16, %9, %15 : f32
    %18 = arith.mulf %17, %17 : f32
    %19 = arith.mulf %17, %18 : f32
    %20 = arith.mulf %18, %18 : f32
    %21 = vector.broadcast %17 : f32 to vector<4xf32>
    %22 = vector.broadcast %18 : f32 to vector<4xf32>
    %23 = vector.broadcast %17 : f32 to vector<4xf32>
    %24 = vector.insert %18, %23 [1] : f32 into vector<4xf32>
    %25 = vector.insert %19, %24 [2] : f32 into vector<4xf32>
    %26 = vector.insert %20, %25 [3] : f32 into vector<4xf32>
    scf.for %first = %1 to %0 step %13 {
      %27 = arith.subi %0, %first : index
      %length = arith.minsi %27, %13 : index
      dsp_par.loop recursive reads(%in0 : memref<?xf32>) writes(%2, %10, %12 : memref<32xf32>, memref<32xf32>, memref<f32>) {
        %in0_1 = dsp_par.window %in0[%first] : memref<?xf32> -> memref<?xf32>
        scf.for %28 = %1 to %length step %3 {
          %29 = memref.load %in0_1[%28] : memref<?xf32>
          memref.store %29, %2[%28] : memref<32xf32>
        }
        %30 = arith.addi %length, %4 : index
        %31 = arith.remsi %30, %5 : index
        %32 = arith.subi %30, %31 : index
        scf.for %33 = %length to %32 step %3 {
          memref.store %6, %2[%33] : memref<32xf32>
        }
        %34 = memref.load %12[] : memref<f32>
        %35 = scf.for %36 = %1 to %length step %5 iter_args(%37 = %34) -> (f32) {
          %38 = vector.load %2[%36] : memref<32xf32>, vector<4xf32>
          %39 = vector.shuffle %38, %11 [4, 0, 1, 2] : vector<4xf32>, vector<4xf32>
          %40 = arith.mulf %39, %21 : vector<4xf32>
          %41 = arith.addf %40, %38 : vector<4xf32>
          %42 = vector.shuffle %41, %11 [4, 5, 0, 1] : vector<4xf32>, vector<4xf32>
          %43 = arith.mulf %42, %22 : vector<4xf32>
          %44 = arith.addf %43, %41 : vector<4xf32>
          %45 = vector.extract %44[3] : f32 from vector<4xf32>
          %46 = arith.mulf %37, %20 : f32
          %47 = arith.addf %46, %45 : f32
          %48 = vector.broadcast %37 : f32 to vector<4xf32>
          %49 = arith.mulf %48, %26 : vector<4xf32>
          %50 = arith.addf %49, %44 : vector<4xf32>
          vector.store %50, %10[%36] : memref<32xf32>, vector<4xf32>
          scf.yield %47 : f32
        }
        %51 = arith.subi %length, %3 : index
        %52 = memref.load %10[%51] : memref<32xf32>
        memref.store %52, %12[] : memref<f32>
        dsp_par.yield
      }
      dsp_par.loop free reads(%10 : memref<32xf32>) writes(%out0 : memref<?xf32>) {
        %out0_1 = dsp_par.window %out0[%first] : memref<?xf32> -> memref<?xf32>
        scf.for %i = %1 to %length step %3 {
          %process = memref.load %10[%i] : memref<32xf32>
          memref.store %process, %out0_1[%i] : memref<?xf32>
        }
        dsp_par.yield
      }
    }
    func.return
  }
}
