// RUN: dsp-choose-chunk,dsp-pack-recursions
builtin.module {
  // The nodes of a string are the lanes of position 0; their sum is one over lanes.
  // CHECK-LABEL: dsp.program @grid
  // CHECK: dsp.pack @pack0 lanes 8 width 8 {gain = {{[0-9.e+]+}} : f64, grid = 0 : i64}
  // CHECK-NOT: dsp.pack
  // CHECK: dsp.rec
  // CHECK: dsp.add {{.*}}#dsp.lane<@pack0, 0, 0>
  // CHECK: dsp.add {{.*}}#dsp.lane<@pack0, 0, 1>
  // CHECK: dsp.add {{.*}}#dsp.lane<@pack0, 0, 2>
  // CHECK: dsp.add {{.*}}#dsp.lane<@pack0, 0, 3>
  // CHECK: dsp.add {{.*}}#dsp.lane<@pack0, 0, 4>
  // CHECK: dsp.add {{.*}}#dsp.lane<@pack0, 0, 5>
  // CHECK: dsp.add {{.*}}#dsp.lane<@pack0, 0, 6>
  // CHECK: dsp.add {{.*}}#dsp.lane<@pack0, 0, 7>
  // CHECK: #dsp.summed<@pack0, 0>
  dsp.program @grid f32 metadata [] ui {
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    %1 = dsp.constant {value = 8.000000e+00 : f32} : () -> !dsp.signal<f32, const>
    %2 = dsp.mul %1, %0 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %3 = dsp.constant {value = 2.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %4 = dsp.constant {value = 7.000000e+00 : f32} : () -> !dsp.signal<f32, const>
    %5 = dsp.mul %4, %0 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %6 = dsp.constant {value = 6.000000e+00 : f32} : () -> !dsp.signal<f32, const>
    %7 = dsp.mul %6, %0 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %8 = dsp.constant {value = 5.000000e+00 : f32} : () -> !dsp.signal<f32, const>
    %9 = dsp.mul %8, %0 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %10 = dsp.constant {value = 4.000000e+00 : f32} : () -> !dsp.signal<f32, const>
    %11 = dsp.mul %10, %0 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %12 = dsp.constant {value = 3.000000e+00 : f32} : () -> !dsp.signal<f32, const>
    %13 = dsp.mul %12, %0 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %14 = dsp.constant {value = 2.000000e+00 : f32} : () -> !dsp.signal<f32, const>
    %15 = dsp.mul %14, %0 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %16 = dsp.constant {value = 1.500000e+00 : f32} : () -> !dsp.signal<f32, const>
    %17 = dsp.constant {value = -9.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %18, %19, %20, %21, %22, %23, %24, %25 = dsp.rec {
    ^bb0(%26: !dsp.signal<f32, sample>, %27: !dsp.signal<f32, sample>, %28: !dsp.signal<f32, sample>, %29: !dsp.signal<f32, sample>, %30: !dsp.signal<f32, sample>, %31: !dsp.signal<f32, sample>, %32: !dsp.signal<f32, sample>, %33: !dsp.signal<f32, sample>):
      %34 = dsp.delay %32 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %35 = dsp.mul %3, %34 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %36 = dsp.delay %33 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %37 = dsp.mul %16, %36 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %38 = dsp.add %2, %37 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %39 = dsp.delay %33 {offset = 2 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %40 = dsp.mul %17, %39 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %41 = dsp.add %38, %40 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %42 = dsp.delay %31 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %43 = dsp.mul %3, %42 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %44 = dsp.mul %16, %34 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %45 = dsp.add %5, %44 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %46 = dsp.mul %3, %36 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %47 = dsp.add %45, %46 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %48 = dsp.delay %32 {offset = 2 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %49 = dsp.mul %17, %48 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %50 = dsp.add %47, %49 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %51 = dsp.delay %30 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %52 = dsp.mul %3, %51 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %53 = dsp.add %52, %7 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %54 = dsp.mul %16, %42 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %55 = dsp.add %54, %53 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %56 = dsp.delay %31 {offset = 2 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %57 = dsp.mul %17, %56 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %58 = dsp.add %55, %57 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %59 = dsp.delay %29 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %60 = dsp.mul %3, %59 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %61 = dsp.mul %16, %51 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %62 = dsp.add %9, %61 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %63 = dsp.add %60, %62 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %64 = dsp.delay %30 {offset = 2 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %65 = dsp.mul %17, %64 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %66 = dsp.add %63, %65 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %67 = dsp.delay %28 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %68 = dsp.mul %3, %67 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %69 = dsp.add %68, %11 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %70 = dsp.mul %16, %59 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %71 = dsp.add %70, %69 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %72 = dsp.delay %29 {offset = 2 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %73 = dsp.mul %17, %72 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %74 = dsp.add %71, %73 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %75 = dsp.delay %27 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %76 = dsp.mul %3, %75 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %77 = dsp.mul %16, %67 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %78 = dsp.add %13, %77 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %79 = dsp.add %76, %78 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %80 = dsp.delay %28 {offset = 2 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %81 = dsp.mul %17, %80 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %82 = dsp.add %79, %81 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %83 = dsp.delay %26 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %84 = dsp.mul %3, %83 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %85 = dsp.add %84, %15 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %86 = dsp.mul %16, %75 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %87 = dsp.add %86, %85 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %88 = dsp.delay %27 {offset = 2 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %89 = dsp.mul %17, %88 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %90 = dsp.add %87, %89 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %91 = dsp.mul %16, %83 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %92 = dsp.add %91, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %93 = dsp.delay %26 {offset = 2 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %94 = dsp.mul %17, %93 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %95 = dsp.add %92, %94 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %96 = dsp.add %76, %95 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %97 = dsp.add %68, %90 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %98 = dsp.add %60, %82 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %99 = dsp.add %52, %74 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %100 = dsp.add %43, %66 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %101 = dsp.add %35, %58 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %102 = dsp.add %43, %50 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %103 = dsp.add %35, %41 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %96, %97, %98, %99, %100, %101, %102, %103 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>, !dsp.signal<f32, sample>, !dsp.signal<f32, sample>, !dsp.signal<f32, sample>, !dsp.signal<f32, sample>, !dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> ()
    }
    %104 = dsp.add %19, %18 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %105 = dsp.add %20, %104 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %106 = dsp.add %21, %105 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %107 = dsp.add %22, %106 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %108 = dsp.add %23, %107 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %109 = dsp.add %24, %108 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %process = dsp.add %25, %109 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
}
