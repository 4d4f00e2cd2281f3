// Eight filters of one shape become a pack: their states and coefficients are the lanes of a vector.
// pipeline: dsp-split-loops{loop-variant=1}
// before: %f(_3)? = dsp.rec
// after: scf.for .* iter_args
// -----
builtin.module {
  dsp.program @example f32 metadata [["name", "example"]] ui {
    dsp.group vgroup "example" [] {
    }
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    %1 = dsp.constant {value = 5.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %2 = dsp.constant {value = 2.500000e-01 : f32} : () -> !dsp.signal<f32, const>
    %f = dsp.rec {
    ^bb0(%f_1: !dsp.signal<f32, sample>):
      %3 = dsp.delay %f_1 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %4 = dsp.delay %f_1 {offset = 2 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %5 = dsp.mul %2, %4 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %6 = dsp.add %5, %0 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %7 = dsp.mul %1, %3 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_2 = dsp.add %7, %6 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_2 : (!dsp.signal<f32, sample>) -> ()
    }
    %f_3 = dsp.rec {
    ^bb0(%f_4: !dsp.signal<f32, sample>):
      %8 = dsp.delay %f_4 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %9 = dsp.delay %f_4 {offset = 2 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %10 = dsp.mul %2, %9 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %11 = dsp.add %10, %0 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %12 = dsp.mul %2, %8 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_5 = dsp.add %12, %11 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_5 : (!dsp.signal<f32, sample>) -> ()
    }
    %13 = dsp.add %f, %f_3 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %14 = dsp.constant {value = 0.166666672 : f32} : () -> !dsp.signal<f32, const>
    %f_6 = dsp.rec {
    ^bb0(%f_7: !dsp.signal<f32, sample>):
      %15 = dsp.delay %f_7 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %16 = dsp.delay %f_7 {offset = 2 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %17 = dsp.mul %2, %16 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %18 = dsp.add %17, %0 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %19 = dsp.mul %14, %15 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_8 = dsp.add %19, %18 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_8 : (!dsp.signal<f32, sample>) -> ()
    }
    %20 = dsp.add %13, %f_6 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %21 = dsp.constant {value = 1.250000e-01 : f32} : () -> !dsp.signal<f32, const>
    %f_9 = dsp.rec {
    ^bb0(%f_10: !dsp.signal<f32, sample>):
      %22 = dsp.delay %f_10 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %23 = dsp.delay %f_10 {offset = 2 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %24 = dsp.mul %2, %23 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %25 = dsp.add %24, %0 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %26 = dsp.mul %21, %22 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_11 = dsp.add %26, %25 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_11 : (!dsp.signal<f32, sample>) -> ()
    }
    %27 = dsp.add %20, %f_9 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %28 = dsp.constant {value = 1.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %f_12 = dsp.rec {
    ^bb0(%f_13: !dsp.signal<f32, sample>):
      %29 = dsp.delay %f_13 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %30 = dsp.delay %f_13 {offset = 2 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %31 = dsp.mul %2, %30 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %32 = dsp.add %31, %0 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %33 = dsp.mul %28, %29 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_14 = dsp.add %33, %32 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_14 : (!dsp.signal<f32, sample>) -> ()
    }
    %34 = dsp.add %27, %f_12 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %35 = dsp.constant {value = 0.0833333358 : f32} : () -> !dsp.signal<f32, const>
    %f_15 = dsp.rec {
    ^bb0(%f_16: !dsp.signal<f32, sample>):
      %36 = dsp.delay %f_16 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %37 = dsp.delay %f_16 {offset = 2 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %38 = dsp.mul %2, %37 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %39 = dsp.add %38, %0 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %40 = dsp.mul %35, %36 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_17 = dsp.add %40, %39 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_17 : (!dsp.signal<f32, sample>) -> ()
    }
    %41 = dsp.add %34, %f_15 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %42 = dsp.constant {value = 0.0714285746 : f32} : () -> !dsp.signal<f32, const>
    %f_18 = dsp.rec {
    ^bb0(%f_19: !dsp.signal<f32, sample>):
      %43 = dsp.delay %f_19 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %44 = dsp.delay %f_19 {offset = 2 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %45 = dsp.mul %2, %44 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %46 = dsp.add %45, %0 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %47 = dsp.mul %42, %43 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_20 = dsp.add %47, %46 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_20 : (!dsp.signal<f32, sample>) -> ()
    }
    %48 = dsp.add %41, %f_18 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %49 = dsp.constant {value = 6.250000e-02 : f32} : () -> !dsp.signal<f32, const>
    %f_21 = dsp.rec {
    ^bb0(%f_22: !dsp.signal<f32, sample>):
      %50 = dsp.delay %f_22 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %51 = dsp.delay %f_22 {offset = 2 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %52 = dsp.mul %2, %51 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %53 = dsp.add %52, %0 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %54 = dsp.mul %49, %50 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_23 = dsp.add %54, %53 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_23 : (!dsp.signal<f32, sample>) -> ()
    }
    %process = dsp.add %48, %f_21 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
}
// -----
builtin.module {
  dsp.lowered @example f32 inputs 1 outputs 1 metadata [["name", "example"]] ui {
    dsp.group vgroup "example" [] {
    }
  }
  dsp_mem.buffer @f_lanes : memref<16xf32> instance state
  dsp_mem.buffer @parts_block : memref<256xf32> block scratch
  dsp_mem.buffer @sum_block : memref<32xf32> block scratch
  func.func @class_init(%0: i32) {
    func.return
  }
  func.func @instance_constants(%0: i32) {
    func.return
  }
  func.func @instance_clear() {
    %0 = arith.constant 0.000000e+00 : f32
    %1 = arith.constant 0 : index
    %2 = dsp_mem.get @f_lanes : memref<16xf32>
    %3 = arith.constant 16 : index
    %4 = arith.constant 1 : index
    scf.for %5 = %1 to %3 step %4 {
      memref.store %0, %2[%5] : memref<16xf32>
    }
    func.return
  }
  func.func @compute(%0: index, %in0: memref<?xf32>, %out0: memref<?xf32>) {
    %1 = arith.constant 0 : index
    %2 = arith.constant dense<2.500000e-01> : vector<8xf32>
    %3 = arith.constant dense<[5.000000e-01, 2.500000e-01, 0.166666672, 1.250000e-01, 1.000000e-01, 0.0833333358, 0.0714285746, 6.250000e-02]> : vector<8xf32>
    %4 = arith.constant 8 : index
    %5 = dsp_mem.get @parts_block : memref<256xf32>
    %6 = arith.constant 7 : index
    %7 = arith.constant 0.000000e+00 : f32
    %8 = arith.constant 1 : index
    %9 = arith.constant 16 : index
    %10 = arith.constant 24 : index
    %11 = arith.constant 32 : index
    %12 = arith.constant 40 : index
    %13 = arith.constant 48 : index
    %14 = arith.constant 56 : index
    %15 = dsp_mem.get @sum_block : memref<32xf32>
    %16 = dsp_mem.get @f_lanes : memref<16xf32>
    scf.for %first = %1 to %0 step %11 {
      %17 = arith.subi %0, %first : index
      %length = arith.minsi %17, %11 : index
      dsp_par.loop recursive reads(%in0 : memref<?xf32>) writes(%5, %16, %15 : memref<256xf32>, memref<16xf32>, memref<32xf32>) {
        %in0_1 = dsp_par.window %in0[%first] : memref<?xf32> -> memref<?xf32>
        %18 = vector.load %16[%1] : memref<16xf32>, vector<8xf32>
        %19 = vector.load %16[%4] : memref<16xf32>, vector<8xf32>
        %20, %21 = scf.for %i = %1 to %length step %8 iter_args(%f = %18, %f_1 = %19) -> (vector<8xf32>, vector<8xf32>) {
          %22 = arith.mulf %2, %f_1 : vector<8xf32>
          %23 = memref.load %in0_1[%i] : memref<?xf32>
          %24 = vector.broadcast %23 : f32 to vector<8xf32>
          %25 = arith.addf %22, %24 : vector<8xf32>
          %26 = arith.mulf %3, %f : vector<8xf32>
          %f_2 = arith.addf %26, %25 : vector<8xf32>
          %27 = arith.muli %i, %4 : index
          vector.store %f_2, %5[%27] : memref<256xf32>, vector<8xf32>
          scf.yield %f_2, %f : vector<8xf32>, vector<8xf32>
        }
        vector.store %20, %16[%1] : memref<16xf32>, vector<8xf32>
        vector.store %21, %16[%4] : memref<16xf32>, vector<8xf32>
        %28 = arith.addi %length, %6 : index
        %29 = arith.remsi %28, %4 : index
        %30 = arith.subi %28, %29 : index
        %31 = arith.muli %length, %4 : index
        %32 = arith.muli %30, %4 : index
        scf.for %33 = %31 to %32 step %8 {
          memref.store %7, %5[%33] : memref<256xf32>
        }
        scf.for %34 = %1 to %length step %4 {
          %35 = arith.muli %34, %4 : index
          %36 = arith.addi %35, %4 : index
          %37 = arith.addi %35, %9 : index
          %38 = arith.addi %35, %10 : index
          %39 = arith.addi %35, %11 : index
          %40 = arith.addi %35, %12 : index
          %41 = arith.addi %35, %13 : index
          %42 = arith.addi %35, %14 : index
          %43 = vector.load %5[%35] : memref<256xf32>, vector<8xf32>
          %44 = vector.load %5[%36] : memref<256xf32>, vector<8xf32>
          %45 = vector.load %5[%37] : memref<256xf32>, vector<8xf32>
          %46 = vector.load %5[%38] : memref<256xf32>, vector<8xf32>
          %47 = vector.load %5[%39] : memref<256xf32>, vector<8xf32>
          %48 = vector.load %5[%40] : memref<256xf32>, vector<8xf32>
          %49 = vector.load %5[%41] : memref<256xf32>, vector<8xf32>
          %50 = vector.load %5[%42] : memref<256xf32>, vector<8xf32>
          %51 = vector.shuffle %43, %44 [0, 2, 8, 10, 4, 6, 12, 14] : vector<8xf32>, vector<8xf32>
          %52 = vector.shuffle %43, %44 [1, 3, 9, 11, 5, 7, 13, 15] : vector<8xf32>, vector<8xf32>
          %53 = arith.addf %51, %52 : vector<8xf32>
          %54 = vector.shuffle %45, %46 [0, 2, 8, 10, 4, 6, 12, 14] : vector<8xf32>, vector<8xf32>
          %55 = vector.shuffle %45, %46 [1, 3, 9, 11, 5, 7, 13, 15] : vector<8xf32>, vector<8xf32>
          %56 = arith.addf %54, %55 : vector<8xf32>
          %57 = vector.shuffle %47, %48 [0, 2, 8, 10, 4, 6, 12, 14] : vector<8xf32>, vector<8xf32>
          %58 = vector.shuffle %47, %48 [1, 3, 9, 11, 5, 7, 13, 15] : vector<8xf32>, vector<8xf32>
          %59 = arith.addf %57, %58 : vector<8xf32>
          %60 = vector.shuffle %49, %50 [0, 2, 8, 10, 4, 6, 12, 14] : vector<8xf32>, vector<8xf32>
          %61 = vector.shuffle %49, %50 [1, 3, 9, 11, 5, 7, 13, 15] : vector<8xf32>, vector<8xf32>
          %62 = arith.addf %60, %61 : vector<8xf32>
          %63 = vector.shuffle %53, %56 [0, 2, 8, 10, 4, 6, 12, 14] : vector<8xf32>, vector<8xf32>
          %64 = vector.shuffle %53, %56 [1, 3, 9, 11, 5, 7, 13, 15] : vector<8xf32>, vector<8xf32>
          %65 = arith.addf %63, %64 : vector<8xf32>
          %66 = vector.shuffle %59, %62 [0, 2, 8, 10, 4, 6, 12, 14] : vector<8xf32>, vector<8xf32>
          %67 = vector.shuffle %59, %62 [1, 3, 9, 11, 5, 7, 13, 15] : vector<8xf32>, vector<8xf32>
          %68 = arith.addf %66, %67 : vector<8xf32>
          %69 = vector.shuffle %65, %68 [0, 1, 2, 3, 8, 9, 10, 11] : vector<8xf32>, vector<8xf32>
          %70 = vector.shuffle %65, %68 [4, 5, 6, 7, 12, 13, 14, 15] : vector<8xf32>, vector<8xf32>
          %71 = arith.addf %69, %70 : vector<8xf32>
          vector.store %71, %15[%34] : memref<32xf32>, vector<8xf32>
        }
        dsp_par.yield
      }
      dsp_par.loop free reads(%15 : memref<32xf32>) writes(%out0 : memref<?xf32>) {
        %out0_1 = dsp_par.window %out0[%first] : memref<?xf32> -> memref<?xf32>
        scf.for %i_1 = %1 to %length step %8 {
          %process = memref.load %15[%i_1] : memref<32xf32>
          memref.store %process, %out0_1[%i_1] : memref<?xf32>
        }
        dsp_par.yield
      }
    }
    func.return
  }
}
