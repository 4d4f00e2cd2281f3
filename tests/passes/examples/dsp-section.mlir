// The two recursions are one level, of two sections; the frames of the loop that reads their rows are shared out.
// pipeline: dsp-section
// before: scf.for %first
// after: dsp_par.parallel
// fold: dsp_par.loop
// -----
builtin.module {
  dsp.lowered @example f32 inputs 2 outputs 1 metadata [["name", "example"]] ui {
    dsp.group vgroup "example" [] {
    }
  }
  dsp_mem.buffer @fRec0 : memref<f32> instance state
  dsp_mem.buffer @fZec0 : memref<32xf32> block scratch
  dsp_mem.buffer @fRec1 : memref<f32> instance state
  dsp_mem.buffer @fZec1 : memref<32xf32> block scratch
  func.func @class_init(%0: i32) {
    func.return
  }
  func.func @instance_constants(%0: i32) {
    func.return
  }
  func.func @instance_clear() {
    %0 = arith.constant 0.000000e+00 : f32
    %1 = dsp_mem.get @fRec0 : memref<f32>
    %2 = dsp_mem.get @fRec1 : memref<f32>
    memref.store %0, %1[] : memref<f32>
    memref.store %0, %2[] : memref<f32>
    func.return
  }
  func.func @compute(%0: index, %in0: memref<?xf32>, %in1: memref<?xf32>, %out0: memref<?xf32>) {
    %1 = arith.constant 0 : index
    %2 = arith.constant 5.000000e-01 : f32
    %3 = dsp_mem.get @fZec0 : memref<32xf32>
    %4 = dsp_mem.get @fRec0 : memref<f32>
    %5 = arith.constant 1 : index
    %6 = arith.constant 2.500000e-01 : f32
    %7 = dsp_mem.get @fZec1 : memref<32xf32>
    %8 = dsp_mem.get @fRec1 : memref<f32>
    %9 = arith.constant 32 : index
    scf.for %first = %1 to %0 step %9 {
      %10 = arith.subi %0, %first : index
      %length = arith.minsi %10, %9 : index
      dsp_par.loop recursive reads(%in0 : memref<?xf32>) writes(%3, %4 : memref<32xf32>, memref<f32>) {
        %in0_1 = dsp_par.window %in0[%first] : memref<?xf32> -> memref<?xf32>
        %11 = memref.load %4[] : memref<f32>
        %12 = scf.for %i = %1 to %length step %5 iter_args(%13 = %11) -> (f32) {
          %14 = arith.mulf %2, %13 : f32
          %15 = math.sin %14 : f32
          %16 = memref.load %in0_1[%i] : memref<?xf32>
          %17 = arith.addf %15, %16 {dsp.first = 1 : i64} : f32
          memref.store %17, %3[%i] : memref<32xf32>
          scf.yield %17 : f32
        }
        memref.store %12, %4[] : memref<f32>
        dsp_par.yield
      }
      dsp_par.loop recursive reads(%in1 : memref<?xf32>) writes(%7, %8 : memref<32xf32>, memref<f32>) {
        %in1_1 = dsp_par.window %in1[%first] : memref<?xf32> -> memref<?xf32>
        %18 = memref.load %8[] : memref<f32>
        %19 = scf.for %i_1 = %1 to %length step %5 iter_args(%20 = %18) -> (f32) {
          %21 = arith.mulf %6, %20 : f32
          %22 = math.cos %21 : f32
          %23 = memref.load %in1_1[%i_1] : memref<?xf32>
          %24 = arith.addf %22, %23 {dsp.first = 1 : i64} : f32
          memref.store %24, %7[%i_1] : memref<32xf32>
          scf.yield %24 : f32
        }
        memref.store %19, %8[] : memref<f32>
        dsp_par.yield
      }
      dsp_par.loop free reads(%3, %7 : memref<32xf32>, memref<32xf32>) writes(%out0 : memref<?xf32>) {
        %out0_1 = dsp_par.window %out0[%first] : memref<?xf32> -> memref<?xf32>
        scf.for %i_2 = %1 to %length step %5 {
          %25 = memref.load %3[%i_2] : memref<32xf32>
          %26 = math.tan %25 : f32
          %27 = memref.load %7[%i_2] : memref<32xf32>
          %28 = arith.addf %26, %27 : f32
          %process = math.exp %28 : f32
          memref.store %process, %out0_1[%i_2] : memref<?xf32>
        }
        dsp_par.yield
      }
    }
    func.return
  }
}
// -----
builtin.module {
  dsp.lowered @example f32 inputs 2 outputs 1 metadata [["name", "example"]] ui {
    dsp.group vgroup "example" [] {
    }
  }
  dsp_mem.buffer @fRec0 : memref<f32> instance state
  dsp_mem.buffer @fZec0 : memref<32xf32> block scratch
  dsp_mem.buffer @fRec1 : memref<f32> instance state
  dsp_mem.buffer @fZec1 : memref<32xf32> block scratch
  func.func @class_init(%0: i32) {
    func.return
  }
  func.func @instance_constants(%0: i32) {
    func.return
  }
  func.func @instance_clear() {
    %0 = arith.constant 0.000000e+00 : f32
    %1 = dsp_mem.get @fRec0 : memref<f32>
    %2 = dsp_mem.get @fRec1 : memref<f32>
    memref.store %0, %1[] : memref<f32>
    memref.store %0, %2[] : memref<f32>
    func.return
  }
  func.func @compute(%0: index, %in0: memref<?xf32>, %in1: memref<?xf32>, %out0: memref<?xf32>) {
    %1 = arith.constant 0 : index
    %2 = arith.constant 5.000000e-01 : f32
    %3 = dsp_mem.get @fZec0 : memref<32xf32>
    %4 = dsp_mem.get @fRec0 : memref<f32>
    %5 = arith.constant 1 : index
    %6 = arith.constant 2.500000e-01 : f32
    %7 = dsp_mem.get @fZec1 : memref<32xf32>
    %8 = dsp_mem.get @fRec1 : memref<f32>
    %9 = arith.constant 32 : index
    dsp_par.parallel {
      scf.for %first = %1 to %0 step %9 {
        %10 = arith.subi %0, %first : index
        %length = arith.minsi %10, %9 : index
        dsp_par.sections {
          dsp_par.section {
            dsp_par.loop recursive reads(%in0 : memref<?xf32>) writes(%3, %4 : memref<32xf32>, memref<f32>) {
              %in0_1 = dsp_par.window %in0[%first] : memref<?xf32> -> memref<?xf32>
              %11 = memref.load %4[] : memref<f32>
              %12 = scf.for %i = %1 to %length step %5 iter_args(%13 = %11) -> (f32) {
                %14 = arith.mulf %2, %13 : f32
                %15 = math.sin %14 : f32
                %16 = memref.load %in0_1[%i] : memref<?xf32>
                %17 = arith.addf %15, %16 {dsp.first = 1 : i64} : f32
                memref.store %17, %3[%i] : memref<32xf32>
                scf.yield %17 : f32
              }
              memref.store %12, %4[] : memref<f32>
              dsp_par.yield
            }
            dsp_par.yield
          }
          dsp_par.section {
            dsp_par.loop recursive reads(%in1 : memref<?xf32>) writes(%7, %8 : memref<32xf32>, memref<f32>) {
              %in1_1 = dsp_par.window %in1[%first] : memref<?xf32> -> memref<?xf32>
              %18 = memref.load %8[] : memref<f32>
              %19 = scf.for %i_1 = %1 to %length step %5 iter_args(%20 = %18) -> (f32) {
                %21 = arith.mulf %6, %20 : f32
                %22 = math.cos %21 : f32
                %23 = memref.load %in1_1[%i_1] : memref<?xf32>
                %24 = arith.addf %22, %23 {dsp.first = 1 : i64} : f32
                memref.store %24, %7[%i_1] : memref<32xf32>
                scf.yield %24 : f32
              }
              memref.store %19, %8[] : memref<f32>
              dsp_par.yield
            }
            dsp_par.yield
          }
          dsp_par.yield
        }
        dsp_par.for {
          dsp_par.loop free reads(%3, %7 : memref<32xf32>, memref<32xf32>) writes(%out0 : memref<?xf32>) {
            %out0_1 = dsp_par.window %out0[%first] : memref<?xf32> -> memref<?xf32>
            scf.for %i_2 = %1 to %length step %5 {
              %25 = memref.load %3[%i_2] : memref<32xf32>
              %26 = math.tan %25 : f32
              %27 = memref.load %7[%i_2] : memref<32xf32>
              %28 = arith.addf %26, %27 : f32
              %process = math.exp %28 : f32
              memref.store %process, %out0_1[%i_2] : memref<?xf32>
            }
            dsp_par.yield
          }
          dsp_par.yield
        }
      }
      dsp_par.yield
    }
    func.return
  }
}
