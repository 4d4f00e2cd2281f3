// A memory manager of Faust's latest headers allocates both delay lines.
// pipeline: dsp-assign-allocators{interface=info6}
// before: dsp.lowered|dsp_mem.buffer
// after: dsp.lowered|dsp_mem.buffer
// fold: dsp.lowered
// -----
builtin.module {
  dsp.lowered @example f32 inputs 2 outputs 2 metadata [["name", "example"]] ui {
    dsp.group vgroup "example" [] {
    }
  }
  dsp_mem.buffer @fVec0 : memref<1024xf32> instance state
  dsp_mem.buffer @iPosition0 : memref<i32> instance state
  dsp_mem.buffer @fVec1 : memref<128xf32> instance state
  func.func @class_init(%0: i32) {
    func.return
  }
  func.func @instance_constants(%0: i32) {
    func.return
  }
  func.func @instance_clear() {
    %0 = arith.constant 0.000000e+00 : f32
    %1 = arith.constant 0 : index
    %2 = dsp_mem.get @fVec0 : memref<1024xf32>
    %3 = arith.constant 1024 : index
    %4 = arith.constant 1 : index
    %5 = arith.constant 0 : i32
    %6 = dsp_mem.get @iPosition0 : memref<i32>
    %7 = dsp_mem.get @fVec1 : memref<128xf32>
    %8 = arith.constant 128 : index
    scf.for %9 = %1 to %3 step %4 {
      memref.store %0, %2[%9] : memref<1024xf32>
    }
    memref.store %5, %6[] : memref<i32>
    scf.for %10 = %1 to %8 step %4 {
      memref.store %0, %7[%10] : memref<128xf32>
    }
    func.return
  }
  func.func @compute(%0: index, %in0: memref<?xf32>, %in1: memref<?xf32>, %out0: memref<?xf32>, %out1: memref<?xf32>) {
    %1 = arith.constant 0 : index
    %2 = arith.constant 1023 : i32
    %3 = dsp_mem.get @fVec0 : memref<1024xf32>
    %4 = arith.constant 127 : i32
    %5 = dsp_mem.get @fVec1 : memref<128xf32>
    %6 = arith.constant 1000 : i32
    %7 = arith.constant 100 : i32
    %8 = arith.constant 1 : i32
    %9 = dsp_mem.get @iPosition0 : memref<i32>
    %10 = arith.constant 1 : index
    %11 = memref.load %9[] : memref<i32>
    %12 = scf.for %13 = %1 to %0 step %10 iter_args(%14 = %11) -> (i32) {
      %15 = memref.load %in0[%13] : memref<?xf32>
      %16 = arith.andi %14, %2 : i32
      %17 = arith.index_cast %16 : i32 to index
      memref.store %15, %3[%17] : memref<1024xf32>
      %18 = memref.load %in1[%13] : memref<?xf32>
      %19 = arith.andi %14, %4 : i32
      %20 = arith.index_cast %19 : i32 to index
      memref.store %18, %5[%20] : memref<128xf32>
      %21 = arith.subi %14, %6 : i32
      %22 = arith.andi %21, %2 : i32
      %23 = arith.index_cast %22 : i32 to index
      %24 = memref.load %3[%23] : memref<1024xf32>
      %25 = arith.subi %14, %7 : i32
      %26 = arith.andi %25, %4 : i32
      %27 = arith.index_cast %26 : i32 to index
      %28 = memref.load %5[%27] : memref<128xf32>
      %29 = arith.addi %14, %8 : i32
      memref.store %24, %out0[%13] : memref<?xf32>
      memref.store %28, %out1[%13] : memref<?xf32>
      scf.yield %29 : i32
    }
    memref.store %12, %9[] : memref<i32>
    func.return
  }
}
// -----
builtin.module {
  dsp.lowered @example f32 inputs 2 outputs 2 metadata [["name", "example"]] attributes {memory_interface = "info6"} ui {
    dsp.group vgroup "example" [] {
    }
  }
  dsp_mem.buffer @fVec0 : memref<1024xf32> instance state {allocator = "manager"}
  dsp_mem.buffer @iPosition0 : memref<i32> instance state
  dsp_mem.buffer @fVec1 : memref<128xf32> instance state {allocator = "manager"}
  func.func @class_init(%0: i32) {
    func.return
  }
  func.func @instance_constants(%0: i32) {
    func.return
  }
  func.func @instance_clear() {
    %0 = arith.constant 0.000000e+00 : f32
    %1 = arith.constant 0 : index
    %2 = dsp_mem.get @fVec0 : memref<1024xf32>
    %3 = arith.constant 1024 : index
    %4 = arith.constant 1 : index
    %5 = arith.constant 0 : i32
    %6 = dsp_mem.get @iPosition0 : memref<i32>
    %7 = dsp_mem.get @fVec1 : memref<128xf32>
    %8 = arith.constant 128 : index
    scf.for %9 = %1 to %3 step %4 {
      memref.store %0, %2[%9] : memref<1024xf32>
    }
    memref.store %5, %6[] : memref<i32>
    scf.for %10 = %1 to %8 step %4 {
      memref.store %0, %7[%10] : memref<128xf32>
    }
    func.return
  }
  func.func @compute(%0: index, %in0: memref<?xf32>, %in1: memref<?xf32>, %out0: memref<?xf32>, %out1: memref<?xf32>) {
    %1 = arith.constant 0 : index
    %2 = arith.constant 1023 : i32
    %3 = dsp_mem.get @fVec0 : memref<1024xf32>
    %4 = arith.constant 127 : i32
    %5 = dsp_mem.get @fVec1 : memref<128xf32>
    %6 = arith.constant 1000 : i32
    %7 = arith.constant 100 : i32
    %8 = arith.constant 1 : i32
    %9 = dsp_mem.get @iPosition0 : memref<i32>
    %10 = arith.constant 1 : index
    %11 = memref.load %9[] : memref<i32>
    %12 = scf.for %13 = %1 to %0 step %10 iter_args(%14 = %11) -> (i32) {
      %15 = memref.load %in0[%13] : memref<?xf32>
      %16 = arith.andi %14, %2 : i32
      %17 = arith.index_cast %16 : i32 to index
      memref.store %15, %3[%17] : memref<1024xf32>
      %18 = memref.load %in1[%13] : memref<?xf32>
      %19 = arith.andi %14, %4 : i32
      %20 = arith.index_cast %19 : i32 to index
      memref.store %18, %5[%20] : memref<128xf32>
      %21 = arith.subi %14, %6 : i32
      %22 = arith.andi %21, %2 : i32
      %23 = arith.index_cast %22 : i32 to index
      %24 = memref.load %3[%23] : memref<1024xf32>
      %25 = arith.subi %14, %7 : i32
      %26 = arith.andi %25, %4 : i32
      %27 = arith.index_cast %26 : i32 to index
      %28 = memref.load %5[%27] : memref<128xf32>
      %29 = arith.addi %14, %8 : i32
      memref.store %24, %out0[%13] : memref<?xf32>
      memref.store %28, %out1[%13] : memref<?xf32>
      scf.yield %29 : i32
    }
    memref.store %12, %9[] : memref<i32>
    func.return
  }
}
