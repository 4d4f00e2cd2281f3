// Of the 66AK2H's memories, 8 MB fit only into DDR; the position lies in MSMC.
// pipeline: dsp-place-allocations{machine=66ak2h}
// before: dsp_mem.buffer
// after: dsp_mem.buffer
// -----
builtin.module {
  dsp.lowered @example f32 inputs 1 outputs 1 metadata [["name", "example"]] ui {
    dsp.group vgroup "example" [] {
    }
  }
  dsp_mem.buffer @fVec0 : memref<2097152xf32> instance state
  dsp_mem.buffer @iPosition0 : memref<i32> instance state
  func.func @class_init(%0: i32) {
    func.return
  }
  func.func @instance_constants(%0: i32) {
    func.return
  }
  func.func @instance_clear() {
    %0 = arith.constant 0.000000e+00 : f32
    %1 = arith.constant 0 : index
    %2 = dsp_mem.get @fVec0 : memref<2097152xf32>
    %3 = arith.constant 2097152 : index
    %4 = arith.constant 1 : index
    %5 = arith.constant 0 : i32
    %6 = dsp_mem.get @iPosition0 : memref<i32>
    scf.for %7 = %1 to %3 step %4 {
      memref.store %0, %2[%7] : memref<2097152xf32>
    }
    memref.store %5, %6[] : memref<i32>
    func.return
  }
  func.func @compute(%0: index, %in0: memref<?xf32>, %out0: memref<?xf32>) {
    %1 = arith.constant 0 : index
    %2 = arith.constant 2097151 : i32
    %3 = dsp_mem.get @fVec0 : memref<2097152xf32>
    %4 = arith.constant 2000000 : i32
    %5 = arith.constant 1 : i32
    %6 = dsp_mem.get @iPosition0 : memref<i32>
    %7 = arith.constant 1 : index
    %8 = memref.load %6[] : memref<i32>
    %9 = scf.for %10 = %1 to %0 step %7 iter_args(%11 = %8) -> (i32) {
      %12 = memref.load %in0[%10] : memref<?xf32>
      %13 = arith.andi %11, %2 : i32
      %14 = arith.index_cast %13 : i32 to index
      memref.store %12, %3[%14] : memref<2097152xf32>
      %15 = arith.subi %11, %4 : i32
      %16 = arith.andi %15, %2 : i32
      %17 = arith.index_cast %16 : i32 to index
      %process = memref.load %3[%17] : memref<2097152xf32>
      %18 = arith.addi %11, %5 : i32
      memref.store %process, %out0[%10] : memref<?xf32>
      scf.yield %18 : i32
    }
    memref.store %9, %6[] : memref<i32>
    func.return
  }
}
// -----
builtin.module {
  dsp.lowered @example f32 inputs 1 outputs 1 metadata [["name", "example"]] ui {
    dsp.group vgroup "example" [] {
    }
  }
  dsp_mem.buffer @fVec0 : memref<2097152xf32> instance state {space = #dsp_mem.space<ddr>, allocator = "heap", offset = 0 : i64, staged = 0 : i64, copied = 4096 : i64}
  dsp_mem.buffer @iPosition0 : memref<i32> instance state {space = #dsp_mem.space<msmc>, allocator = "heap", offset = 0 : i64}
  func.func @class_init(%0: i32) {
    func.return
  }
  func.func @instance_constants(%0: i32) {
    func.return
  }
  func.func @instance_clear() {
    %0 = arith.constant 0.000000e+00 : f32
    %1 = arith.constant 0 : index
    %2 = dsp_mem.get @fVec0 : memref<2097152xf32>
    %3 = arith.constant 2097152 : index
    %4 = arith.constant 1 : index
    %5 = arith.constant 0 : i32
    %6 = dsp_mem.get @iPosition0 : memref<i32>
    scf.for %7 = %1 to %3 step %4 {
      memref.store %0, %2[%7] : memref<2097152xf32>
    }
    memref.store %5, %6[] : memref<i32>
    func.return
  }
  func.func @compute(%0: index, %in0: memref<?xf32>, %out0: memref<?xf32>) {
    %1 = arith.constant 0 : index
    %2 = arith.constant 2097151 : i32
    %3 = dsp_mem.get @fVec0 : memref<2097152xf32>
    %4 = arith.constant 2000000 : i32
    %5 = arith.constant 1 : i32
    %6 = dsp_mem.get @iPosition0 : memref<i32>
    %7 = arith.constant 1 : index
    %8 = memref.load %6[] : memref<i32>
    %9 = scf.for %10 = %1 to %0 step %7 iter_args(%11 = %8) -> (i32) {
      %12 = memref.load %in0[%10] : memref<?xf32>
      %13 = arith.andi %11, %2 : i32
      %14 = arith.index_cast %13 : i32 to index
      memref.store %12, %3[%14] : memref<2097152xf32>
      %15 = arith.subi %11, %4 : i32
      %16 = arith.andi %15, %2 : i32
      %17 = arith.index_cast %16 : i32 to index
      %process = memref.load %3[%17] : memref<2097152xf32>
      %18 = arith.addi %11, %5 : i32
      memref.store %process, %out0[%10] : memref<?xf32>
      scf.yield %18 : i32
    }
    memref.store %9, %6[] : memref<i32>
    func.return
  }
}
