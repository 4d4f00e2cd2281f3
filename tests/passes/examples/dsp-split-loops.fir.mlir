// An FIR filter of 16 taps: a loop over the taps, in which four vectors of eight frames are summed.
// pipeline: dsp-split-loops{loop-variant=1}
// before: %([1-9]|10) =
// after: scf.for .* -> .vector<8xf32>, 
// -----
builtin.module {
  dsp.program @example f32 metadata [["name", "example"]] ui {
    dsp.group vgroup "example" [] {
    }
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    %1 = dsp.constant {value = 5.000000e-02 : f32} : () -> !dsp.signal<f32, const>
    %2 = dsp.mul %1, %0 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %3 = dsp.constant {value = 1.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %4 = dsp.delay %0 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %5 = dsp.mul %3, %4 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %6 = dsp.add %2, %5 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %7 = dsp.constant {value = 1.500000e-01 : f32} : () -> !dsp.signal<f32, const>
    %8 = dsp.delay %0 {offset = 2 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %9 = dsp.mul %7, %8 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %10 = dsp.add %6, %9 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %11 = dsp.constant {value = 2.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %12 = dsp.delay %0 {offset = 3 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %13 = dsp.mul %11, %12 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %14 = dsp.add %10, %13 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %15 = dsp.constant {value = 2.500000e-01 : f32} : () -> !dsp.signal<f32, const>
    %16 = dsp.delay %0 {offset = 4 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %17 = dsp.mul %15, %16 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %18 = dsp.add %14, %17 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %19 = dsp.constant {value = 3.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %20 = dsp.delay %0 {offset = 5 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %21 = dsp.mul %19, %20 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %22 = dsp.add %18, %21 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %23 = dsp.constant {value = 3.500000e-01 : f32} : () -> !dsp.signal<f32, const>
    %24 = dsp.delay %0 {offset = 6 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %25 = dsp.mul %23, %24 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %26 = dsp.add %22, %25 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %27 = dsp.constant {value = 4.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %28 = dsp.delay %0 {offset = 7 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %29 = dsp.mul %27, %28 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %30 = dsp.add %26, %29 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %31 = dsp.constant {value = 4.500000e-01 : f32} : () -> !dsp.signal<f32, const>
    %32 = dsp.delay %0 {offset = 8 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %33 = dsp.mul %31, %32 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %34 = dsp.add %30, %33 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %35 = dsp.constant {value = 5.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %36 = dsp.delay %0 {offset = 9 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %37 = dsp.mul %35, %36 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %38 = dsp.add %34, %37 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %39 = dsp.constant {value = 5.500000e-01 : f32} : () -> !dsp.signal<f32, const>
    %40 = dsp.delay %0 {offset = 10 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %41 = dsp.mul %39, %40 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %42 = dsp.add %38, %41 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %43 = dsp.constant {value = 6.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %44 = dsp.delay %0 {offset = 11 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %45 = dsp.mul %43, %44 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %46 = dsp.add %42, %45 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %47 = dsp.constant {value = 6.500000e-01 : f32} : () -> !dsp.signal<f32, const>
    %48 = dsp.delay %0 {offset = 12 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %49 = dsp.mul %47, %48 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %50 = dsp.add %46, %49 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %51 = dsp.constant {value = 7.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %52 = dsp.delay %0 {offset = 13 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %53 = dsp.mul %51, %52 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %54 = dsp.add %50, %53 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %55 = dsp.constant {value = 7.500000e-01 : f32} : () -> !dsp.signal<f32, const>
    %56 = dsp.delay %0 {offset = 14 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %57 = dsp.mul %55, %56 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %58 = dsp.add %54, %57 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %59 = dsp.constant {value = 8.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %60 = dsp.delay %0 {offset = 15 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %61 = dsp.mul %59, %60 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %process = dsp.add %58, %61 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
}
// -----
builtin.module {
  dsp.lowered @example f32 inputs 1 outputs 1 metadata [["name", "example"]] ui {
    dsp.group vgroup "example" [] {
    }
  }
  dsp_mem.buffer @fVec0 : memref<15xf32> instance state
  dsp_mem.buffer @fZec0 : memref<47xf32> block scratch
  dsp_mem.buffer @process_block : memref<32xf32> block scratch
  dsp_mem.buffer @process_taps : memref<16xf32> class data {values = array<f32: 5.000000e-02, 1.000000e-01, 1.500000e-01, 2.000000e-01, 2.500000e-01, 3.000000e-01, 3.500000e-01, 4.000000e-01, 4.500000e-01, 5.000000e-01, 5.500000e-01, 6.000000e-01, 6.500000e-01, 7.000000e-01, 7.500000e-01, 8.000000e-01>}
  func.func @class_init(%0: i32) {
    func.return
  }
  func.func @instance_constants(%0: i32) {
    func.return
  }
  func.func @instance_clear() {
    %0 = arith.constant 0.000000e+00 : f32
    %1 = arith.constant 0 : index
    %2 = dsp_mem.get @fVec0 : memref<15xf32>
    %3 = arith.constant 15 : index
    %4 = arith.constant 1 : index
    scf.for %5 = %1 to %3 step %4 {
      memref.store %0, %2[%5] : memref<15xf32>
    }
    func.return
  }
  func.func @compute(%0: index, %in0: memref<?xf32>, %out0: memref<?xf32>) {
    %1 = arith.constant 0 : index
    %2 = dsp_mem.get @fVec0 : memref<15xf32>
    %3 = dsp_mem.get @fZec0 : memref<47xf32>
    %4 = arith.constant 15 : index
    %5 = arith.constant 1 : index
    %6 = dsp_mem.get @process_taps : memref<16xf32>
    %7 = arith.constant 7 : index
    %8 = arith.constant 8 : index
    %9 = arith.constant 0.000000e+00 : f32
    %10 = arith.constant 32 : index
    %11 = arith.constant dense<0.000000e+00> : vector<8xf32>
    %12 = arith.constant 16 : index
    %13 = arith.constant 24 : index
    %14 = dsp_mem.get @process_block : memref<32xf32>
    scf.for %first = %1 to %0 step %10 {
      %15 = arith.subi %0, %first : index
      %length = arith.minsi %15, %10 : index
      dsp_par.loop free reads(%in0 : memref<?xf32>) writes(%3, %2 : memref<47xf32>, memref<15xf32>) {
        %in0_1 = dsp_par.window %in0[%first] : memref<?xf32> -> memref<?xf32>
        scf.for %16 = %1 to %4 step %5 {
          %17 = memref.load %2[%16] : memref<15xf32>
          memref.store %17, %3[%16] : memref<47xf32>
        }
        %18 = dsp_par.window %3[%4] : memref<47xf32> -> memref<?xf32>
        scf.for %i = %1 to %length step %5 {
          %19 = memref.load %in0_1[%i] : memref<?xf32>
          memref.store %19, %18[%i] : memref<?xf32>
        }
        %20 = dsp_par.window %3[%length] : memref<47xf32> -> memref<?xf32>
        scf.for %21 = %1 to %4 step %5 {
          %22 = memref.load %20[%21] : memref<?xf32>
          memref.store %22, %2[%21] : memref<15xf32>
        }
        dsp_par.yield
      }
      dsp_par.loop free reads(%6 : memref<16xf32>) writes(%3, %14 : memref<47xf32>, memref<32xf32>) {
        %23 = dsp_par.window %3[%4] : memref<47xf32> -> memref<?xf32>
        %24 = arith.addi %length, %7 : index
        %25 = arith.remsi %24, %8 : index
        %26 = arith.subi %24, %25 : index
        scf.for %27 = %length to %26 step %5 {
          memref.store %9, %23[%27] : memref<?xf32>
        }
        %28 = dsp_par.window %3[%1] : memref<47xf32> -> memref<?xf32>
        %29 = arith.remsi %length, %10 : index
        %30 = arith.subi %length, %29 : index
        scf.for %31 = %1 to %30 step %10 {
          %32, %33, %34, %35 = scf.for %36 = %1 to %12 step %5 iter_args(%37 = %11, %38 = %11, %39 = %11, %40 = %11) -> (vector<8xf32>, vector<8xf32>, vector<8xf32>, vector<8xf32>) {
            %41 = memref.load %6[%36] : memref<16xf32>
            %42 = vector.broadcast %41 : f32 to vector<8xf32>
            %43 = arith.addi %31, %4 : index
            %44 = arith.subi %43, %36 : index
            %45 = arith.addi %44, %8 : index
            %46 = arith.addi %44, %12 : index
            %47 = arith.addi %44, %13 : index
            %48 = vector.load %28[%44] : memref<?xf32>, vector<8xf32>
            %49 = arith.mulf %42, %48 : vector<8xf32>
            %50 = arith.addf %49, %37 : vector<8xf32>
            %51 = vector.load %28[%45] : memref<?xf32>, vector<8xf32>
            %52 = arith.mulf %42, %51 : vector<8xf32>
            %53 = arith.addf %52, %38 : vector<8xf32>
            %54 = vector.load %28[%46] : memref<?xf32>, vector<8xf32>
            %55 = arith.mulf %42, %54 : vector<8xf32>
            %56 = arith.addf %55, %39 : vector<8xf32>
            %57 = vector.load %28[%47] : memref<?xf32>, vector<8xf32>
            %58 = arith.mulf %42, %57 : vector<8xf32>
            %59 = arith.addf %58, %40 : vector<8xf32>
            scf.yield %50, %53, %56, %59 : vector<8xf32>, vector<8xf32>, vector<8xf32>, vector<8xf32>
          }
          %60 = arith.addi %31, %8 : index
          %61 = arith.addi %31, %12 : index
          %62 = arith.addi %31, %13 : index
          vector.store %32, %14[%31] : memref<32xf32>, vector<8xf32>
          vector.store %33, %14[%60] : memref<32xf32>, vector<8xf32>
          vector.store %34, %14[%61] : memref<32xf32>, vector<8xf32>
          vector.store %35, %14[%62] : memref<32xf32>, vector<8xf32>
        }
        scf.for %63 = %30 to %length step %8 {
          %64 = scf.for %65 = %1 to %12 step %5 iter_args(%66 = %11) -> (vector<8xf32>) {
            %67 = memref.load %6[%65] : memref<16xf32>
            %68 = vector.broadcast %67 : f32 to vector<8xf32>
            %69 = arith.addi %63, %4 : index
            %70 = arith.subi %69, %65 : index
            %71 = vector.load %28[%70] : memref<?xf32>, vector<8xf32>
            %72 = arith.mulf %68, %71 : vector<8xf32>
            %73 = arith.addf %72, %66 : vector<8xf32>
            scf.yield %73 : vector<8xf32>
          }
          vector.store %64, %14[%63] : memref<32xf32>, vector<8xf32>
        }
        dsp_par.yield
      }
      dsp_par.loop free reads(%14 : memref<32xf32>) writes(%out0 : memref<?xf32>) {
        %out0_1 = dsp_par.window %out0[%first] : memref<?xf32> -> memref<?xf32>
        scf.for %i_1 = %1 to %length step %5 {
          %process = memref.load %14[%i_1] : memref<32xf32>
          memref.store %process, %out0_1[%i_1] : memref<?xf32>
        }
        dsp_par.yield
      }
    }
    func.return
  }
}
