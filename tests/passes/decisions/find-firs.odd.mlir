// RUN: dsp-choose-chunk{vector-size=36},dsp-find-firs
builtin.module {
  // Forty taps with coefficients.
  // CHECK-LABEL: dsp.program @forty
  // CHECK-NOT: dsp.fir @
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
}
