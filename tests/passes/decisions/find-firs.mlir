// RUN: dsp-choose-chunk,dsp-pack-recursions,dsp-find-firs
builtin.module {
  // Forty taps with coefficients.
  // CHECK-LABEL: dsp.program @forty
  // CHECK: dsp.fir @fir0 of @line taps 40 from 0
  // CHECK-NEXT: {{%|dsp.yield}}
  dsp.program @forty f32 metadata [] ui {
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    %1 = dsp.constant {value = 1.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %2 = dsp.mul %1, %0 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %3 = dsp.constant {value = 1.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %4 = dsp.delay %0 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %5 = dsp.mul %3, %4 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %6 = dsp.add %2, %5 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %7 = dsp.constant {value = 2.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %8 = dsp.delay %0 {offset = 2 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %9 = dsp.mul %7, %8 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %10 = dsp.add %6, %9 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %11 = dsp.constant {value = 3.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %12 = dsp.delay %0 {offset = 3 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %13 = dsp.mul %11, %12 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %14 = dsp.add %10, %13 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %15 = dsp.constant {value = 4.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %16 = dsp.delay %0 {offset = 4 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %17 = dsp.mul %15, %16 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %18 = dsp.add %14, %17 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %19 = dsp.constant {value = 5.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %20 = dsp.delay %0 {offset = 5 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %21 = dsp.mul %19, %20 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %22 = dsp.add %18, %21 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %23 = dsp.constant {value = 6.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %24 = dsp.delay %0 {offset = 6 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %25 = dsp.mul %23, %24 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %26 = dsp.add %22, %25 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %27 = dsp.constant {value = 7.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %28 = dsp.delay %0 {offset = 7 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %29 = dsp.mul %27, %28 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %30 = dsp.add %26, %29 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %31 = dsp.constant {value = 8.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %32 = dsp.delay %0 {offset = 8 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %33 = dsp.mul %31, %32 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %34 = dsp.add %30, %33 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %35 = dsp.constant {value = 9.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %36 = dsp.delay %0 {offset = 9 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %37 = dsp.mul %35, %36 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %38 = dsp.add %34, %37 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %39 = dsp.constant {value = 1.010000e+01 : f32} : () -> !dsp.signal<f32, const>
    %40 = dsp.delay %0 {offset = 10 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %41 = dsp.mul %39, %40 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %42 = dsp.add %38, %41 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %43 = dsp.constant {value = 1.110000e+01 : f32} : () -> !dsp.signal<f32, const>
    %44 = dsp.delay %0 {offset = 11 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %45 = dsp.mul %43, %44 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %46 = dsp.add %42, %45 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %47 = dsp.constant {value = 1.210000e+01 : f32} : () -> !dsp.signal<f32, const>
    %48 = dsp.delay %0 {offset = 12 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %49 = dsp.mul %47, %48 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %50 = dsp.add %46, %49 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %51 = dsp.constant {value = 1.310000e+01 : f32} : () -> !dsp.signal<f32, const>
    %52 = dsp.delay %0 {offset = 13 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %53 = dsp.mul %51, %52 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %54 = dsp.add %50, %53 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %55 = dsp.constant {value = 1.410000e+01 : f32} : () -> !dsp.signal<f32, const>
    %56 = dsp.delay %0 {offset = 14 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %57 = dsp.mul %55, %56 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %58 = dsp.add %54, %57 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %59 = dsp.constant {value = 1.510000e+01 : f32} : () -> !dsp.signal<f32, const>
    %60 = dsp.delay %0 {offset = 15 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %61 = dsp.mul %59, %60 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %62 = dsp.add %58, %61 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %63 = dsp.constant {value = 1.610000e+01 : f32} : () -> !dsp.signal<f32, const>
    %64 = dsp.delay %0 {offset = 16 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %65 = dsp.mul %63, %64 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %66 = dsp.add %62, %65 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %67 = dsp.constant {value = 1.710000e+01 : f32} : () -> !dsp.signal<f32, const>
    %68 = dsp.delay %0 {offset = 17 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %69 = dsp.mul %67, %68 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %70 = dsp.add %66, %69 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %71 = dsp.constant {value = 1.810000e+01 : f32} : () -> !dsp.signal<f32, const>
    %72 = dsp.delay %0 {offset = 18 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %73 = dsp.mul %71, %72 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %74 = dsp.add %70, %73 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %75 = dsp.constant {value = 1.910000e+01 : f32} : () -> !dsp.signal<f32, const>
    %76 = dsp.delay %0 {offset = 19 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %77 = dsp.mul %75, %76 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %78 = dsp.add %74, %77 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %79 = dsp.constant {value = 2.010000e+01 : f32} : () -> !dsp.signal<f32, const>
    %80 = dsp.delay %0 {offset = 20 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %81 = dsp.mul %79, %80 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %82 = dsp.add %78, %81 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %83 = dsp.constant {value = 2.110000e+01 : f32} : () -> !dsp.signal<f32, const>
    %84 = dsp.delay %0 {offset = 21 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %85 = dsp.mul %83, %84 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %86 = dsp.add %82, %85 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %87 = dsp.constant {value = 2.210000e+01 : f32} : () -> !dsp.signal<f32, const>
    %88 = dsp.delay %0 {offset = 22 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %89 = dsp.mul %87, %88 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %90 = dsp.add %86, %89 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %91 = dsp.constant {value = 2.310000e+01 : f32} : () -> !dsp.signal<f32, const>
    %92 = dsp.delay %0 {offset = 23 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %93 = dsp.mul %91, %92 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %94 = dsp.add %90, %93 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %95 = dsp.constant {value = 2.410000e+01 : f32} : () -> !dsp.signal<f32, const>
    %96 = dsp.delay %0 {offset = 24 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %97 = dsp.mul %95, %96 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %98 = dsp.add %94, %97 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %99 = dsp.constant {value = 2.510000e+01 : f32} : () -> !dsp.signal<f32, const>
    %100 = dsp.delay %0 {offset = 25 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %101 = dsp.mul %99, %100 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %102 = dsp.add %98, %101 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %103 = dsp.constant {value = 2.610000e+01 : f32} : () -> !dsp.signal<f32, const>
    %104 = dsp.delay %0 {offset = 26 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %105 = dsp.mul %103, %104 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %106 = dsp.add %102, %105 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %107 = dsp.constant {value = 2.710000e+01 : f32} : () -> !dsp.signal<f32, const>
    %108 = dsp.delay %0 {offset = 27 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %109 = dsp.mul %107, %108 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %110 = dsp.add %106, %109 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %111 = dsp.constant {value = 2.810000e+01 : f32} : () -> !dsp.signal<f32, const>
    %112 = dsp.delay %0 {offset = 28 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %113 = dsp.mul %111, %112 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %114 = dsp.add %110, %113 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %115 = dsp.constant {value = 2.910000e+01 : f32} : () -> !dsp.signal<f32, const>
    %116 = dsp.delay %0 {offset = 29 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %117 = dsp.mul %115, %116 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %118 = dsp.add %114, %117 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %119 = dsp.constant {value = 3.010000e+01 : f32} : () -> !dsp.signal<f32, const>
    %120 = dsp.delay %0 {offset = 30 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %121 = dsp.mul %119, %120 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %122 = dsp.add %118, %121 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %123 = dsp.constant {value = 3.110000e+01 : f32} : () -> !dsp.signal<f32, const>
    %124 = dsp.delay %0 {offset = 31 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %125 = dsp.mul %123, %124 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %126 = dsp.add %122, %125 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %127 = dsp.constant {value = 3.210000e+01 : f32} : () -> !dsp.signal<f32, const>
    %128 = dsp.delay %0 {offset = 32 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %129 = dsp.mul %127, %128 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %130 = dsp.add %126, %129 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %131 = dsp.constant {value = 3.310000e+01 : f32} : () -> !dsp.signal<f32, const>
    %132 = dsp.delay %0 {offset = 33 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %133 = dsp.mul %131, %132 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %134 = dsp.add %130, %133 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %135 = dsp.constant {value = 3.410000e+01 : f32} : () -> !dsp.signal<f32, const>
    %136 = dsp.delay %0 {offset = 34 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %137 = dsp.mul %135, %136 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %138 = dsp.add %134, %137 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %139 = dsp.constant {value = 3.510000e+01 : f32} : () -> !dsp.signal<f32, const>
    %140 = dsp.delay %0 {offset = 35 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %141 = dsp.mul %139, %140 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %142 = dsp.add %138, %141 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %143 = dsp.constant {value = 3.610000e+01 : f32} : () -> !dsp.signal<f32, const>
    %144 = dsp.delay %0 {offset = 36 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %145 = dsp.mul %143, %144 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %146 = dsp.add %142, %145 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %147 = dsp.constant {value = 3.710000e+01 : f32} : () -> !dsp.signal<f32, const>
    %148 = dsp.delay %0 {offset = 37 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %149 = dsp.mul %147, %148 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %150 = dsp.add %146, %149 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %151 = dsp.constant {value = 3.810000e+01 : f32} : () -> !dsp.signal<f32, const>
    %152 = dsp.delay %0 {offset = 38 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %153 = dsp.mul %151, %152 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %154 = dsp.add %150, %153 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %155 = dsp.constant {value = 3.910000e+01 : f32} : () -> !dsp.signal<f32, const>
    %156 = dsp.delay %0 {offset = 39 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %157 = dsp.mul %155, %156 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %process = dsp.add %154, %157 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
  // The fewest taps.
  // CHECK-LABEL: dsp.program @sixteen
  // CHECK: dsp.fir @fir0 of @line taps 16 from 0
  // CHECK-NEXT: {{%|dsp.yield}}
  dsp.program @sixteen f32 metadata [] ui {
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    %1 = dsp.constant {value = 1.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %2 = dsp.mul %1, %0 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %3 = dsp.constant {value = 1.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %4 = dsp.delay %0 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %5 = dsp.mul %3, %4 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %6 = dsp.add %2, %5 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %7 = dsp.constant {value = 2.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %8 = dsp.delay %0 {offset = 2 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %9 = dsp.mul %7, %8 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %10 = dsp.add %6, %9 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %11 = dsp.constant {value = 3.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %12 = dsp.delay %0 {offset = 3 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %13 = dsp.mul %11, %12 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %14 = dsp.add %10, %13 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %15 = dsp.constant {value = 4.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %16 = dsp.delay %0 {offset = 4 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %17 = dsp.mul %15, %16 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %18 = dsp.add %14, %17 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %19 = dsp.constant {value = 5.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %20 = dsp.delay %0 {offset = 5 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %21 = dsp.mul %19, %20 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %22 = dsp.add %18, %21 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %23 = dsp.constant {value = 6.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %24 = dsp.delay %0 {offset = 6 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %25 = dsp.mul %23, %24 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %26 = dsp.add %22, %25 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %27 = dsp.constant {value = 7.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %28 = dsp.delay %0 {offset = 7 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %29 = dsp.mul %27, %28 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %30 = dsp.add %26, %29 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %31 = dsp.constant {value = 8.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %32 = dsp.delay %0 {offset = 8 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %33 = dsp.mul %31, %32 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %34 = dsp.add %30, %33 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %35 = dsp.constant {value = 9.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %36 = dsp.delay %0 {offset = 9 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %37 = dsp.mul %35, %36 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %38 = dsp.add %34, %37 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %39 = dsp.constant {value = 1.010000e+01 : f32} : () -> !dsp.signal<f32, const>
    %40 = dsp.delay %0 {offset = 10 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %41 = dsp.mul %39, %40 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %42 = dsp.add %38, %41 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %43 = dsp.constant {value = 1.110000e+01 : f32} : () -> !dsp.signal<f32, const>
    %44 = dsp.delay %0 {offset = 11 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %45 = dsp.mul %43, %44 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %46 = dsp.add %42, %45 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %47 = dsp.constant {value = 1.210000e+01 : f32} : () -> !dsp.signal<f32, const>
    %48 = dsp.delay %0 {offset = 12 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %49 = dsp.mul %47, %48 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %50 = dsp.add %46, %49 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %51 = dsp.constant {value = 1.310000e+01 : f32} : () -> !dsp.signal<f32, const>
    %52 = dsp.delay %0 {offset = 13 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %53 = dsp.mul %51, %52 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %54 = dsp.add %50, %53 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %55 = dsp.constant {value = 1.410000e+01 : f32} : () -> !dsp.signal<f32, const>
    %56 = dsp.delay %0 {offset = 14 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %57 = dsp.mul %55, %56 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %58 = dsp.add %54, %57 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %59 = dsp.constant {value = 1.510000e+01 : f32} : () -> !dsp.signal<f32, const>
    %60 = dsp.delay %0 {offset = 15 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %61 = dsp.mul %59, %60 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %process = dsp.add %58, %61 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
  // Fewer taps are a sum in registers.
  // CHECK-LABEL: dsp.program @fifteen
  // CHECK-NOT: dsp.fir @
  dsp.program @fifteen f32 metadata [] ui {
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    %1 = dsp.constant {value = 1.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %2 = dsp.mul %1, %0 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %3 = dsp.constant {value = 1.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %4 = dsp.delay %0 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %5 = dsp.mul %3, %4 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %6 = dsp.add %2, %5 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %7 = dsp.constant {value = 2.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %8 = dsp.delay %0 {offset = 2 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %9 = dsp.mul %7, %8 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %10 = dsp.add %6, %9 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %11 = dsp.constant {value = 3.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %12 = dsp.delay %0 {offset = 3 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %13 = dsp.mul %11, %12 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %14 = dsp.add %10, %13 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %15 = dsp.constant {value = 4.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %16 = dsp.delay %0 {offset = 4 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %17 = dsp.mul %15, %16 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %18 = dsp.add %14, %17 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %19 = dsp.constant {value = 5.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %20 = dsp.delay %0 {offset = 5 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %21 = dsp.mul %19, %20 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %22 = dsp.add %18, %21 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %23 = dsp.constant {value = 6.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %24 = dsp.delay %0 {offset = 6 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %25 = dsp.mul %23, %24 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %26 = dsp.add %22, %25 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %27 = dsp.constant {value = 7.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %28 = dsp.delay %0 {offset = 7 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %29 = dsp.mul %27, %28 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %30 = dsp.add %26, %29 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %31 = dsp.constant {value = 8.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %32 = dsp.delay %0 {offset = 8 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %33 = dsp.mul %31, %32 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %34 = dsp.add %30, %33 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %35 = dsp.constant {value = 9.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %36 = dsp.delay %0 {offset = 9 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %37 = dsp.mul %35, %36 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %38 = dsp.add %34, %37 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %39 = dsp.constant {value = 1.010000e+01 : f32} : () -> !dsp.signal<f32, const>
    %40 = dsp.delay %0 {offset = 10 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %41 = dsp.mul %39, %40 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %42 = dsp.add %38, %41 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %43 = dsp.constant {value = 1.110000e+01 : f32} : () -> !dsp.signal<f32, const>
    %44 = dsp.delay %0 {offset = 11 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %45 = dsp.mul %43, %44 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %46 = dsp.add %42, %45 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %47 = dsp.constant {value = 1.210000e+01 : f32} : () -> !dsp.signal<f32, const>
    %48 = dsp.delay %0 {offset = 12 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %49 = dsp.mul %47, %48 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %50 = dsp.add %46, %49 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %51 = dsp.constant {value = 1.310000e+01 : f32} : () -> !dsp.signal<f32, const>
    %52 = dsp.delay %0 {offset = 13 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %53 = dsp.mul %51, %52 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %54 = dsp.add %50, %53 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %55 = dsp.constant {value = 1.410000e+01 : f32} : () -> !dsp.signal<f32, const>
    %56 = dsp.delay %0 {offset = 14 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %57 = dsp.mul %55, %56 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %process = dsp.add %54, %57 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
  // The first tap is five frames ago.
  // CHECK-LABEL: dsp.program @from_five
  // CHECK: dsp.fir @fir0 of @line taps 20 from 5
  // CHECK-NEXT: {{%|dsp.yield}}
  dsp.program @from_five f32 metadata [] ui {
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    %1 = dsp.constant {value = 1.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %2 = dsp.delay %0 {offset = 5 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %3 = dsp.mul %1, %2 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %4 = dsp.constant {value = 1.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %5 = dsp.delay %0 {offset = 6 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %6 = dsp.mul %4, %5 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %7 = dsp.add %3, %6 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %8 = dsp.constant {value = 2.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %9 = dsp.delay %0 {offset = 7 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %10 = dsp.mul %8, %9 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %11 = dsp.add %7, %10 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %12 = dsp.constant {value = 3.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %13 = dsp.delay %0 {offset = 8 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %14 = dsp.mul %12, %13 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %15 = dsp.add %11, %14 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %16 = dsp.constant {value = 4.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %17 = dsp.delay %0 {offset = 9 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %18 = dsp.mul %16, %17 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %19 = dsp.add %15, %18 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %20 = dsp.constant {value = 5.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %21 = dsp.delay %0 {offset = 10 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %22 = dsp.mul %20, %21 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %23 = dsp.add %19, %22 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %24 = dsp.constant {value = 6.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %25 = dsp.delay %0 {offset = 11 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %26 = dsp.mul %24, %25 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %27 = dsp.add %23, %26 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %28 = dsp.constant {value = 7.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %29 = dsp.delay %0 {offset = 12 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %30 = dsp.mul %28, %29 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %31 = dsp.add %27, %30 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %32 = dsp.constant {value = 8.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %33 = dsp.delay %0 {offset = 13 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %34 = dsp.mul %32, %33 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %35 = dsp.add %31, %34 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %36 = dsp.constant {value = 9.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %37 = dsp.delay %0 {offset = 14 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %38 = dsp.mul %36, %37 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %39 = dsp.add %35, %38 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %40 = dsp.constant {value = 1.010000e+01 : f32} : () -> !dsp.signal<f32, const>
    %41 = dsp.delay %0 {offset = 15 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %42 = dsp.mul %40, %41 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %43 = dsp.add %39, %42 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %44 = dsp.constant {value = 1.110000e+01 : f32} : () -> !dsp.signal<f32, const>
    %45 = dsp.delay %0 {offset = 16 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %46 = dsp.mul %44, %45 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %47 = dsp.add %43, %46 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %48 = dsp.constant {value = 1.210000e+01 : f32} : () -> !dsp.signal<f32, const>
    %49 = dsp.delay %0 {offset = 17 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %50 = dsp.mul %48, %49 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %51 = dsp.add %47, %50 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %52 = dsp.constant {value = 1.310000e+01 : f32} : () -> !dsp.signal<f32, const>
    %53 = dsp.delay %0 {offset = 18 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %54 = dsp.mul %52, %53 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %55 = dsp.add %51, %54 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %56 = dsp.constant {value = 1.410000e+01 : f32} : () -> !dsp.signal<f32, const>
    %57 = dsp.delay %0 {offset = 19 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %58 = dsp.mul %56, %57 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %59 = dsp.add %55, %58 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %60 = dsp.constant {value = 1.510000e+01 : f32} : () -> !dsp.signal<f32, const>
    %61 = dsp.delay %0 {offset = 20 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %62 = dsp.mul %60, %61 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %63 = dsp.add %59, %62 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %64 = dsp.constant {value = 1.610000e+01 : f32} : () -> !dsp.signal<f32, const>
    %65 = dsp.delay %0 {offset = 21 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %66 = dsp.mul %64, %65 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %67 = dsp.add %63, %66 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %68 = dsp.constant {value = 1.710000e+01 : f32} : () -> !dsp.signal<f32, const>
    %69 = dsp.delay %0 {offset = 22 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %70 = dsp.mul %68, %69 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %71 = dsp.add %67, %70 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %72 = dsp.constant {value = 1.810000e+01 : f32} : () -> !dsp.signal<f32, const>
    %73 = dsp.delay %0 {offset = 23 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %74 = dsp.mul %72, %73 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %75 = dsp.add %71, %74 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %76 = dsp.constant {value = 1.910000e+01 : f32} : () -> !dsp.signal<f32, const>
    %77 = dsp.delay %0 {offset = 24 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %78 = dsp.mul %76, %77 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %process = dsp.add %75, %78 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
  // A missing tap: no FIR filter.
  // CHECK-LABEL: dsp.program @gap
  // CHECK-NOT: dsp.fir @
  dsp.program @gap f32 metadata [] ui {
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    %1 = dsp.constant {value = 1.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %2 = dsp.mul %1, %0 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %3 = dsp.constant {value = 1.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %4 = dsp.delay %0 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %5 = dsp.mul %3, %4 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %6 = dsp.add %2, %5 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %7 = dsp.constant {value = 2.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %8 = dsp.delay %0 {offset = 2 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %9 = dsp.mul %7, %8 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %10 = dsp.add %6, %9 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %11 = dsp.constant {value = 3.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %12 = dsp.delay %0 {offset = 3 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %13 = dsp.mul %11, %12 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %14 = dsp.add %10, %13 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %15 = dsp.constant {value = 4.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %16 = dsp.delay %0 {offset = 4 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %17 = dsp.mul %15, %16 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %18 = dsp.add %14, %17 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %19 = dsp.constant {value = 5.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %20 = dsp.delay %0 {offset = 5 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %21 = dsp.mul %19, %20 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %22 = dsp.add %18, %21 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %23 = dsp.constant {value = 6.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %24 = dsp.delay %0 {offset = 6 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %25 = dsp.mul %23, %24 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %26 = dsp.add %22, %25 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %27 = dsp.constant {value = 7.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %28 = dsp.delay %0 {offset = 7 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %29 = dsp.mul %27, %28 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %30 = dsp.add %26, %29 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %31 = dsp.constant {value = 8.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %32 = dsp.delay %0 {offset = 8 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %33 = dsp.mul %31, %32 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %34 = dsp.add %30, %33 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %35 = dsp.constant {value = 9.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %36 = dsp.delay %0 {offset = 9 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %37 = dsp.mul %35, %36 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %38 = dsp.add %34, %37 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %39 = dsp.delay %0 {offset = 11 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %40 = dsp.mul %1, %39 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %41 = dsp.add %38, %40 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %42 = dsp.delay %0 {offset = 12 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %43 = dsp.mul %3, %42 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %44 = dsp.add %41, %43 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %45 = dsp.delay %0 {offset = 13 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %46 = dsp.mul %7, %45 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %47 = dsp.add %44, %46 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %48 = dsp.delay %0 {offset = 14 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %49 = dsp.mul %11, %48 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %50 = dsp.add %47, %49 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %51 = dsp.delay %0 {offset = 15 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %52 = dsp.mul %15, %51 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %53 = dsp.add %50, %52 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %54 = dsp.delay %0 {offset = 16 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %55 = dsp.mul %19, %54 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %56 = dsp.add %53, %55 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %57 = dsp.delay %0 {offset = 17 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %58 = dsp.mul %23, %57 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %59 = dsp.add %56, %58 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %60 = dsp.delay %0 {offset = 18 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %61 = dsp.mul %27, %60 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %62 = dsp.add %59, %61 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %63 = dsp.delay %0 {offset = 19 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %64 = dsp.mul %31, %63 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %65 = dsp.add %62, %64 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %66 = dsp.delay %0 {offset = 20 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %67 = dsp.mul %35, %66 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %process = dsp.add %65, %67 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
  // Coefficients of 1 need no product.
  // CHECK-LABEL: dsp.program @ones
  // CHECK: dsp.fir @fir0 of @line taps 20 from 0
  // CHECK-NEXT: {{%|dsp.yield}}
  dsp.program @ones f32 metadata [] ui {
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    %1 = dsp.delay %0 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %2 = dsp.add %0, %1 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %3 = dsp.delay %0 {offset = 2 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %4 = dsp.add %2, %3 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %5 = dsp.delay %0 {offset = 3 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %6 = dsp.add %4, %5 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %7 = dsp.delay %0 {offset = 4 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %8 = dsp.add %6, %7 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %9 = dsp.delay %0 {offset = 5 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %10 = dsp.add %8, %9 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %11 = dsp.delay %0 {offset = 6 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %12 = dsp.add %10, %11 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %13 = dsp.delay %0 {offset = 7 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %14 = dsp.add %12, %13 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %15 = dsp.delay %0 {offset = 8 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %16 = dsp.add %14, %15 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %17 = dsp.delay %0 {offset = 9 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %18 = dsp.add %16, %17 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %19 = dsp.delay %0 {offset = 10 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %20 = dsp.add %18, %19 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %21 = dsp.delay %0 {offset = 11 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %22 = dsp.add %20, %21 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %23 = dsp.delay %0 {offset = 12 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %24 = dsp.add %22, %23 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %25 = dsp.delay %0 {offset = 13 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %26 = dsp.add %24, %25 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %27 = dsp.delay %0 {offset = 14 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %28 = dsp.add %26, %27 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %29 = dsp.delay %0 {offset = 15 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %30 = dsp.add %28, %29 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %31 = dsp.delay %0 {offset = 16 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %32 = dsp.add %30, %31 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %33 = dsp.delay %0 {offset = 17 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %34 = dsp.add %32, %33 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %35 = dsp.delay %0 {offset = 18 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %36 = dsp.add %34, %35 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %37 = dsp.delay %0 {offset = 19 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %process = dsp.add %36, %37 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
  // Coefficients that are constant in a call.
  // CHECK-LABEL: dsp.program @controls
  // CHECK: dsp.fir @fir0 of @line taps 20 from 0
  // CHECK-NEXT: {{%|dsp.yield}}
  dsp.program @controls f32 metadata [] ui {
    dsp.group vgroup "t" [] {
      dsp.widget @c0 hslider "c0" [] {min = 0.000000e+00 : f64, max = 1.000000e+00 : f64, init = 0.000000e+00 : f64, step = 1.000000e-01 : f64}
      dsp.widget @c1 hslider "c1" [] {min = 0.000000e+00 : f64, max = 1.000000e+00 : f64, init = 0.000000e+00 : f64, step = 1.000000e-01 : f64}
      dsp.widget @c10 hslider "c10" [] {min = 0.000000e+00 : f64, max = 1.000000e+00 : f64, init = 0.000000e+00 : f64, step = 1.000000e-01 : f64}
      dsp.widget @c11 hslider "c11" [] {min = 0.000000e+00 : f64, max = 1.000000e+00 : f64, init = 0.000000e+00 : f64, step = 1.000000e-01 : f64}
      dsp.widget @c12 hslider "c12" [] {min = 0.000000e+00 : f64, max = 1.000000e+00 : f64, init = 0.000000e+00 : f64, step = 1.000000e-01 : f64}
      dsp.widget @c13 hslider "c13" [] {min = 0.000000e+00 : f64, max = 1.000000e+00 : f64, init = 0.000000e+00 : f64, step = 1.000000e-01 : f64}
      dsp.widget @c14 hslider "c14" [] {min = 0.000000e+00 : f64, max = 1.000000e+00 : f64, init = 0.000000e+00 : f64, step = 1.000000e-01 : f64}
      dsp.widget @c15 hslider "c15" [] {min = 0.000000e+00 : f64, max = 1.000000e+00 : f64, init = 0.000000e+00 : f64, step = 1.000000e-01 : f64}
      dsp.widget @c16 hslider "c16" [] {min = 0.000000e+00 : f64, max = 1.000000e+00 : f64, init = 0.000000e+00 : f64, step = 1.000000e-01 : f64}
      dsp.widget @c17 hslider "c17" [] {min = 0.000000e+00 : f64, max = 1.000000e+00 : f64, init = 0.000000e+00 : f64, step = 1.000000e-01 : f64}
      dsp.widget @c18 hslider "c18" [] {min = 0.000000e+00 : f64, max = 1.000000e+00 : f64, init = 0.000000e+00 : f64, step = 1.000000e-01 : f64}
      dsp.widget @c19 hslider "c19" [] {min = 0.000000e+00 : f64, max = 1.000000e+00 : f64, init = 0.000000e+00 : f64, step = 1.000000e-01 : f64}
      dsp.widget @c2 hslider "c2" [] {min = 0.000000e+00 : f64, max = 1.000000e+00 : f64, init = 0.000000e+00 : f64, step = 1.000000e-01 : f64}
      dsp.widget @c3 hslider "c3" [] {min = 0.000000e+00 : f64, max = 1.000000e+00 : f64, init = 0.000000e+00 : f64, step = 1.000000e-01 : f64}
      dsp.widget @c4 hslider "c4" [] {min = 0.000000e+00 : f64, max = 1.000000e+00 : f64, init = 0.000000e+00 : f64, step = 1.000000e-01 : f64}
      dsp.widget @c5 hslider "c5" [] {min = 0.000000e+00 : f64, max = 1.000000e+00 : f64, init = 0.000000e+00 : f64, step = 1.000000e-01 : f64}
      dsp.widget @c6 hslider "c6" [] {min = 0.000000e+00 : f64, max = 1.000000e+00 : f64, init = 0.000000e+00 : f64, step = 1.000000e-01 : f64}
      dsp.widget @c7 hslider "c7" [] {min = 0.000000e+00 : f64, max = 1.000000e+00 : f64, init = 0.000000e+00 : f64, step = 1.000000e-01 : f64}
      dsp.widget @c8 hslider "c8" [] {min = 0.000000e+00 : f64, max = 1.000000e+00 : f64, init = 0.000000e+00 : f64, step = 1.000000e-01 : f64}
      dsp.widget @c9 hslider "c9" [] {min = 0.000000e+00 : f64, max = 1.000000e+00 : f64, init = 0.000000e+00 : f64, step = 1.000000e-01 : f64}
    }
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    %1 = dsp.read_widget {widget = @c0} : () -> !dsp.signal<f32, block>
    %2 = dsp.mul %1, %0 : (!dsp.signal<f32, block>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %3 = dsp.read_widget {widget = @c1} : () -> !dsp.signal<f32, block>
    %4 = dsp.delay %0 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %5 = dsp.mul %3, %4 : (!dsp.signal<f32, block>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %6 = dsp.add %2, %5 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %7 = dsp.read_widget {widget = @c2} : () -> !dsp.signal<f32, block>
    %8 = dsp.delay %0 {offset = 2 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %9 = dsp.mul %7, %8 : (!dsp.signal<f32, block>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %10 = dsp.add %6, %9 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %11 = dsp.read_widget {widget = @c3} : () -> !dsp.signal<f32, block>
    %12 = dsp.delay %0 {offset = 3 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %13 = dsp.mul %11, %12 : (!dsp.signal<f32, block>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %14 = dsp.add %10, %13 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %15 = dsp.read_widget {widget = @c4} : () -> !dsp.signal<f32, block>
    %16 = dsp.delay %0 {offset = 4 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %17 = dsp.mul %15, %16 : (!dsp.signal<f32, block>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %18 = dsp.add %14, %17 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %19 = dsp.read_widget {widget = @c5} : () -> !dsp.signal<f32, block>
    %20 = dsp.delay %0 {offset = 5 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %21 = dsp.mul %19, %20 : (!dsp.signal<f32, block>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %22 = dsp.add %18, %21 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %23 = dsp.read_widget {widget = @c6} : () -> !dsp.signal<f32, block>
    %24 = dsp.delay %0 {offset = 6 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %25 = dsp.mul %23, %24 : (!dsp.signal<f32, block>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %26 = dsp.add %22, %25 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %27 = dsp.read_widget {widget = @c7} : () -> !dsp.signal<f32, block>
    %28 = dsp.delay %0 {offset = 7 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %29 = dsp.mul %27, %28 : (!dsp.signal<f32, block>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %30 = dsp.add %26, %29 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %31 = dsp.read_widget {widget = @c8} : () -> !dsp.signal<f32, block>
    %32 = dsp.delay %0 {offset = 8 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %33 = dsp.mul %31, %32 : (!dsp.signal<f32, block>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %34 = dsp.add %30, %33 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %35 = dsp.read_widget {widget = @c9} : () -> !dsp.signal<f32, block>
    %36 = dsp.delay %0 {offset = 9 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %37 = dsp.mul %35, %36 : (!dsp.signal<f32, block>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %38 = dsp.add %34, %37 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %39 = dsp.read_widget {widget = @c10} : () -> !dsp.signal<f32, block>
    %40 = dsp.delay %0 {offset = 10 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %41 = dsp.mul %39, %40 : (!dsp.signal<f32, block>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %42 = dsp.add %38, %41 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %43 = dsp.read_widget {widget = @c11} : () -> !dsp.signal<f32, block>
    %44 = dsp.delay %0 {offset = 11 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %45 = dsp.mul %43, %44 : (!dsp.signal<f32, block>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %46 = dsp.add %42, %45 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %47 = dsp.read_widget {widget = @c12} : () -> !dsp.signal<f32, block>
    %48 = dsp.delay %0 {offset = 12 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %49 = dsp.mul %47, %48 : (!dsp.signal<f32, block>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %50 = dsp.add %46, %49 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %51 = dsp.read_widget {widget = @c13} : () -> !dsp.signal<f32, block>
    %52 = dsp.delay %0 {offset = 13 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %53 = dsp.mul %51, %52 : (!dsp.signal<f32, block>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %54 = dsp.add %50, %53 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %55 = dsp.read_widget {widget = @c14} : () -> !dsp.signal<f32, block>
    %56 = dsp.delay %0 {offset = 14 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %57 = dsp.mul %55, %56 : (!dsp.signal<f32, block>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %58 = dsp.add %54, %57 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %59 = dsp.read_widget {widget = @c15} : () -> !dsp.signal<f32, block>
    %60 = dsp.delay %0 {offset = 15 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %61 = dsp.mul %59, %60 : (!dsp.signal<f32, block>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %62 = dsp.add %58, %61 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %63 = dsp.read_widget {widget = @c16} : () -> !dsp.signal<f32, block>
    %64 = dsp.delay %0 {offset = 16 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %65 = dsp.mul %63, %64 : (!dsp.signal<f32, block>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %66 = dsp.add %62, %65 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %67 = dsp.read_widget {widget = @c17} : () -> !dsp.signal<f32, block>
    %68 = dsp.delay %0 {offset = 17 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %69 = dsp.mul %67, %68 : (!dsp.signal<f32, block>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %70 = dsp.add %66, %69 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %71 = dsp.read_widget {widget = @c18} : () -> !dsp.signal<f32, block>
    %72 = dsp.delay %0 {offset = 18 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %73 = dsp.mul %71, %72 : (!dsp.signal<f32, block>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %74 = dsp.add %70, %73 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %75 = dsp.read_widget {widget = @c19} : () -> !dsp.signal<f32, block>
    %76 = dsp.delay %0 {offset = 19 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %77 = dsp.mul %75, %76 : (!dsp.signal<f32, block>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %process = dsp.add %74, %77 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
  // A coefficient that varies by frame: no FIR filter.
  // CHECK-LABEL: dsp.program @samples
  // CHECK-NOT: dsp.fir @
  dsp.program @samples f32 metadata [] ui {
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>, %1: !dsp.signal<f32, sample>):
    %2 = dsp.mul %0, %1 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %3 = dsp.delay %0 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %4 = dsp.mul %1, %3 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %5 = dsp.add %2, %4 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %6 = dsp.delay %0 {offset = 2 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %7 = dsp.mul %1, %6 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %8 = dsp.add %5, %7 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %9 = dsp.delay %0 {offset = 3 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %10 = dsp.mul %1, %9 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %11 = dsp.add %8, %10 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %12 = dsp.delay %0 {offset = 4 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %13 = dsp.mul %1, %12 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %14 = dsp.add %11, %13 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %15 = dsp.delay %0 {offset = 5 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %16 = dsp.mul %1, %15 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %17 = dsp.add %14, %16 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %18 = dsp.delay %0 {offset = 6 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %19 = dsp.mul %1, %18 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %20 = dsp.add %17, %19 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %21 = dsp.delay %0 {offset = 7 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %22 = dsp.mul %1, %21 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %23 = dsp.add %20, %22 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %24 = dsp.delay %0 {offset = 8 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %25 = dsp.mul %1, %24 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %26 = dsp.add %23, %25 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %27 = dsp.delay %0 {offset = 9 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %28 = dsp.mul %1, %27 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %29 = dsp.add %26, %28 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %30 = dsp.delay %0 {offset = 10 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %31 = dsp.mul %1, %30 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %32 = dsp.add %29, %31 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %33 = dsp.delay %0 {offset = 11 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %34 = dsp.mul %1, %33 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %35 = dsp.add %32, %34 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %36 = dsp.delay %0 {offset = 12 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %37 = dsp.mul %1, %36 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %38 = dsp.add %35, %37 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %39 = dsp.delay %0 {offset = 13 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %40 = dsp.mul %1, %39 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %41 = dsp.add %38, %40 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %42 = dsp.delay %0 {offset = 14 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %43 = dsp.mul %1, %42 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %44 = dsp.add %41, %43 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %45 = dsp.delay %0 {offset = 15 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %46 = dsp.mul %1, %45 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %47 = dsp.add %44, %46 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %48 = dsp.delay %0 {offset = 16 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %49 = dsp.mul %1, %48 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %50 = dsp.add %47, %49 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %51 = dsp.delay %0 {offset = 17 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %52 = dsp.mul %1, %51 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %53 = dsp.add %50, %52 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %54 = dsp.delay %0 {offset = 18 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %55 = dsp.mul %1, %54 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %56 = dsp.add %53, %55 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %57 = dsp.delay %0 {offset = 19 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %58 = dsp.mul %1, %57 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %process = dsp.add %56, %58 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
  // Delays of two signals are two filters.
  // CHECK-LABEL: dsp.program @two_signals
  // CHECK: dsp.fir @fir0 of @line taps 20 from 0
  // CHECK-NEXT: dsp.fir @fir1 of @line_1 taps 20 from 0
  // CHECK-NEXT: {{%|dsp.yield}}
  dsp.program @two_signals f32 metadata [] ui {
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>, %1: !dsp.signal<f32, sample>):
    %2 = dsp.constant {value = 1.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %3 = dsp.mul %2, %0 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %4 = dsp.constant {value = 1.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %5 = dsp.delay %0 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %6 = dsp.mul %4, %5 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %7 = dsp.add %3, %6 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %8 = dsp.constant {value = 2.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %9 = dsp.delay %0 {offset = 2 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %10 = dsp.mul %8, %9 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %11 = dsp.add %7, %10 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %12 = dsp.constant {value = 3.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %13 = dsp.delay %0 {offset = 3 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %14 = dsp.mul %12, %13 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %15 = dsp.add %11, %14 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %16 = dsp.constant {value = 4.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %17 = dsp.delay %0 {offset = 4 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %18 = dsp.mul %16, %17 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %19 = dsp.add %15, %18 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %20 = dsp.constant {value = 5.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %21 = dsp.delay %0 {offset = 5 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %22 = dsp.mul %20, %21 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %23 = dsp.add %19, %22 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %24 = dsp.constant {value = 6.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %25 = dsp.delay %0 {offset = 6 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %26 = dsp.mul %24, %25 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %27 = dsp.add %23, %26 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %28 = dsp.constant {value = 7.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %29 = dsp.delay %0 {offset = 7 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %30 = dsp.mul %28, %29 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %31 = dsp.add %27, %30 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %32 = dsp.constant {value = 8.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %33 = dsp.delay %0 {offset = 8 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %34 = dsp.mul %32, %33 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %35 = dsp.add %31, %34 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %36 = dsp.constant {value = 9.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %37 = dsp.delay %0 {offset = 9 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %38 = dsp.mul %36, %37 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %39 = dsp.add %35, %38 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %40 = dsp.constant {value = 1.010000e+01 : f32} : () -> !dsp.signal<f32, const>
    %41 = dsp.delay %0 {offset = 10 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %42 = dsp.mul %40, %41 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %43 = dsp.add %39, %42 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %44 = dsp.constant {value = 1.110000e+01 : f32} : () -> !dsp.signal<f32, const>
    %45 = dsp.delay %0 {offset = 11 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %46 = dsp.mul %44, %45 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %47 = dsp.add %43, %46 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %48 = dsp.constant {value = 1.210000e+01 : f32} : () -> !dsp.signal<f32, const>
    %49 = dsp.delay %0 {offset = 12 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %50 = dsp.mul %48, %49 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %51 = dsp.add %47, %50 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %52 = dsp.constant {value = 1.310000e+01 : f32} : () -> !dsp.signal<f32, const>
    %53 = dsp.delay %0 {offset = 13 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %54 = dsp.mul %52, %53 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %55 = dsp.add %51, %54 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %56 = dsp.constant {value = 1.410000e+01 : f32} : () -> !dsp.signal<f32, const>
    %57 = dsp.delay %0 {offset = 14 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %58 = dsp.mul %56, %57 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %59 = dsp.add %55, %58 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %60 = dsp.constant {value = 1.510000e+01 : f32} : () -> !dsp.signal<f32, const>
    %61 = dsp.delay %0 {offset = 15 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %62 = dsp.mul %60, %61 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %63 = dsp.add %59, %62 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %64 = dsp.constant {value = 1.610000e+01 : f32} : () -> !dsp.signal<f32, const>
    %65 = dsp.delay %0 {offset = 16 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %66 = dsp.mul %64, %65 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %67 = dsp.add %63, %66 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %68 = dsp.constant {value = 1.710000e+01 : f32} : () -> !dsp.signal<f32, const>
    %69 = dsp.delay %0 {offset = 17 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %70 = dsp.mul %68, %69 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %71 = dsp.add %67, %70 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %72 = dsp.constant {value = 1.810000e+01 : f32} : () -> !dsp.signal<f32, const>
    %73 = dsp.delay %0 {offset = 18 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %74 = dsp.mul %72, %73 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %75 = dsp.add %71, %74 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %76 = dsp.constant {value = 1.910000e+01 : f32} : () -> !dsp.signal<f32, const>
    %77 = dsp.delay %0 {offset = 19 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %78 = dsp.mul %76, %77 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %79 = dsp.add %75, %78 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %80 = dsp.constant {value = 2.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %81 = dsp.mul %80, %1 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %82 = dsp.constant {value = 1.200000e+00 : f32} : () -> !dsp.signal<f32, const>
    %83 = dsp.delay %1 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %84 = dsp.mul %82, %83 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %85 = dsp.add %81, %84 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %86 = dsp.constant {value = 2.200000e+00 : f32} : () -> !dsp.signal<f32, const>
    %87 = dsp.delay %1 {offset = 2 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %88 = dsp.mul %86, %87 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %89 = dsp.add %85, %88 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %90 = dsp.constant {value = 3.200000e+00 : f32} : () -> !dsp.signal<f32, const>
    %91 = dsp.delay %1 {offset = 3 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %92 = dsp.mul %90, %91 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %93 = dsp.add %89, %92 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %94 = dsp.constant {value = 4.200000e+00 : f32} : () -> !dsp.signal<f32, const>
    %95 = dsp.delay %1 {offset = 4 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %96 = dsp.mul %94, %95 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %97 = dsp.add %93, %96 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %98 = dsp.constant {value = 5.200000e+00 : f32} : () -> !dsp.signal<f32, const>
    %99 = dsp.delay %1 {offset = 5 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %100 = dsp.mul %98, %99 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %101 = dsp.add %97, %100 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %102 = dsp.constant {value = 6.200000e+00 : f32} : () -> !dsp.signal<f32, const>
    %103 = dsp.delay %1 {offset = 6 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %104 = dsp.mul %102, %103 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %105 = dsp.add %101, %104 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %106 = dsp.constant {value = 7.200000e+00 : f32} : () -> !dsp.signal<f32, const>
    %107 = dsp.delay %1 {offset = 7 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %108 = dsp.mul %106, %107 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %109 = dsp.add %105, %108 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %110 = dsp.constant {value = 8.200000e+00 : f32} : () -> !dsp.signal<f32, const>
    %111 = dsp.delay %1 {offset = 8 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %112 = dsp.mul %110, %111 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %113 = dsp.add %109, %112 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %114 = dsp.constant {value = 9.200000e+00 : f32} : () -> !dsp.signal<f32, const>
    %115 = dsp.delay %1 {offset = 9 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %116 = dsp.mul %114, %115 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %117 = dsp.add %113, %116 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %118 = dsp.constant {value = 1.020000e+01 : f32} : () -> !dsp.signal<f32, const>
    %119 = dsp.delay %1 {offset = 10 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %120 = dsp.mul %118, %119 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %121 = dsp.add %117, %120 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %122 = dsp.constant {value = 1.120000e+01 : f32} : () -> !dsp.signal<f32, const>
    %123 = dsp.delay %1 {offset = 11 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %124 = dsp.mul %122, %123 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %125 = dsp.add %121, %124 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %126 = dsp.constant {value = 1.220000e+01 : f32} : () -> !dsp.signal<f32, const>
    %127 = dsp.delay %1 {offset = 12 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %128 = dsp.mul %126, %127 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %129 = dsp.add %125, %128 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %130 = dsp.constant {value = 1.320000e+01 : f32} : () -> !dsp.signal<f32, const>
    %131 = dsp.delay %1 {offset = 13 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %132 = dsp.mul %130, %131 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %133 = dsp.add %129, %132 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %134 = dsp.constant {value = 1.420000e+01 : f32} : () -> !dsp.signal<f32, const>
    %135 = dsp.delay %1 {offset = 14 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %136 = dsp.mul %134, %135 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %137 = dsp.add %133, %136 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %138 = dsp.constant {value = 1.520000e+01 : f32} : () -> !dsp.signal<f32, const>
    %139 = dsp.delay %1 {offset = 15 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %140 = dsp.mul %138, %139 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %141 = dsp.add %137, %140 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %142 = dsp.constant {value = 1.620000e+01 : f32} : () -> !dsp.signal<f32, const>
    %143 = dsp.delay %1 {offset = 16 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %144 = dsp.mul %142, %143 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %145 = dsp.add %141, %144 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %146 = dsp.constant {value = 1.720000e+01 : f32} : () -> !dsp.signal<f32, const>
    %147 = dsp.delay %1 {offset = 17 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %148 = dsp.mul %146, %147 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %149 = dsp.add %145, %148 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %150 = dsp.constant {value = 1.820000e+01 : f32} : () -> !dsp.signal<f32, const>
    %151 = dsp.delay %1 {offset = 18 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %152 = dsp.mul %150, %151 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %153 = dsp.add %149, %152 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %154 = dsp.constant {value = 1.920000e+01 : f32} : () -> !dsp.signal<f32, const>
    %155 = dsp.delay %1 {offset = 19 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %156 = dsp.mul %154, %155 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %157 = dsp.add %153, %156 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    dsp.yield %79, %157 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> ()
  }
  // A sum with another term is no FIR filter, but its part is.
  // CHECK-LABEL: dsp.program @mixed
  // CHECK: dsp.fir @fir0 of @line taps 20 from 0
  // CHECK-NEXT: {{%|dsp.yield}}
  dsp.program @mixed f32 metadata [] ui {
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>, %1: !dsp.signal<f32, sample>):
    %2 = dsp.constant {value = 1.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %3 = dsp.mul %2, %0 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %4 = dsp.constant {value = 1.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %5 = dsp.delay %0 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %6 = dsp.mul %4, %5 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %7 = dsp.add %3, %6 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %8 = dsp.constant {value = 2.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %9 = dsp.delay %0 {offset = 2 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %10 = dsp.mul %8, %9 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %11 = dsp.add %7, %10 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %12 = dsp.constant {value = 3.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %13 = dsp.delay %0 {offset = 3 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %14 = dsp.mul %12, %13 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %15 = dsp.add %11, %14 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %16 = dsp.constant {value = 4.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %17 = dsp.delay %0 {offset = 4 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %18 = dsp.mul %16, %17 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %19 = dsp.add %15, %18 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %20 = dsp.constant {value = 5.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %21 = dsp.delay %0 {offset = 5 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %22 = dsp.mul %20, %21 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %23 = dsp.add %19, %22 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %24 = dsp.constant {value = 6.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %25 = dsp.delay %0 {offset = 6 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %26 = dsp.mul %24, %25 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %27 = dsp.add %23, %26 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %28 = dsp.constant {value = 7.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %29 = dsp.delay %0 {offset = 7 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %30 = dsp.mul %28, %29 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %31 = dsp.add %27, %30 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %32 = dsp.constant {value = 8.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %33 = dsp.delay %0 {offset = 8 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %34 = dsp.mul %32, %33 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %35 = dsp.add %31, %34 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %36 = dsp.constant {value = 9.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %37 = dsp.delay %0 {offset = 9 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %38 = dsp.mul %36, %37 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %39 = dsp.add %35, %38 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %40 = dsp.constant {value = 1.010000e+01 : f32} : () -> !dsp.signal<f32, const>
    %41 = dsp.delay %0 {offset = 10 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %42 = dsp.mul %40, %41 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %43 = dsp.add %39, %42 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %44 = dsp.constant {value = 1.110000e+01 : f32} : () -> !dsp.signal<f32, const>
    %45 = dsp.delay %0 {offset = 11 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %46 = dsp.mul %44, %45 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %47 = dsp.add %43, %46 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %48 = dsp.constant {value = 1.210000e+01 : f32} : () -> !dsp.signal<f32, const>
    %49 = dsp.delay %0 {offset = 12 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %50 = dsp.mul %48, %49 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %51 = dsp.add %47, %50 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %52 = dsp.constant {value = 1.310000e+01 : f32} : () -> !dsp.signal<f32, const>
    %53 = dsp.delay %0 {offset = 13 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %54 = dsp.mul %52, %53 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %55 = dsp.add %51, %54 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %56 = dsp.constant {value = 1.410000e+01 : f32} : () -> !dsp.signal<f32, const>
    %57 = dsp.delay %0 {offset = 14 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %58 = dsp.mul %56, %57 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %59 = dsp.add %55, %58 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %60 = dsp.constant {value = 1.510000e+01 : f32} : () -> !dsp.signal<f32, const>
    %61 = dsp.delay %0 {offset = 15 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %62 = dsp.mul %60, %61 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %63 = dsp.add %59, %62 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %64 = dsp.constant {value = 1.610000e+01 : f32} : () -> !dsp.signal<f32, const>
    %65 = dsp.delay %0 {offset = 16 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %66 = dsp.mul %64, %65 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %67 = dsp.add %63, %66 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %68 = dsp.constant {value = 1.710000e+01 : f32} : () -> !dsp.signal<f32, const>
    %69 = dsp.delay %0 {offset = 17 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %70 = dsp.mul %68, %69 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %71 = dsp.add %67, %70 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %72 = dsp.constant {value = 1.810000e+01 : f32} : () -> !dsp.signal<f32, const>
    %73 = dsp.delay %0 {offset = 18 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %74 = dsp.mul %72, %73 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %75 = dsp.add %71, %74 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %76 = dsp.constant {value = 1.910000e+01 : f32} : () -> !dsp.signal<f32, const>
    %77 = dsp.delay %0 {offset = 19 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %78 = dsp.mul %76, %77 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %79 = dsp.add %75, %78 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %80 = dsp.sin %1 : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %process = dsp.add %79, %80 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
  // A sum in a recursion stays one.
  // CHECK-LABEL: dsp.program @in_feedback
  // CHECK-NOT: dsp.fir @
  dsp.program @in_feedback f32 metadata [] ui {
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    %1 = dsp.constant {value = 1.000000e-02 : f32} : () -> !dsp.signal<f32, const>
    %process = dsp.rec {
    ^bb0(%process_1: !dsp.signal<f32, sample>):
      %2 = dsp.delay %process_1 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %3 = dsp.delay %process_1 {offset = 2 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %4 = dsp.mul %1, %3 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %5 = dsp.delay %process_1 {offset = 3 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %6 = dsp.mul %1, %5 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %7 = dsp.add %4, %6 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %8 = dsp.delay %process_1 {offset = 4 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %9 = dsp.mul %1, %8 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %10 = dsp.add %7, %9 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %11 = dsp.delay %process_1 {offset = 5 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %12 = dsp.mul %1, %11 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %13 = dsp.add %10, %12 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %14 = dsp.delay %process_1 {offset = 6 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %15 = dsp.mul %1, %14 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %16 = dsp.add %13, %15 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %17 = dsp.delay %process_1 {offset = 7 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %18 = dsp.mul %1, %17 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %19 = dsp.add %16, %18 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %20 = dsp.delay %process_1 {offset = 8 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %21 = dsp.mul %1, %20 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %22 = dsp.add %19, %21 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %23 = dsp.delay %process_1 {offset = 9 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %24 = dsp.mul %1, %23 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %25 = dsp.add %22, %24 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %26 = dsp.delay %process_1 {offset = 10 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %27 = dsp.mul %1, %26 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %28 = dsp.add %25, %27 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %29 = dsp.delay %process_1 {offset = 11 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %30 = dsp.mul %1, %29 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %31 = dsp.add %28, %30 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %32 = dsp.delay %process_1 {offset = 12 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %33 = dsp.mul %1, %32 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %34 = dsp.add %31, %33 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %35 = dsp.delay %process_1 {offset = 13 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %36 = dsp.mul %1, %35 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %37 = dsp.add %34, %36 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %38 = dsp.delay %process_1 {offset = 14 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %39 = dsp.mul %1, %38 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %40 = dsp.add %37, %39 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %41 = dsp.delay %process_1 {offset = 15 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %42 = dsp.mul %1, %41 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %43 = dsp.add %40, %42 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %44 = dsp.delay %process_1 {offset = 16 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %45 = dsp.mul %1, %44 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %46 = dsp.add %43, %45 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %47 = dsp.delay %process_1 {offset = 17 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %48 = dsp.mul %1, %47 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %49 = dsp.add %46, %48 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %50 = dsp.delay %process_1 {offset = 18 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %51 = dsp.mul %1, %50 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %52 = dsp.add %49, %51 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %53 = dsp.delay %process_1 {offset = 19 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %54 = dsp.mul %1, %53 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %55 = dsp.add %52, %54 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %56 = dsp.delay %process_1 {offset = 20 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %57 = dsp.mul %1, %56 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %58 = dsp.add %55, %57 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %59 = dsp.add %58, %0 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %process_2 = dsp.linear {
      ^bb0(%process_3: !dsp.signal<f32, sample>):
        %60 = dsp.mul %1, %2 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
        %process_4 = dsp.add %60, %59 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
        dsp.yield %process_4 : (!dsp.signal<f32, sample>) -> ()
      }
      dsp.yield %process_2 : (!dsp.signal<f32, sample>) -> ()
    }
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
  // A recursion reads the same delay line: no FIR filter.
  // CHECK-LABEL: dsp.program @after_a_pole
  // CHECK-NOT: dsp.fir @
  dsp.program @after_a_pole f32 metadata [] ui {
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    %1 = dsp.constant {value = 1.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %2 = dsp.constant {value = 5.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %3 = dsp.linear {
    ^bb0(%4: !dsp.signal<f32, sample>):
      %5 = dsp.delay %4 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %6 = dsp.mul %2, %5 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %7 = dsp.add %6, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %7 : (!dsp.signal<f32, sample>) -> ()
    }
    %8 = dsp.mul %1, %3 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %9 = dsp.constant {value = 1.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %10 = dsp.delay %3 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %11 = dsp.mul %9, %10 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %12 = dsp.add %8, %11 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %13 = dsp.constant {value = 2.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %14 = dsp.delay %3 {offset = 2 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %15 = dsp.mul %13, %14 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %16 = dsp.add %12, %15 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %17 = dsp.constant {value = 3.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %18 = dsp.delay %3 {offset = 3 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %19 = dsp.mul %17, %18 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %20 = dsp.add %16, %19 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %21 = dsp.constant {value = 4.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %22 = dsp.delay %3 {offset = 4 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %23 = dsp.mul %21, %22 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %24 = dsp.add %20, %23 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %25 = dsp.constant {value = 5.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %26 = dsp.delay %3 {offset = 5 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %27 = dsp.mul %25, %26 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %28 = dsp.add %24, %27 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %29 = dsp.constant {value = 6.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %30 = dsp.delay %3 {offset = 6 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %31 = dsp.mul %29, %30 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %32 = dsp.add %28, %31 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %33 = dsp.constant {value = 7.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %34 = dsp.delay %3 {offset = 7 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %35 = dsp.mul %33, %34 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %36 = dsp.add %32, %35 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %37 = dsp.constant {value = 8.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %38 = dsp.delay %3 {offset = 8 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %39 = dsp.mul %37, %38 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %40 = dsp.add %36, %39 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %41 = dsp.constant {value = 9.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %42 = dsp.delay %3 {offset = 9 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %43 = dsp.mul %41, %42 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %44 = dsp.add %40, %43 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %45 = dsp.constant {value = 1.010000e+01 : f32} : () -> !dsp.signal<f32, const>
    %46 = dsp.delay %3 {offset = 10 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %47 = dsp.mul %45, %46 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %48 = dsp.add %44, %47 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %49 = dsp.constant {value = 1.110000e+01 : f32} : () -> !dsp.signal<f32, const>
    %50 = dsp.delay %3 {offset = 11 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %51 = dsp.mul %49, %50 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %52 = dsp.add %48, %51 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %53 = dsp.constant {value = 1.210000e+01 : f32} : () -> !dsp.signal<f32, const>
    %54 = dsp.delay %3 {offset = 12 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %55 = dsp.mul %53, %54 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %56 = dsp.add %52, %55 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %57 = dsp.constant {value = 1.310000e+01 : f32} : () -> !dsp.signal<f32, const>
    %58 = dsp.delay %3 {offset = 13 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %59 = dsp.mul %57, %58 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %60 = dsp.add %56, %59 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %61 = dsp.constant {value = 1.410000e+01 : f32} : () -> !dsp.signal<f32, const>
    %62 = dsp.delay %3 {offset = 14 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %63 = dsp.mul %61, %62 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %64 = dsp.add %60, %63 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %65 = dsp.constant {value = 1.510000e+01 : f32} : () -> !dsp.signal<f32, const>
    %66 = dsp.delay %3 {offset = 15 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %67 = dsp.mul %65, %66 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %68 = dsp.add %64, %67 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %69 = dsp.constant {value = 1.610000e+01 : f32} : () -> !dsp.signal<f32, const>
    %70 = dsp.delay %3 {offset = 16 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %71 = dsp.mul %69, %70 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %72 = dsp.add %68, %71 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %73 = dsp.constant {value = 1.710000e+01 : f32} : () -> !dsp.signal<f32, const>
    %74 = dsp.delay %3 {offset = 17 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %75 = dsp.mul %73, %74 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %76 = dsp.add %72, %75 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %77 = dsp.constant {value = 1.810000e+01 : f32} : () -> !dsp.signal<f32, const>
    %78 = dsp.delay %3 {offset = 18 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %79 = dsp.mul %77, %78 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %80 = dsp.add %76, %79 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %81 = dsp.constant {value = 1.910000e+01 : f32} : () -> !dsp.signal<f32, const>
    %82 = dsp.delay %3 {offset = 19 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %83 = dsp.mul %81, %82 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %process = dsp.add %80, %83 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
  // A meter shows the sum.
  // CHECK-LABEL: dsp.program @metered
  // CHECK: dsp.fir @fir0 of @line taps 20 from 0
  // CHECK-NEXT: {{%|dsp.yield}}
  dsp.program @metered f32 metadata [] ui {
    dsp.group vgroup "t" [] {
      dsp.widget @l hbargraph "l" [] {min = 0.000000e+00 : f64, max = 1.000000e+00 : f64}
    }
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    %1 = dsp.constant {value = 1.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %2 = dsp.mul %1, %0 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %3 = dsp.constant {value = 1.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %4 = dsp.delay %0 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %5 = dsp.mul %3, %4 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %6 = dsp.add %2, %5 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %7 = dsp.constant {value = 2.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %8 = dsp.delay %0 {offset = 2 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %9 = dsp.mul %7, %8 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %10 = dsp.add %6, %9 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %11 = dsp.constant {value = 3.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %12 = dsp.delay %0 {offset = 3 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %13 = dsp.mul %11, %12 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %14 = dsp.add %10, %13 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %15 = dsp.constant {value = 4.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %16 = dsp.delay %0 {offset = 4 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %17 = dsp.mul %15, %16 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %18 = dsp.add %14, %17 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %19 = dsp.constant {value = 5.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %20 = dsp.delay %0 {offset = 5 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %21 = dsp.mul %19, %20 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %22 = dsp.add %18, %21 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %23 = dsp.constant {value = 6.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %24 = dsp.delay %0 {offset = 6 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %25 = dsp.mul %23, %24 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %26 = dsp.add %22, %25 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %27 = dsp.constant {value = 7.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %28 = dsp.delay %0 {offset = 7 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %29 = dsp.mul %27, %28 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %30 = dsp.add %26, %29 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %31 = dsp.constant {value = 8.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %32 = dsp.delay %0 {offset = 8 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %33 = dsp.mul %31, %32 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %34 = dsp.add %30, %33 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %35 = dsp.constant {value = 9.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %36 = dsp.delay %0 {offset = 9 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %37 = dsp.mul %35, %36 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %38 = dsp.add %34, %37 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %39 = dsp.constant {value = 1.010000e+01 : f32} : () -> !dsp.signal<f32, const>
    %40 = dsp.delay %0 {offset = 10 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %41 = dsp.mul %39, %40 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %42 = dsp.add %38, %41 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %43 = dsp.constant {value = 1.110000e+01 : f32} : () -> !dsp.signal<f32, const>
    %44 = dsp.delay %0 {offset = 11 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %45 = dsp.mul %43, %44 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %46 = dsp.add %42, %45 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %47 = dsp.constant {value = 1.210000e+01 : f32} : () -> !dsp.signal<f32, const>
    %48 = dsp.delay %0 {offset = 12 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %49 = dsp.mul %47, %48 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %50 = dsp.add %46, %49 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %51 = dsp.constant {value = 1.310000e+01 : f32} : () -> !dsp.signal<f32, const>
    %52 = dsp.delay %0 {offset = 13 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %53 = dsp.mul %51, %52 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %54 = dsp.add %50, %53 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %55 = dsp.constant {value = 1.410000e+01 : f32} : () -> !dsp.signal<f32, const>
    %56 = dsp.delay %0 {offset = 14 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %57 = dsp.mul %55, %56 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %58 = dsp.add %54, %57 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %59 = dsp.constant {value = 1.510000e+01 : f32} : () -> !dsp.signal<f32, const>
    %60 = dsp.delay %0 {offset = 15 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %61 = dsp.mul %59, %60 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %62 = dsp.add %58, %61 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %63 = dsp.constant {value = 1.610000e+01 : f32} : () -> !dsp.signal<f32, const>
    %64 = dsp.delay %0 {offset = 16 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %65 = dsp.mul %63, %64 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %66 = dsp.add %62, %65 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %67 = dsp.constant {value = 1.710000e+01 : f32} : () -> !dsp.signal<f32, const>
    %68 = dsp.delay %0 {offset = 17 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %69 = dsp.mul %67, %68 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %70 = dsp.add %66, %69 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %71 = dsp.constant {value = 1.810000e+01 : f32} : () -> !dsp.signal<f32, const>
    %72 = dsp.delay %0 {offset = 18 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %73 = dsp.mul %71, %72 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %74 = dsp.add %70, %73 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %75 = dsp.constant {value = 1.910000e+01 : f32} : () -> !dsp.signal<f32, const>
    %76 = dsp.delay %0 {offset = 19 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %77 = dsp.mul %75, %76 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %78 = dsp.add %74, %77 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %process = dsp.bargraph %78 {widget = @l} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
  // Integers are added as they are.
  // CHECK-LABEL: dsp.program @integers
  // CHECK-NOT: dsp.fir @
  dsp.program @integers f32 metadata [] ui {
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    %1 = dsp.int %0 : (!dsp.signal<f32, sample>) -> !dsp.signal<i32, sample>
    %2 = dsp.constant {value = 2 : i32} : () -> !dsp.signal<i32, const>
    %3 = dsp.delay %1 {offset = 1 : i64} : (!dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %4 = dsp.mul %2, %3 : (!dsp.signal<i32, const>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %5 = dsp.add %1, %4 : (!dsp.signal<i32, sample>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %6 = dsp.constant {value = 3 : i32} : () -> !dsp.signal<i32, const>
    %7 = dsp.delay %1 {offset = 2 : i64} : (!dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %8 = dsp.mul %6, %7 : (!dsp.signal<i32, const>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %9 = dsp.add %5, %8 : (!dsp.signal<i32, sample>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %10 = dsp.constant {value = 4 : i32} : () -> !dsp.signal<i32, const>
    %11 = dsp.delay %1 {offset = 3 : i64} : (!dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %12 = dsp.mul %10, %11 : (!dsp.signal<i32, const>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %13 = dsp.add %9, %12 : (!dsp.signal<i32, sample>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %14 = dsp.constant {value = 5 : i32} : () -> !dsp.signal<i32, const>
    %15 = dsp.delay %1 {offset = 4 : i64} : (!dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %16 = dsp.mul %14, %15 : (!dsp.signal<i32, const>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %17 = dsp.add %13, %16 : (!dsp.signal<i32, sample>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %18 = dsp.constant {value = 6 : i32} : () -> !dsp.signal<i32, const>
    %19 = dsp.delay %1 {offset = 5 : i64} : (!dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %20 = dsp.mul %18, %19 : (!dsp.signal<i32, const>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %21 = dsp.add %17, %20 : (!dsp.signal<i32, sample>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %22 = dsp.constant {value = 7 : i32} : () -> !dsp.signal<i32, const>
    %23 = dsp.delay %1 {offset = 6 : i64} : (!dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %24 = dsp.mul %22, %23 : (!dsp.signal<i32, const>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %25 = dsp.add %21, %24 : (!dsp.signal<i32, sample>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %26 = dsp.constant {value = 8 : i32} : () -> !dsp.signal<i32, const>
    %27 = dsp.delay %1 {offset = 7 : i64} : (!dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %28 = dsp.mul %26, %27 : (!dsp.signal<i32, const>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %29 = dsp.add %25, %28 : (!dsp.signal<i32, sample>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %30 = dsp.constant {value = 9 : i32} : () -> !dsp.signal<i32, const>
    %31 = dsp.delay %1 {offset = 8 : i64} : (!dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %32 = dsp.mul %30, %31 : (!dsp.signal<i32, const>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %33 = dsp.add %29, %32 : (!dsp.signal<i32, sample>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %34 = dsp.constant {value = 10 : i32} : () -> !dsp.signal<i32, const>
    %35 = dsp.delay %1 {offset = 9 : i64} : (!dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %36 = dsp.mul %34, %35 : (!dsp.signal<i32, const>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %37 = dsp.add %33, %36 : (!dsp.signal<i32, sample>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %38 = dsp.constant {value = 11 : i32} : () -> !dsp.signal<i32, const>
    %39 = dsp.delay %1 {offset = 10 : i64} : (!dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %40 = dsp.mul %38, %39 : (!dsp.signal<i32, const>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %41 = dsp.add %37, %40 : (!dsp.signal<i32, sample>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %42 = dsp.constant {value = 12 : i32} : () -> !dsp.signal<i32, const>
    %43 = dsp.delay %1 {offset = 11 : i64} : (!dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %44 = dsp.mul %42, %43 : (!dsp.signal<i32, const>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %45 = dsp.add %41, %44 : (!dsp.signal<i32, sample>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %46 = dsp.constant {value = 13 : i32} : () -> !dsp.signal<i32, const>
    %47 = dsp.delay %1 {offset = 12 : i64} : (!dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %48 = dsp.mul %46, %47 : (!dsp.signal<i32, const>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %49 = dsp.add %45, %48 : (!dsp.signal<i32, sample>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %50 = dsp.constant {value = 14 : i32} : () -> !dsp.signal<i32, const>
    %51 = dsp.delay %1 {offset = 13 : i64} : (!dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %52 = dsp.mul %50, %51 : (!dsp.signal<i32, const>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %53 = dsp.add %49, %52 : (!dsp.signal<i32, sample>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %54 = dsp.constant {value = 15 : i32} : () -> !dsp.signal<i32, const>
    %55 = dsp.delay %1 {offset = 14 : i64} : (!dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %56 = dsp.mul %54, %55 : (!dsp.signal<i32, const>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %57 = dsp.add %53, %56 : (!dsp.signal<i32, sample>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %58 = dsp.constant {value = 16 : i32} : () -> !dsp.signal<i32, const>
    %59 = dsp.delay %1 {offset = 15 : i64} : (!dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %60 = dsp.mul %58, %59 : (!dsp.signal<i32, const>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %61 = dsp.add %57, %60 : (!dsp.signal<i32, sample>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %62 = dsp.constant {value = 17 : i32} : () -> !dsp.signal<i32, const>
    %63 = dsp.delay %1 {offset = 16 : i64} : (!dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %64 = dsp.mul %62, %63 : (!dsp.signal<i32, const>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %65 = dsp.add %61, %64 : (!dsp.signal<i32, sample>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %66 = dsp.constant {value = 18 : i32} : () -> !dsp.signal<i32, const>
    %67 = dsp.delay %1 {offset = 17 : i64} : (!dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %68 = dsp.mul %66, %67 : (!dsp.signal<i32, const>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %69 = dsp.add %65, %68 : (!dsp.signal<i32, sample>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %70 = dsp.constant {value = 19 : i32} : () -> !dsp.signal<i32, const>
    %71 = dsp.delay %1 {offset = 18 : i64} : (!dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %72 = dsp.mul %70, %71 : (!dsp.signal<i32, const>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %73 = dsp.add %69, %72 : (!dsp.signal<i32, sample>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %74 = dsp.constant {value = 20 : i32} : () -> !dsp.signal<i32, const>
    %75 = dsp.delay %1 {offset = 19 : i64} : (!dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %76 = dsp.mul %74, %75 : (!dsp.signal<i32, const>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %77 = dsp.add %73, %76 : (!dsp.signal<i32, sample>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
    %process = dsp.float %77 : (!dsp.signal<i32, sample>) -> !dsp.signal<f32, sample>
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
  // A line too long to be copied: no FIR filter.
  // CHECK-LABEL: dsp.program @long
  // CHECK-NOT: dsp.fir @
  dsp.program @long f32 metadata [] ui {
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    %1 = dsp.constant {value = 1.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %2 = dsp.delay %0 {offset = 400 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %3 = dsp.mul %1, %2 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %4 = dsp.constant {value = 1.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %5 = dsp.delay %0 {offset = 401 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %6 = dsp.mul %4, %5 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %7 = dsp.add %3, %6 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %8 = dsp.constant {value = 2.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %9 = dsp.delay %0 {offset = 402 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %10 = dsp.mul %8, %9 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %11 = dsp.add %7, %10 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %12 = dsp.constant {value = 3.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %13 = dsp.delay %0 {offset = 403 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %14 = dsp.mul %12, %13 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %15 = dsp.add %11, %14 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %16 = dsp.constant {value = 4.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %17 = dsp.delay %0 {offset = 404 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %18 = dsp.mul %16, %17 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %19 = dsp.add %15, %18 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %20 = dsp.constant {value = 5.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %21 = dsp.delay %0 {offset = 405 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %22 = dsp.mul %20, %21 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %23 = dsp.add %19, %22 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %24 = dsp.constant {value = 6.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %25 = dsp.delay %0 {offset = 406 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %26 = dsp.mul %24, %25 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %27 = dsp.add %23, %26 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %28 = dsp.constant {value = 7.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %29 = dsp.delay %0 {offset = 407 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %30 = dsp.mul %28, %29 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %31 = dsp.add %27, %30 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %32 = dsp.constant {value = 8.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %33 = dsp.delay %0 {offset = 408 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %34 = dsp.mul %32, %33 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %35 = dsp.add %31, %34 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %36 = dsp.constant {value = 9.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %37 = dsp.delay %0 {offset = 409 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %38 = dsp.mul %36, %37 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %39 = dsp.add %35, %38 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %40 = dsp.constant {value = 1.010000e+01 : f32} : () -> !dsp.signal<f32, const>
    %41 = dsp.delay %0 {offset = 410 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %42 = dsp.mul %40, %41 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %43 = dsp.add %39, %42 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %44 = dsp.constant {value = 1.110000e+01 : f32} : () -> !dsp.signal<f32, const>
    %45 = dsp.delay %0 {offset = 411 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %46 = dsp.mul %44, %45 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %47 = dsp.add %43, %46 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %48 = dsp.constant {value = 1.210000e+01 : f32} : () -> !dsp.signal<f32, const>
    %49 = dsp.delay %0 {offset = 412 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %50 = dsp.mul %48, %49 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %51 = dsp.add %47, %50 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %52 = dsp.constant {value = 1.310000e+01 : f32} : () -> !dsp.signal<f32, const>
    %53 = dsp.delay %0 {offset = 413 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %54 = dsp.mul %52, %53 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %55 = dsp.add %51, %54 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %56 = dsp.constant {value = 1.410000e+01 : f32} : () -> !dsp.signal<f32, const>
    %57 = dsp.delay %0 {offset = 414 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %58 = dsp.mul %56, %57 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %59 = dsp.add %55, %58 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %60 = dsp.constant {value = 1.510000e+01 : f32} : () -> !dsp.signal<f32, const>
    %61 = dsp.delay %0 {offset = 415 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %62 = dsp.mul %60, %61 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %63 = dsp.add %59, %62 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %64 = dsp.constant {value = 1.610000e+01 : f32} : () -> !dsp.signal<f32, const>
    %65 = dsp.delay %0 {offset = 416 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %66 = dsp.mul %64, %65 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %67 = dsp.add %63, %66 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %68 = dsp.constant {value = 1.710000e+01 : f32} : () -> !dsp.signal<f32, const>
    %69 = dsp.delay %0 {offset = 417 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %70 = dsp.mul %68, %69 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %71 = dsp.add %67, %70 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %72 = dsp.constant {value = 1.810000e+01 : f32} : () -> !dsp.signal<f32, const>
    %73 = dsp.delay %0 {offset = 418 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %74 = dsp.mul %72, %73 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %75 = dsp.add %71, %74 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %76 = dsp.constant {value = 1.910000e+01 : f32} : () -> !dsp.signal<f32, const>
    %77 = dsp.delay %0 {offset = 419 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %78 = dsp.mul %76, %77 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %process = dsp.add %75, %78 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
  // In double precision.
  // CHECK-LABEL: dsp.program @f64
  // CHECK: dsp.fir @fir0 of @line taps 20 from 0
  // CHECK-NEXT: {{%|dsp.yield}}
  dsp.program @f64 f64 metadata [] ui {
  } body {
  ^bb0(%0: !dsp.signal<f64, sample>):
    %1 = dsp.constant {value = 1.000000e-01 : f64} : () -> !dsp.signal<f64, const>
    %2 = dsp.mul %1, %0 : (!dsp.signal<f64, const>, !dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %3 = dsp.constant {value = 1.100000e+00 : f64} : () -> !dsp.signal<f64, const>
    %4 = dsp.delay %0 {offset = 1 : i64} : (!dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %5 = dsp.mul %3, %4 : (!dsp.signal<f64, const>, !dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %6 = dsp.add %2, %5 : (!dsp.signal<f64, sample>, !dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %7 = dsp.constant {value = 2.100000e+00 : f64} : () -> !dsp.signal<f64, const>
    %8 = dsp.delay %0 {offset = 2 : i64} : (!dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %9 = dsp.mul %7, %8 : (!dsp.signal<f64, const>, !dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %10 = dsp.add %6, %9 : (!dsp.signal<f64, sample>, !dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %11 = dsp.constant {value = 3.100000e+00 : f64} : () -> !dsp.signal<f64, const>
    %12 = dsp.delay %0 {offset = 3 : i64} : (!dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %13 = dsp.mul %11, %12 : (!dsp.signal<f64, const>, !dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %14 = dsp.add %10, %13 : (!dsp.signal<f64, sample>, !dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %15 = dsp.constant {value = 4.100000e+00 : f64} : () -> !dsp.signal<f64, const>
    %16 = dsp.delay %0 {offset = 4 : i64} : (!dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %17 = dsp.mul %15, %16 : (!dsp.signal<f64, const>, !dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %18 = dsp.add %14, %17 : (!dsp.signal<f64, sample>, !dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %19 = dsp.constant {value = 5.100000e+00 : f64} : () -> !dsp.signal<f64, const>
    %20 = dsp.delay %0 {offset = 5 : i64} : (!dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %21 = dsp.mul %19, %20 : (!dsp.signal<f64, const>, !dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %22 = dsp.add %18, %21 : (!dsp.signal<f64, sample>, !dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %23 = dsp.constant {value = 6.100000e+00 : f64} : () -> !dsp.signal<f64, const>
    %24 = dsp.delay %0 {offset = 6 : i64} : (!dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %25 = dsp.mul %23, %24 : (!dsp.signal<f64, const>, !dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %26 = dsp.add %22, %25 : (!dsp.signal<f64, sample>, !dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %27 = dsp.constant {value = 7.100000e+00 : f64} : () -> !dsp.signal<f64, const>
    %28 = dsp.delay %0 {offset = 7 : i64} : (!dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %29 = dsp.mul %27, %28 : (!dsp.signal<f64, const>, !dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %30 = dsp.add %26, %29 : (!dsp.signal<f64, sample>, !dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %31 = dsp.constant {value = 8.100000e+00 : f64} : () -> !dsp.signal<f64, const>
    %32 = dsp.delay %0 {offset = 8 : i64} : (!dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %33 = dsp.mul %31, %32 : (!dsp.signal<f64, const>, !dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %34 = dsp.add %30, %33 : (!dsp.signal<f64, sample>, !dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %35 = dsp.constant {value = 9.100000e+00 : f64} : () -> !dsp.signal<f64, const>
    %36 = dsp.delay %0 {offset = 9 : i64} : (!dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %37 = dsp.mul %35, %36 : (!dsp.signal<f64, const>, !dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %38 = dsp.add %34, %37 : (!dsp.signal<f64, sample>, !dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %39 = dsp.constant {value = 1.010000e+01 : f64} : () -> !dsp.signal<f64, const>
    %40 = dsp.delay %0 {offset = 10 : i64} : (!dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %41 = dsp.mul %39, %40 : (!dsp.signal<f64, const>, !dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %42 = dsp.add %38, %41 : (!dsp.signal<f64, sample>, !dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %43 = dsp.constant {value = 1.110000e+01 : f64} : () -> !dsp.signal<f64, const>
    %44 = dsp.delay %0 {offset = 11 : i64} : (!dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %45 = dsp.mul %43, %44 : (!dsp.signal<f64, const>, !dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %46 = dsp.add %42, %45 : (!dsp.signal<f64, sample>, !dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %47 = dsp.constant {value = 1.210000e+01 : f64} : () -> !dsp.signal<f64, const>
    %48 = dsp.delay %0 {offset = 12 : i64} : (!dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %49 = dsp.mul %47, %48 : (!dsp.signal<f64, const>, !dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %50 = dsp.add %46, %49 : (!dsp.signal<f64, sample>, !dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %51 = dsp.constant {value = 1.310000e+01 : f64} : () -> !dsp.signal<f64, const>
    %52 = dsp.delay %0 {offset = 13 : i64} : (!dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %53 = dsp.mul %51, %52 : (!dsp.signal<f64, const>, !dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %54 = dsp.add %50, %53 : (!dsp.signal<f64, sample>, !dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %55 = dsp.constant {value = 1.410000e+01 : f64} : () -> !dsp.signal<f64, const>
    %56 = dsp.delay %0 {offset = 14 : i64} : (!dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %57 = dsp.mul %55, %56 : (!dsp.signal<f64, const>, !dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %58 = dsp.add %54, %57 : (!dsp.signal<f64, sample>, !dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %59 = dsp.constant {value = 1.510000e+01 : f64} : () -> !dsp.signal<f64, const>
    %60 = dsp.delay %0 {offset = 15 : i64} : (!dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %61 = dsp.mul %59, %60 : (!dsp.signal<f64, const>, !dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %62 = dsp.add %58, %61 : (!dsp.signal<f64, sample>, !dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %63 = dsp.constant {value = 1.610000e+01 : f64} : () -> !dsp.signal<f64, const>
    %64 = dsp.delay %0 {offset = 16 : i64} : (!dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %65 = dsp.mul %63, %64 : (!dsp.signal<f64, const>, !dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %66 = dsp.add %62, %65 : (!dsp.signal<f64, sample>, !dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %67 = dsp.constant {value = 1.710000e+01 : f64} : () -> !dsp.signal<f64, const>
    %68 = dsp.delay %0 {offset = 17 : i64} : (!dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %69 = dsp.mul %67, %68 : (!dsp.signal<f64, const>, !dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %70 = dsp.add %66, %69 : (!dsp.signal<f64, sample>, !dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %71 = dsp.constant {value = 1.810000e+01 : f64} : () -> !dsp.signal<f64, const>
    %72 = dsp.delay %0 {offset = 18 : i64} : (!dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %73 = dsp.mul %71, %72 : (!dsp.signal<f64, const>, !dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %74 = dsp.add %70, %73 : (!dsp.signal<f64, sample>, !dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %75 = dsp.constant {value = 1.910000e+01 : f64} : () -> !dsp.signal<f64, const>
    %76 = dsp.delay %0 {offset = 19 : i64} : (!dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %77 = dsp.mul %75, %76 : (!dsp.signal<f64, const>, !dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    %process = dsp.add %74, %77 : (!dsp.signal<f64, sample>, !dsp.signal<f64, sample>) -> !dsp.signal<f64, sample>
    dsp.yield %process : (!dsp.signal<f64, sample>) -> ()
  }
}
