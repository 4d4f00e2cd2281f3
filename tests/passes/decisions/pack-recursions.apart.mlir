// RUN: dsp-choose-chunk{vector-size=4096},dsp-pack-recursions{apart=true}
builtin.module {
  // A pack of much work is divided among threads.
  // CHECK-LABEL: dsp.program @large
  // CHECK: dsp.pack @pack0 lanes 8 width 8 {gain = {{[0-9.e+]+}} : f64}
  // CHECK-NEXT: dsp.pack @pack1 lanes 8 width 8 {gain = {{[0-9.e+]+}} : f64}
  // CHECK-NEXT: {{%|dsp.yield}}
  dsp.program @large f32 metadata [] ui {
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    %f = dsp.constant {value = 3.200000e+01 : f32} : () -> !dsp.signal<f32, const>
    %1 = dsp.constant {value = 6.100000e-01 : f32} : () -> !dsp.signal<f32, const>
    %2 = dsp.constant {value = 3.100000e+01 : f32} : () -> !dsp.signal<f32, const>
    %3 = dsp.constant {value = 6.200000e-01 : f32} : () -> !dsp.signal<f32, const>
    %4 = dsp.constant {value = 3.000000e+01 : f32} : () -> !dsp.signal<f32, const>
    %5 = dsp.constant {value = 6.300000e-01 : f32} : () -> !dsp.signal<f32, const>
    %6 = dsp.constant {value = 2.900000e+01 : f32} : () -> !dsp.signal<f32, const>
    %7 = dsp.constant {value = 6.400000e-01 : f32} : () -> !dsp.signal<f32, const>
    %8 = dsp.constant {value = 2.800000e+01 : f32} : () -> !dsp.signal<f32, const>
    %9 = dsp.constant {value = 6.500000e-01 : f32} : () -> !dsp.signal<f32, const>
    %10 = dsp.constant {value = 2.700000e+01 : f32} : () -> !dsp.signal<f32, const>
    %11 = dsp.constant {value = 6.600000e-01 : f32} : () -> !dsp.signal<f32, const>
    %12 = dsp.constant {value = 2.600000e+01 : f32} : () -> !dsp.signal<f32, const>
    %13 = dsp.constant {value = 6.700000e-01 : f32} : () -> !dsp.signal<f32, const>
    %14 = dsp.constant {value = 2.500000e+01 : f32} : () -> !dsp.signal<f32, const>
    %15 = dsp.constant {value = 6.800000e-01 : f32} : () -> !dsp.signal<f32, const>
    %16 = dsp.constant {value = 2.400000e+01 : f32} : () -> !dsp.signal<f32, const>
    %17 = dsp.constant {value = 6.900000e-01 : f32} : () -> !dsp.signal<f32, const>
    %18 = dsp.constant {value = 2.300000e+01 : f32} : () -> !dsp.signal<f32, const>
    %19 = dsp.constant {value = 7.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %20 = dsp.constant {value = 2.200000e+01 : f32} : () -> !dsp.signal<f32, const>
    %21 = dsp.constant {value = 7.100000e-01 : f32} : () -> !dsp.signal<f32, const>
    %22 = dsp.constant {value = 2.100000e+01 : f32} : () -> !dsp.signal<f32, const>
    %23 = dsp.constant {value = 7.200000e-01 : f32} : () -> !dsp.signal<f32, const>
    %24 = dsp.constant {value = 2.000000e+01 : f32} : () -> !dsp.signal<f32, const>
    %25 = dsp.constant {value = 7.300000e-01 : f32} : () -> !dsp.signal<f32, const>
    %26 = dsp.constant {value = 1.900000e+01 : f32} : () -> !dsp.signal<f32, const>
    %27 = dsp.constant {value = 7.400000e-01 : f32} : () -> !dsp.signal<f32, const>
    %28 = dsp.constant {value = 1.800000e+01 : f32} : () -> !dsp.signal<f32, const>
    %29 = dsp.constant {value = 7.500000e-01 : f32} : () -> !dsp.signal<f32, const>
    %30 = dsp.constant {value = 1.700000e+01 : f32} : () -> !dsp.signal<f32, const>
    %31 = dsp.constant {value = 7.600000e-01 : f32} : () -> !dsp.signal<f32, const>
    %32 = dsp.constant {value = 1.600000e+01 : f32} : () -> !dsp.signal<f32, const>
    %33 = dsp.constant {value = 7.700000e-01 : f32} : () -> !dsp.signal<f32, const>
    %34 = dsp.constant {value = 1.500000e+01 : f32} : () -> !dsp.signal<f32, const>
    %35 = dsp.constant {value = 7.800000e-01 : f32} : () -> !dsp.signal<f32, const>
    %36 = dsp.constant {value = 1.400000e+01 : f32} : () -> !dsp.signal<f32, const>
    %37 = dsp.constant {value = 7.900000e-01 : f32} : () -> !dsp.signal<f32, const>
    %38 = dsp.constant {value = 1.300000e+01 : f32} : () -> !dsp.signal<f32, const>
    %39 = dsp.constant {value = 8.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %40 = dsp.constant {value = 1.200000e+01 : f32} : () -> !dsp.signal<f32, const>
    %41 = dsp.constant {value = 8.100000e-01 : f32} : () -> !dsp.signal<f32, const>
    %42 = dsp.constant {value = 1.100000e+01 : f32} : () -> !dsp.signal<f32, const>
    %43 = dsp.constant {value = 8.200000e-01 : f32} : () -> !dsp.signal<f32, const>
    %44 = dsp.constant {value = 1.000000e+01 : f32} : () -> !dsp.signal<f32, const>
    %45 = dsp.constant {value = 8.300000e-01 : f32} : () -> !dsp.signal<f32, const>
    %46 = dsp.constant {value = 9.000000e+00 : f32} : () -> !dsp.signal<f32, const>
    %47 = dsp.constant {value = 8.400000e-01 : f32} : () -> !dsp.signal<f32, const>
    %48 = dsp.constant {value = 8.000000e+00 : f32} : () -> !dsp.signal<f32, const>
    %49 = dsp.constant {value = 8.500000e-01 : f32} : () -> !dsp.signal<f32, const>
    %50 = dsp.constant {value = 7.000000e+00 : f32} : () -> !dsp.signal<f32, const>
    %51 = dsp.constant {value = 8.600000e-01 : f32} : () -> !dsp.signal<f32, const>
    %52 = dsp.constant {value = 6.000000e+00 : f32} : () -> !dsp.signal<f32, const>
    %53 = dsp.constant {value = 8.700000e-01 : f32} : () -> !dsp.signal<f32, const>
    %54 = dsp.constant {value = 5.000000e+00 : f32} : () -> !dsp.signal<f32, const>
    %55 = dsp.constant {value = 8.800000e-01 : f32} : () -> !dsp.signal<f32, const>
    %56 = dsp.constant {value = 4.000000e+00 : f32} : () -> !dsp.signal<f32, const>
    %57 = dsp.constant {value = 8.900000e-01 : f32} : () -> !dsp.signal<f32, const>
    %58 = dsp.constant {value = 3.000000e+00 : f32} : () -> !dsp.signal<f32, const>
    %59 = dsp.constant {value = 9.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %60 = dsp.rec {
    ^bb0(%61: !dsp.signal<f32, sample>):
      %62 = dsp.delay %61 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %63 = dsp.mul %59, %62 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %64 = dsp.min %44, %63 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %65 = dsp.add %64, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %65 : (!dsp.signal<f32, sample>) -> ()
    }
    %66 = dsp.mul %59, %60 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %67 = dsp.min %58, %66 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %68 = dsp.mul %57, %67 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %69 = dsp.min %56, %68 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %70 = dsp.mul %55, %69 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %71 = dsp.min %54, %70 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %72 = dsp.mul %53, %71 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %73 = dsp.min %52, %72 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %74 = dsp.mul %51, %73 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %75 = dsp.min %50, %74 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %76 = dsp.mul %49, %75 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %77 = dsp.min %48, %76 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %78 = dsp.mul %47, %77 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %79 = dsp.min %46, %78 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %80 = dsp.mul %45, %79 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %81 = dsp.min %44, %80 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %82 = dsp.mul %43, %81 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %83 = dsp.min %42, %82 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %84 = dsp.mul %41, %83 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %85 = dsp.min %40, %84 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %86 = dsp.mul %39, %85 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %87 = dsp.min %38, %86 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %88 = dsp.mul %37, %87 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %89 = dsp.min %36, %88 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %90 = dsp.mul %35, %89 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %91 = dsp.min %34, %90 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %92 = dsp.mul %33, %91 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %93 = dsp.min %32, %92 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %94 = dsp.mul %31, %93 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %95 = dsp.min %30, %94 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %96 = dsp.mul %29, %95 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %97 = dsp.min %28, %96 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %98 = dsp.mul %27, %97 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %99 = dsp.min %26, %98 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %100 = dsp.mul %25, %99 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %101 = dsp.min %24, %100 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %102 = dsp.mul %23, %101 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %103 = dsp.min %22, %102 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %104 = dsp.mul %21, %103 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %105 = dsp.min %20, %104 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %106 = dsp.mul %19, %105 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %107 = dsp.min %18, %106 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %108 = dsp.mul %17, %107 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %109 = dsp.min %16, %108 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %110 = dsp.mul %15, %109 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %111 = dsp.min %14, %110 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %112 = dsp.mul %13, %111 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %113 = dsp.min %12, %112 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %114 = dsp.mul %11, %113 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %115 = dsp.min %10, %114 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %116 = dsp.mul %9, %115 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %117 = dsp.min %8, %116 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %118 = dsp.mul %7, %117 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %119 = dsp.min %6, %118 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %120 = dsp.mul %5, %119 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %121 = dsp.min %4, %120 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %122 = dsp.mul %3, %121 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %123 = dsp.min %2, %122 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %124 = dsp.mul %1, %123 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %f_1 = dsp.min %f, %124 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %f_2 = dsp.constant {value = 3.300000e+01 : f32} : () -> !dsp.signal<f32, const>
    %125 = dsp.constant {value = 6.090000e-01 : f32} : () -> !dsp.signal<f32, const>
    %126 = dsp.constant {value = 6.190000e-01 : f32} : () -> !dsp.signal<f32, const>
    %127 = dsp.constant {value = 6.290000e-01 : f32} : () -> !dsp.signal<f32, const>
    %128 = dsp.constant {value = 6.390000e-01 : f32} : () -> !dsp.signal<f32, const>
    %129 = dsp.constant {value = 6.490000e-01 : f32} : () -> !dsp.signal<f32, const>
    %130 = dsp.constant {value = 6.590000e-01 : f32} : () -> !dsp.signal<f32, const>
    %131 = dsp.constant {value = 6.690000e-01 : f32} : () -> !dsp.signal<f32, const>
    %132 = dsp.constant {value = 6.790000e-01 : f32} : () -> !dsp.signal<f32, const>
    %133 = dsp.constant {value = 6.890000e-01 : f32} : () -> !dsp.signal<f32, const>
    %134 = dsp.constant {value = 6.990000e-01 : f32} : () -> !dsp.signal<f32, const>
    %135 = dsp.constant {value = 7.090000e-01 : f32} : () -> !dsp.signal<f32, const>
    %136 = dsp.constant {value = 7.190000e-01 : f32} : () -> !dsp.signal<f32, const>
    %137 = dsp.constant {value = 7.290000e-01 : f32} : () -> !dsp.signal<f32, const>
    %138 = dsp.constant {value = 7.390000e-01 : f32} : () -> !dsp.signal<f32, const>
    %139 = dsp.constant {value = 7.490000e-01 : f32} : () -> !dsp.signal<f32, const>
    %140 = dsp.constant {value = 7.590000e-01 : f32} : () -> !dsp.signal<f32, const>
    %141 = dsp.constant {value = 7.690000e-01 : f32} : () -> !dsp.signal<f32, const>
    %142 = dsp.constant {value = 7.790000e-01 : f32} : () -> !dsp.signal<f32, const>
    %143 = dsp.constant {value = 7.890000e-01 : f32} : () -> !dsp.signal<f32, const>
    %144 = dsp.constant {value = 7.990000e-01 : f32} : () -> !dsp.signal<f32, const>
    %145 = dsp.constant {value = 8.090000e-01 : f32} : () -> !dsp.signal<f32, const>
    %146 = dsp.constant {value = 8.190000e-01 : f32} : () -> !dsp.signal<f32, const>
    %147 = dsp.constant {value = 8.290000e-01 : f32} : () -> !dsp.signal<f32, const>
    %148 = dsp.constant {value = 8.390000e-01 : f32} : () -> !dsp.signal<f32, const>
    %149 = dsp.constant {value = 8.490000e-01 : f32} : () -> !dsp.signal<f32, const>
    %150 = dsp.constant {value = 8.590000e-01 : f32} : () -> !dsp.signal<f32, const>
    %151 = dsp.constant {value = 8.690000e-01 : f32} : () -> !dsp.signal<f32, const>
    %152 = dsp.constant {value = 8.790000e-01 : f32} : () -> !dsp.signal<f32, const>
    %153 = dsp.constant {value = 8.890000e-01 : f32} : () -> !dsp.signal<f32, const>
    %154 = dsp.constant {value = 8.990000e-01 : f32} : () -> !dsp.signal<f32, const>
    %155 = dsp.rec {
    ^bb0(%156: !dsp.signal<f32, sample>):
      %157 = dsp.delay %156 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %158 = dsp.mul %154, %157 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %159 = dsp.min %44, %158 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %160 = dsp.add %159, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %160 : (!dsp.signal<f32, sample>) -> ()
    }
    %161 = dsp.mul %154, %155 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %162 = dsp.min %56, %161 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %163 = dsp.mul %153, %162 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %164 = dsp.min %54, %163 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %165 = dsp.mul %152, %164 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %166 = dsp.min %52, %165 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %167 = dsp.mul %151, %166 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %168 = dsp.min %50, %167 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %169 = dsp.mul %150, %168 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %170 = dsp.min %48, %169 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %171 = dsp.mul %149, %170 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %172 = dsp.min %46, %171 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %173 = dsp.mul %148, %172 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %174 = dsp.min %44, %173 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %175 = dsp.mul %147, %174 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %176 = dsp.min %42, %175 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %177 = dsp.mul %146, %176 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %178 = dsp.min %40, %177 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %179 = dsp.mul %145, %178 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %180 = dsp.min %38, %179 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %181 = dsp.mul %144, %180 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %182 = dsp.min %36, %181 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %183 = dsp.mul %143, %182 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %184 = dsp.min %34, %183 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %185 = dsp.mul %142, %184 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %186 = dsp.min %32, %185 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %187 = dsp.mul %141, %186 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %188 = dsp.min %30, %187 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %189 = dsp.mul %140, %188 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %190 = dsp.min %28, %189 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %191 = dsp.mul %139, %190 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %192 = dsp.min %26, %191 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %193 = dsp.mul %138, %192 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %194 = dsp.min %24, %193 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %195 = dsp.mul %137, %194 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %196 = dsp.min %22, %195 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %197 = dsp.mul %136, %196 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %198 = dsp.min %20, %197 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %199 = dsp.mul %135, %198 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %200 = dsp.min %18, %199 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %201 = dsp.mul %134, %200 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %202 = dsp.min %16, %201 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %203 = dsp.mul %133, %202 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %204 = dsp.min %14, %203 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %205 = dsp.mul %132, %204 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %206 = dsp.min %12, %205 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %207 = dsp.mul %131, %206 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %208 = dsp.min %10, %207 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %209 = dsp.mul %130, %208 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %210 = dsp.min %8, %209 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %211 = dsp.mul %129, %210 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %212 = dsp.min %6, %211 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %213 = dsp.mul %128, %212 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %214 = dsp.min %4, %213 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %215 = dsp.mul %127, %214 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %216 = dsp.min %2, %215 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %217 = dsp.mul %126, %216 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %218 = dsp.min %f, %217 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %219 = dsp.mul %125, %218 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %f_3 = dsp.min %f_2, %219 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %220 = dsp.add %f_1, %f_3 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %f_4 = dsp.constant {value = 3.400000e+01 : f32} : () -> !dsp.signal<f32, const>
    %221 = dsp.constant {value = 6.080000e-01 : f32} : () -> !dsp.signal<f32, const>
    %222 = dsp.constant {value = 6.180000e-01 : f32} : () -> !dsp.signal<f32, const>
    %223 = dsp.constant {value = 6.280000e-01 : f32} : () -> !dsp.signal<f32, const>
    %224 = dsp.constant {value = 6.380000e-01 : f32} : () -> !dsp.signal<f32, const>
    %225 = dsp.constant {value = 6.480000e-01 : f32} : () -> !dsp.signal<f32, const>
    %226 = dsp.constant {value = 6.580000e-01 : f32} : () -> !dsp.signal<f32, const>
    %227 = dsp.constant {value = 6.680000e-01 : f32} : () -> !dsp.signal<f32, const>
    %228 = dsp.constant {value = 6.780000e-01 : f32} : () -> !dsp.signal<f32, const>
    %229 = dsp.constant {value = 6.880000e-01 : f32} : () -> !dsp.signal<f32, const>
    %230 = dsp.constant {value = 6.980000e-01 : f32} : () -> !dsp.signal<f32, const>
    %231 = dsp.constant {value = 7.080000e-01 : f32} : () -> !dsp.signal<f32, const>
    %232 = dsp.constant {value = 7.180000e-01 : f32} : () -> !dsp.signal<f32, const>
    %233 = dsp.constant {value = 7.280000e-01 : f32} : () -> !dsp.signal<f32, const>
    %234 = dsp.constant {value = 7.380000e-01 : f32} : () -> !dsp.signal<f32, const>
    %235 = dsp.constant {value = 7.480000e-01 : f32} : () -> !dsp.signal<f32, const>
    %236 = dsp.constant {value = 7.580000e-01 : f32} : () -> !dsp.signal<f32, const>
    %237 = dsp.constant {value = 7.680000e-01 : f32} : () -> !dsp.signal<f32, const>
    %238 = dsp.constant {value = 7.780000e-01 : f32} : () -> !dsp.signal<f32, const>
    %239 = dsp.constant {value = 7.880000e-01 : f32} : () -> !dsp.signal<f32, const>
    %240 = dsp.constant {value = 7.980000e-01 : f32} : () -> !dsp.signal<f32, const>
    %241 = dsp.constant {value = 8.080000e-01 : f32} : () -> !dsp.signal<f32, const>
    %242 = dsp.constant {value = 8.180000e-01 : f32} : () -> !dsp.signal<f32, const>
    %243 = dsp.constant {value = 8.280000e-01 : f32} : () -> !dsp.signal<f32, const>
    %244 = dsp.constant {value = 8.380000e-01 : f32} : () -> !dsp.signal<f32, const>
    %245 = dsp.constant {value = 8.480000e-01 : f32} : () -> !dsp.signal<f32, const>
    %246 = dsp.constant {value = 8.580000e-01 : f32} : () -> !dsp.signal<f32, const>
    %247 = dsp.constant {value = 8.680000e-01 : f32} : () -> !dsp.signal<f32, const>
    %248 = dsp.constant {value = 8.780000e-01 : f32} : () -> !dsp.signal<f32, const>
    %249 = dsp.constant {value = 8.880000e-01 : f32} : () -> !dsp.signal<f32, const>
    %250 = dsp.constant {value = 8.980000e-01 : f32} : () -> !dsp.signal<f32, const>
    %251 = dsp.rec {
    ^bb0(%252: !dsp.signal<f32, sample>):
      %253 = dsp.delay %252 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %254 = dsp.mul %250, %253 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %255 = dsp.min %44, %254 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %256 = dsp.add %255, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %256 : (!dsp.signal<f32, sample>) -> ()
    }
    %257 = dsp.mul %250, %251 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %258 = dsp.min %54, %257 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %259 = dsp.mul %249, %258 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %260 = dsp.min %52, %259 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %261 = dsp.mul %248, %260 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %262 = dsp.min %50, %261 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %263 = dsp.mul %247, %262 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %264 = dsp.min %48, %263 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %265 = dsp.mul %246, %264 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %266 = dsp.min %46, %265 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %267 = dsp.mul %245, %266 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %268 = dsp.min %44, %267 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %269 = dsp.mul %244, %268 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %270 = dsp.min %42, %269 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %271 = dsp.mul %243, %270 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %272 = dsp.min %40, %271 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %273 = dsp.mul %242, %272 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %274 = dsp.min %38, %273 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %275 = dsp.mul %241, %274 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %276 = dsp.min %36, %275 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %277 = dsp.mul %240, %276 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %278 = dsp.min %34, %277 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %279 = dsp.mul %239, %278 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %280 = dsp.min %32, %279 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %281 = dsp.mul %238, %280 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %282 = dsp.min %30, %281 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %283 = dsp.mul %237, %282 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %284 = dsp.min %28, %283 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %285 = dsp.mul %236, %284 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %286 = dsp.min %26, %285 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %287 = dsp.mul %235, %286 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %288 = dsp.min %24, %287 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %289 = dsp.mul %234, %288 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %290 = dsp.min %22, %289 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %291 = dsp.mul %233, %290 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %292 = dsp.min %20, %291 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %293 = dsp.mul %232, %292 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %294 = dsp.min %18, %293 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %295 = dsp.mul %231, %294 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %296 = dsp.min %16, %295 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %297 = dsp.mul %230, %296 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %298 = dsp.min %14, %297 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %299 = dsp.mul %229, %298 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %300 = dsp.min %12, %299 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %301 = dsp.mul %228, %300 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %302 = dsp.min %10, %301 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %303 = dsp.mul %227, %302 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %304 = dsp.min %8, %303 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %305 = dsp.mul %226, %304 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %306 = dsp.min %6, %305 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %307 = dsp.mul %225, %306 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %308 = dsp.min %4, %307 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %309 = dsp.mul %224, %308 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %310 = dsp.min %2, %309 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %311 = dsp.mul %223, %310 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %312 = dsp.min %f, %311 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %313 = dsp.mul %222, %312 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %314 = dsp.min %f_2, %313 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %315 = dsp.mul %221, %314 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %f_5 = dsp.min %f_4, %315 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %316 = dsp.add %220, %f_5 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %f_6 = dsp.constant {value = 3.500000e+01 : f32} : () -> !dsp.signal<f32, const>
    %317 = dsp.constant {value = 6.070000e-01 : f32} : () -> !dsp.signal<f32, const>
    %318 = dsp.constant {value = 6.170000e-01 : f32} : () -> !dsp.signal<f32, const>
    %319 = dsp.constant {value = 6.270000e-01 : f32} : () -> !dsp.signal<f32, const>
    %320 = dsp.constant {value = 6.370000e-01 : f32} : () -> !dsp.signal<f32, const>
    %321 = dsp.constant {value = 6.470000e-01 : f32} : () -> !dsp.signal<f32, const>
    %322 = dsp.constant {value = 6.570000e-01 : f32} : () -> !dsp.signal<f32, const>
    %323 = dsp.constant {value = 6.670000e-01 : f32} : () -> !dsp.signal<f32, const>
    %324 = dsp.constant {value = 6.770000e-01 : f32} : () -> !dsp.signal<f32, const>
    %325 = dsp.constant {value = 6.870000e-01 : f32} : () -> !dsp.signal<f32, const>
    %326 = dsp.constant {value = 6.970000e-01 : f32} : () -> !dsp.signal<f32, const>
    %327 = dsp.constant {value = 7.070000e-01 : f32} : () -> !dsp.signal<f32, const>
    %328 = dsp.constant {value = 7.170000e-01 : f32} : () -> !dsp.signal<f32, const>
    %329 = dsp.constant {value = 7.270000e-01 : f32} : () -> !dsp.signal<f32, const>
    %330 = dsp.constant {value = 7.370000e-01 : f32} : () -> !dsp.signal<f32, const>
    %331 = dsp.constant {value = 7.470000e-01 : f32} : () -> !dsp.signal<f32, const>
    %332 = dsp.constant {value = 7.570000e-01 : f32} : () -> !dsp.signal<f32, const>
    %333 = dsp.constant {value = 7.670000e-01 : f32} : () -> !dsp.signal<f32, const>
    %334 = dsp.constant {value = 7.770000e-01 : f32} : () -> !dsp.signal<f32, const>
    %335 = dsp.constant {value = 7.870000e-01 : f32} : () -> !dsp.signal<f32, const>
    %336 = dsp.constant {value = 7.970000e-01 : f32} : () -> !dsp.signal<f32, const>
    %337 = dsp.constant {value = 8.070000e-01 : f32} : () -> !dsp.signal<f32, const>
    %338 = dsp.constant {value = 8.170000e-01 : f32} : () -> !dsp.signal<f32, const>
    %339 = dsp.constant {value = 8.270000e-01 : f32} : () -> !dsp.signal<f32, const>
    %340 = dsp.constant {value = 8.370000e-01 : f32} : () -> !dsp.signal<f32, const>
    %341 = dsp.constant {value = 8.470000e-01 : f32} : () -> !dsp.signal<f32, const>
    %342 = dsp.constant {value = 8.570000e-01 : f32} : () -> !dsp.signal<f32, const>
    %343 = dsp.constant {value = 8.670000e-01 : f32} : () -> !dsp.signal<f32, const>
    %344 = dsp.constant {value = 8.770000e-01 : f32} : () -> !dsp.signal<f32, const>
    %345 = dsp.constant {value = 8.870000e-01 : f32} : () -> !dsp.signal<f32, const>
    %346 = dsp.constant {value = 8.970000e-01 : f32} : () -> !dsp.signal<f32, const>
    %347 = dsp.rec {
    ^bb0(%348: !dsp.signal<f32, sample>):
      %349 = dsp.delay %348 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %350 = dsp.mul %346, %349 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %351 = dsp.min %44, %350 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %352 = dsp.add %351, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %352 : (!dsp.signal<f32, sample>) -> ()
    }
    %353 = dsp.mul %346, %347 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %354 = dsp.min %52, %353 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %355 = dsp.mul %345, %354 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %356 = dsp.min %50, %355 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %357 = dsp.mul %344, %356 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %358 = dsp.min %48, %357 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %359 = dsp.mul %343, %358 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %360 = dsp.min %46, %359 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %361 = dsp.mul %342, %360 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %362 = dsp.min %44, %361 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %363 = dsp.mul %341, %362 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %364 = dsp.min %42, %363 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %365 = dsp.mul %340, %364 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %366 = dsp.min %40, %365 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %367 = dsp.mul %339, %366 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %368 = dsp.min %38, %367 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %369 = dsp.mul %338, %368 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %370 = dsp.min %36, %369 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %371 = dsp.mul %337, %370 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %372 = dsp.min %34, %371 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %373 = dsp.mul %336, %372 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %374 = dsp.min %32, %373 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %375 = dsp.mul %335, %374 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %376 = dsp.min %30, %375 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %377 = dsp.mul %334, %376 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %378 = dsp.min %28, %377 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %379 = dsp.mul %333, %378 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %380 = dsp.min %26, %379 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %381 = dsp.mul %332, %380 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %382 = dsp.min %24, %381 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %383 = dsp.mul %331, %382 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %384 = dsp.min %22, %383 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %385 = dsp.mul %330, %384 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %386 = dsp.min %20, %385 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %387 = dsp.mul %329, %386 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %388 = dsp.min %18, %387 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %389 = dsp.mul %328, %388 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %390 = dsp.min %16, %389 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %391 = dsp.mul %327, %390 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %392 = dsp.min %14, %391 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %393 = dsp.mul %326, %392 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %394 = dsp.min %12, %393 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %395 = dsp.mul %325, %394 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %396 = dsp.min %10, %395 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %397 = dsp.mul %324, %396 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %398 = dsp.min %8, %397 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %399 = dsp.mul %323, %398 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %400 = dsp.min %6, %399 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %401 = dsp.mul %322, %400 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %402 = dsp.min %4, %401 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %403 = dsp.mul %321, %402 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %404 = dsp.min %2, %403 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %405 = dsp.mul %320, %404 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %406 = dsp.min %f, %405 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %407 = dsp.mul %319, %406 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %408 = dsp.min %f_2, %407 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %409 = dsp.mul %318, %408 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %410 = dsp.min %f_4, %409 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %411 = dsp.mul %317, %410 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %f_7 = dsp.min %f_6, %411 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %412 = dsp.add %316, %f_7 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %f_8 = dsp.constant {value = 3.600000e+01 : f32} : () -> !dsp.signal<f32, const>
    %413 = dsp.constant {value = 6.060000e-01 : f32} : () -> !dsp.signal<f32, const>
    %414 = dsp.constant {value = 6.160000e-01 : f32} : () -> !dsp.signal<f32, const>
    %415 = dsp.constant {value = 6.260000e-01 : f32} : () -> !dsp.signal<f32, const>
    %416 = dsp.constant {value = 6.360000e-01 : f32} : () -> !dsp.signal<f32, const>
    %417 = dsp.constant {value = 6.460000e-01 : f32} : () -> !dsp.signal<f32, const>
    %418 = dsp.constant {value = 6.560000e-01 : f32} : () -> !dsp.signal<f32, const>
    %419 = dsp.constant {value = 6.660000e-01 : f32} : () -> !dsp.signal<f32, const>
    %420 = dsp.constant {value = 6.760000e-01 : f32} : () -> !dsp.signal<f32, const>
    %421 = dsp.constant {value = 6.860000e-01 : f32} : () -> !dsp.signal<f32, const>
    %422 = dsp.constant {value = 6.960000e-01 : f32} : () -> !dsp.signal<f32, const>
    %423 = dsp.constant {value = 7.060000e-01 : f32} : () -> !dsp.signal<f32, const>
    %424 = dsp.constant {value = 7.160000e-01 : f32} : () -> !dsp.signal<f32, const>
    %425 = dsp.constant {value = 7.260000e-01 : f32} : () -> !dsp.signal<f32, const>
    %426 = dsp.constant {value = 7.360000e-01 : f32} : () -> !dsp.signal<f32, const>
    %427 = dsp.constant {value = 7.460000e-01 : f32} : () -> !dsp.signal<f32, const>
    %428 = dsp.constant {value = 7.560000e-01 : f32} : () -> !dsp.signal<f32, const>
    %429 = dsp.constant {value = 7.660000e-01 : f32} : () -> !dsp.signal<f32, const>
    %430 = dsp.constant {value = 7.760000e-01 : f32} : () -> !dsp.signal<f32, const>
    %431 = dsp.constant {value = 7.860000e-01 : f32} : () -> !dsp.signal<f32, const>
    %432 = dsp.constant {value = 7.960000e-01 : f32} : () -> !dsp.signal<f32, const>
    %433 = dsp.constant {value = 8.060000e-01 : f32} : () -> !dsp.signal<f32, const>
    %434 = dsp.constant {value = 8.160000e-01 : f32} : () -> !dsp.signal<f32, const>
    %435 = dsp.constant {value = 8.260000e-01 : f32} : () -> !dsp.signal<f32, const>
    %436 = dsp.constant {value = 8.360000e-01 : f32} : () -> !dsp.signal<f32, const>
    %437 = dsp.constant {value = 8.460000e-01 : f32} : () -> !dsp.signal<f32, const>
    %438 = dsp.constant {value = 8.560000e-01 : f32} : () -> !dsp.signal<f32, const>
    %439 = dsp.constant {value = 8.660000e-01 : f32} : () -> !dsp.signal<f32, const>
    %440 = dsp.constant {value = 8.760000e-01 : f32} : () -> !dsp.signal<f32, const>
    %441 = dsp.constant {value = 8.860000e-01 : f32} : () -> !dsp.signal<f32, const>
    %442 = dsp.constant {value = 8.960000e-01 : f32} : () -> !dsp.signal<f32, const>
    %443 = dsp.rec {
    ^bb0(%444: !dsp.signal<f32, sample>):
      %445 = dsp.delay %444 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %446 = dsp.mul %442, %445 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %447 = dsp.min %44, %446 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %448 = dsp.add %447, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %448 : (!dsp.signal<f32, sample>) -> ()
    }
    %449 = dsp.mul %442, %443 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %450 = dsp.min %50, %449 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %451 = dsp.mul %441, %450 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %452 = dsp.min %48, %451 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %453 = dsp.mul %440, %452 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %454 = dsp.min %46, %453 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %455 = dsp.mul %439, %454 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %456 = dsp.min %44, %455 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %457 = dsp.mul %438, %456 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %458 = dsp.min %42, %457 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %459 = dsp.mul %437, %458 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %460 = dsp.min %40, %459 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %461 = dsp.mul %436, %460 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %462 = dsp.min %38, %461 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %463 = dsp.mul %435, %462 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %464 = dsp.min %36, %463 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %465 = dsp.mul %434, %464 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %466 = dsp.min %34, %465 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %467 = dsp.mul %433, %466 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %468 = dsp.min %32, %467 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %469 = dsp.mul %432, %468 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %470 = dsp.min %30, %469 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %471 = dsp.mul %431, %470 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %472 = dsp.min %28, %471 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %473 = dsp.mul %430, %472 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %474 = dsp.min %26, %473 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %475 = dsp.mul %429, %474 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %476 = dsp.min %24, %475 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %477 = dsp.mul %428, %476 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %478 = dsp.min %22, %477 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %479 = dsp.mul %427, %478 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %480 = dsp.min %20, %479 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %481 = dsp.mul %426, %480 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %482 = dsp.min %18, %481 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %483 = dsp.mul %425, %482 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %484 = dsp.min %16, %483 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %485 = dsp.mul %424, %484 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %486 = dsp.min %14, %485 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %487 = dsp.mul %423, %486 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %488 = dsp.min %12, %487 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %489 = dsp.mul %422, %488 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %490 = dsp.min %10, %489 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %491 = dsp.mul %421, %490 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %492 = dsp.min %8, %491 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %493 = dsp.mul %420, %492 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %494 = dsp.min %6, %493 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %495 = dsp.mul %419, %494 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %496 = dsp.min %4, %495 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %497 = dsp.mul %418, %496 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %498 = dsp.min %2, %497 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %499 = dsp.mul %417, %498 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %500 = dsp.min %f, %499 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %501 = dsp.mul %416, %500 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %502 = dsp.min %f_2, %501 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %503 = dsp.mul %415, %502 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %504 = dsp.min %f_4, %503 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %505 = dsp.mul %414, %504 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %506 = dsp.min %f_6, %505 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %507 = dsp.mul %413, %506 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %f_9 = dsp.min %f_8, %507 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %508 = dsp.add %412, %f_9 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %f_10 = dsp.constant {value = 3.700000e+01 : f32} : () -> !dsp.signal<f32, const>
    %509 = dsp.constant {value = 6.050000e-01 : f32} : () -> !dsp.signal<f32, const>
    %510 = dsp.constant {value = 6.150000e-01 : f32} : () -> !dsp.signal<f32, const>
    %511 = dsp.constant {value = 6.250000e-01 : f32} : () -> !dsp.signal<f32, const>
    %512 = dsp.constant {value = 6.350000e-01 : f32} : () -> !dsp.signal<f32, const>
    %513 = dsp.constant {value = 6.450000e-01 : f32} : () -> !dsp.signal<f32, const>
    %514 = dsp.constant {value = 6.550000e-01 : f32} : () -> !dsp.signal<f32, const>
    %515 = dsp.constant {value = 6.650000e-01 : f32} : () -> !dsp.signal<f32, const>
    %516 = dsp.constant {value = 6.750000e-01 : f32} : () -> !dsp.signal<f32, const>
    %517 = dsp.constant {value = 6.850000e-01 : f32} : () -> !dsp.signal<f32, const>
    %518 = dsp.constant {value = 6.950000e-01 : f32} : () -> !dsp.signal<f32, const>
    %519 = dsp.constant {value = 7.050000e-01 : f32} : () -> !dsp.signal<f32, const>
    %520 = dsp.constant {value = 7.150000e-01 : f32} : () -> !dsp.signal<f32, const>
    %521 = dsp.constant {value = 7.250000e-01 : f32} : () -> !dsp.signal<f32, const>
    %522 = dsp.constant {value = 7.350000e-01 : f32} : () -> !dsp.signal<f32, const>
    %523 = dsp.constant {value = 7.450000e-01 : f32} : () -> !dsp.signal<f32, const>
    %524 = dsp.constant {value = 7.550000e-01 : f32} : () -> !dsp.signal<f32, const>
    %525 = dsp.constant {value = 7.650000e-01 : f32} : () -> !dsp.signal<f32, const>
    %526 = dsp.constant {value = 7.750000e-01 : f32} : () -> !dsp.signal<f32, const>
    %527 = dsp.constant {value = 7.850000e-01 : f32} : () -> !dsp.signal<f32, const>
    %528 = dsp.constant {value = 7.950000e-01 : f32} : () -> !dsp.signal<f32, const>
    %529 = dsp.constant {value = 8.050000e-01 : f32} : () -> !dsp.signal<f32, const>
    %530 = dsp.constant {value = 8.150000e-01 : f32} : () -> !dsp.signal<f32, const>
    %531 = dsp.constant {value = 8.250000e-01 : f32} : () -> !dsp.signal<f32, const>
    %532 = dsp.constant {value = 8.350000e-01 : f32} : () -> !dsp.signal<f32, const>
    %533 = dsp.constant {value = 8.450000e-01 : f32} : () -> !dsp.signal<f32, const>
    %534 = dsp.constant {value = 8.550000e-01 : f32} : () -> !dsp.signal<f32, const>
    %535 = dsp.constant {value = 8.650000e-01 : f32} : () -> !dsp.signal<f32, const>
    %536 = dsp.constant {value = 8.750000e-01 : f32} : () -> !dsp.signal<f32, const>
    %537 = dsp.constant {value = 8.850000e-01 : f32} : () -> !dsp.signal<f32, const>
    %538 = dsp.constant {value = 8.950000e-01 : f32} : () -> !dsp.signal<f32, const>
    %539 = dsp.rec {
    ^bb0(%540: !dsp.signal<f32, sample>):
      %541 = dsp.delay %540 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %542 = dsp.mul %538, %541 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %543 = dsp.min %44, %542 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %544 = dsp.add %543, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %544 : (!dsp.signal<f32, sample>) -> ()
    }
    %545 = dsp.mul %538, %539 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %546 = dsp.min %48, %545 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %547 = dsp.mul %537, %546 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %548 = dsp.min %46, %547 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %549 = dsp.mul %536, %548 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %550 = dsp.min %44, %549 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %551 = dsp.mul %535, %550 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %552 = dsp.min %42, %551 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %553 = dsp.mul %534, %552 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %554 = dsp.min %40, %553 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %555 = dsp.mul %533, %554 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %556 = dsp.min %38, %555 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %557 = dsp.mul %532, %556 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %558 = dsp.min %36, %557 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %559 = dsp.mul %531, %558 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %560 = dsp.min %34, %559 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %561 = dsp.mul %530, %560 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %562 = dsp.min %32, %561 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %563 = dsp.mul %529, %562 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %564 = dsp.min %30, %563 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %565 = dsp.mul %528, %564 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %566 = dsp.min %28, %565 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %567 = dsp.mul %527, %566 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %568 = dsp.min %26, %567 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %569 = dsp.mul %526, %568 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %570 = dsp.min %24, %569 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %571 = dsp.mul %525, %570 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %572 = dsp.min %22, %571 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %573 = dsp.mul %524, %572 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %574 = dsp.min %20, %573 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %575 = dsp.mul %523, %574 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %576 = dsp.min %18, %575 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %577 = dsp.mul %522, %576 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %578 = dsp.min %16, %577 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %579 = dsp.mul %521, %578 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %580 = dsp.min %14, %579 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %581 = dsp.mul %520, %580 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %582 = dsp.min %12, %581 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %583 = dsp.mul %519, %582 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %584 = dsp.min %10, %583 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %585 = dsp.mul %518, %584 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %586 = dsp.min %8, %585 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %587 = dsp.mul %517, %586 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %588 = dsp.min %6, %587 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %589 = dsp.mul %516, %588 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %590 = dsp.min %4, %589 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %591 = dsp.mul %515, %590 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %592 = dsp.min %2, %591 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %593 = dsp.mul %514, %592 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %594 = dsp.min %f, %593 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %595 = dsp.mul %513, %594 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %596 = dsp.min %f_2, %595 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %597 = dsp.mul %512, %596 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %598 = dsp.min %f_4, %597 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %599 = dsp.mul %511, %598 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %600 = dsp.min %f_6, %599 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %601 = dsp.mul %510, %600 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %602 = dsp.min %f_8, %601 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %603 = dsp.mul %509, %602 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %f_11 = dsp.min %f_10, %603 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %604 = dsp.add %508, %f_11 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %f_12 = dsp.constant {value = 3.800000e+01 : f32} : () -> !dsp.signal<f32, const>
    %605 = dsp.constant {value = 6.040000e-01 : f32} : () -> !dsp.signal<f32, const>
    %606 = dsp.constant {value = 6.140000e-01 : f32} : () -> !dsp.signal<f32, const>
    %607 = dsp.constant {value = 6.240000e-01 : f32} : () -> !dsp.signal<f32, const>
    %608 = dsp.constant {value = 6.340000e-01 : f32} : () -> !dsp.signal<f32, const>
    %609 = dsp.constant {value = 6.440000e-01 : f32} : () -> !dsp.signal<f32, const>
    %610 = dsp.constant {value = 6.540000e-01 : f32} : () -> !dsp.signal<f32, const>
    %611 = dsp.constant {value = 6.640000e-01 : f32} : () -> !dsp.signal<f32, const>
    %612 = dsp.constant {value = 6.740000e-01 : f32} : () -> !dsp.signal<f32, const>
    %613 = dsp.constant {value = 6.840000e-01 : f32} : () -> !dsp.signal<f32, const>
    %614 = dsp.constant {value = 6.940000e-01 : f32} : () -> !dsp.signal<f32, const>
    %615 = dsp.constant {value = 7.040000e-01 : f32} : () -> !dsp.signal<f32, const>
    %616 = dsp.constant {value = 7.140000e-01 : f32} : () -> !dsp.signal<f32, const>
    %617 = dsp.constant {value = 7.240000e-01 : f32} : () -> !dsp.signal<f32, const>
    %618 = dsp.constant {value = 7.340000e-01 : f32} : () -> !dsp.signal<f32, const>
    %619 = dsp.constant {value = 7.440000e-01 : f32} : () -> !dsp.signal<f32, const>
    %620 = dsp.constant {value = 7.540000e-01 : f32} : () -> !dsp.signal<f32, const>
    %621 = dsp.constant {value = 7.640000e-01 : f32} : () -> !dsp.signal<f32, const>
    %622 = dsp.constant {value = 7.740000e-01 : f32} : () -> !dsp.signal<f32, const>
    %623 = dsp.constant {value = 7.840000e-01 : f32} : () -> !dsp.signal<f32, const>
    %624 = dsp.constant {value = 7.940000e-01 : f32} : () -> !dsp.signal<f32, const>
    %625 = dsp.constant {value = 8.040000e-01 : f32} : () -> !dsp.signal<f32, const>
    %626 = dsp.constant {value = 8.140000e-01 : f32} : () -> !dsp.signal<f32, const>
    %627 = dsp.constant {value = 8.240000e-01 : f32} : () -> !dsp.signal<f32, const>
    %628 = dsp.constant {value = 8.340000e-01 : f32} : () -> !dsp.signal<f32, const>
    %629 = dsp.constant {value = 8.440000e-01 : f32} : () -> !dsp.signal<f32, const>
    %630 = dsp.constant {value = 8.540000e-01 : f32} : () -> !dsp.signal<f32, const>
    %631 = dsp.constant {value = 8.640000e-01 : f32} : () -> !dsp.signal<f32, const>
    %632 = dsp.constant {value = 8.740000e-01 : f32} : () -> !dsp.signal<f32, const>
    %633 = dsp.constant {value = 8.840000e-01 : f32} : () -> !dsp.signal<f32, const>
    %634 = dsp.constant {value = 8.940000e-01 : f32} : () -> !dsp.signal<f32, const>
    %635 = dsp.rec {
    ^bb0(%636: !dsp.signal<f32, sample>):
      %637 = dsp.delay %636 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %638 = dsp.mul %634, %637 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %639 = dsp.min %44, %638 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %640 = dsp.add %639, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %640 : (!dsp.signal<f32, sample>) -> ()
    }
    %641 = dsp.mul %634, %635 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %642 = dsp.min %46, %641 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %643 = dsp.mul %633, %642 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %644 = dsp.min %44, %643 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %645 = dsp.mul %632, %644 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %646 = dsp.min %42, %645 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %647 = dsp.mul %631, %646 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %648 = dsp.min %40, %647 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %649 = dsp.mul %630, %648 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %650 = dsp.min %38, %649 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %651 = dsp.mul %629, %650 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %652 = dsp.min %36, %651 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %653 = dsp.mul %628, %652 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %654 = dsp.min %34, %653 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %655 = dsp.mul %627, %654 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %656 = dsp.min %32, %655 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %657 = dsp.mul %626, %656 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %658 = dsp.min %30, %657 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %659 = dsp.mul %625, %658 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %660 = dsp.min %28, %659 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %661 = dsp.mul %624, %660 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %662 = dsp.min %26, %661 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %663 = dsp.mul %623, %662 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %664 = dsp.min %24, %663 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %665 = dsp.mul %622, %664 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %666 = dsp.min %22, %665 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %667 = dsp.mul %621, %666 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %668 = dsp.min %20, %667 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %669 = dsp.mul %620, %668 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %670 = dsp.min %18, %669 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %671 = dsp.mul %619, %670 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %672 = dsp.min %16, %671 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %673 = dsp.mul %618, %672 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %674 = dsp.min %14, %673 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %675 = dsp.mul %617, %674 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %676 = dsp.min %12, %675 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %677 = dsp.mul %616, %676 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %678 = dsp.min %10, %677 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %679 = dsp.mul %615, %678 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %680 = dsp.min %8, %679 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %681 = dsp.mul %614, %680 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %682 = dsp.min %6, %681 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %683 = dsp.mul %613, %682 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %684 = dsp.min %4, %683 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %685 = dsp.mul %612, %684 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %686 = dsp.min %2, %685 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %687 = dsp.mul %611, %686 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %688 = dsp.min %f, %687 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %689 = dsp.mul %610, %688 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %690 = dsp.min %f_2, %689 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %691 = dsp.mul %609, %690 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %692 = dsp.min %f_4, %691 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %693 = dsp.mul %608, %692 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %694 = dsp.min %f_6, %693 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %695 = dsp.mul %607, %694 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %696 = dsp.min %f_8, %695 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %697 = dsp.mul %606, %696 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %698 = dsp.min %f_10, %697 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %699 = dsp.mul %605, %698 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %f_13 = dsp.min %f_12, %699 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %700 = dsp.add %604, %f_13 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %f_14 = dsp.constant {value = 3.900000e+01 : f32} : () -> !dsp.signal<f32, const>
    %701 = dsp.constant {value = 6.030000e-01 : f32} : () -> !dsp.signal<f32, const>
    %702 = dsp.constant {value = 6.130000e-01 : f32} : () -> !dsp.signal<f32, const>
    %703 = dsp.constant {value = 6.230000e-01 : f32} : () -> !dsp.signal<f32, const>
    %704 = dsp.constant {value = 6.330000e-01 : f32} : () -> !dsp.signal<f32, const>
    %705 = dsp.constant {value = 6.430000e-01 : f32} : () -> !dsp.signal<f32, const>
    %706 = dsp.constant {value = 6.530000e-01 : f32} : () -> !dsp.signal<f32, const>
    %707 = dsp.constant {value = 6.630000e-01 : f32} : () -> !dsp.signal<f32, const>
    %708 = dsp.constant {value = 6.730000e-01 : f32} : () -> !dsp.signal<f32, const>
    %709 = dsp.constant {value = 6.830000e-01 : f32} : () -> !dsp.signal<f32, const>
    %710 = dsp.constant {value = 6.930000e-01 : f32} : () -> !dsp.signal<f32, const>
    %711 = dsp.constant {value = 7.030000e-01 : f32} : () -> !dsp.signal<f32, const>
    %712 = dsp.constant {value = 7.130000e-01 : f32} : () -> !dsp.signal<f32, const>
    %713 = dsp.constant {value = 7.230000e-01 : f32} : () -> !dsp.signal<f32, const>
    %714 = dsp.constant {value = 7.330000e-01 : f32} : () -> !dsp.signal<f32, const>
    %715 = dsp.constant {value = 7.430000e-01 : f32} : () -> !dsp.signal<f32, const>
    %716 = dsp.constant {value = 7.530000e-01 : f32} : () -> !dsp.signal<f32, const>
    %717 = dsp.constant {value = 7.630000e-01 : f32} : () -> !dsp.signal<f32, const>
    %718 = dsp.constant {value = 7.730000e-01 : f32} : () -> !dsp.signal<f32, const>
    %719 = dsp.constant {value = 7.830000e-01 : f32} : () -> !dsp.signal<f32, const>
    %720 = dsp.constant {value = 7.930000e-01 : f32} : () -> !dsp.signal<f32, const>
    %721 = dsp.constant {value = 8.030000e-01 : f32} : () -> !dsp.signal<f32, const>
    %722 = dsp.constant {value = 8.130000e-01 : f32} : () -> !dsp.signal<f32, const>
    %723 = dsp.constant {value = 8.230000e-01 : f32} : () -> !dsp.signal<f32, const>
    %724 = dsp.constant {value = 8.330000e-01 : f32} : () -> !dsp.signal<f32, const>
    %725 = dsp.constant {value = 8.430000e-01 : f32} : () -> !dsp.signal<f32, const>
    %726 = dsp.constant {value = 8.530000e-01 : f32} : () -> !dsp.signal<f32, const>
    %727 = dsp.constant {value = 8.630000e-01 : f32} : () -> !dsp.signal<f32, const>
    %728 = dsp.constant {value = 8.730000e-01 : f32} : () -> !dsp.signal<f32, const>
    %729 = dsp.constant {value = 8.830000e-01 : f32} : () -> !dsp.signal<f32, const>
    %730 = dsp.constant {value = 8.930000e-01 : f32} : () -> !dsp.signal<f32, const>
    %731 = dsp.rec {
    ^bb0(%732: !dsp.signal<f32, sample>):
      %733 = dsp.delay %732 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %734 = dsp.mul %730, %733 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %735 = dsp.min %44, %734 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %736 = dsp.add %735, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %736 : (!dsp.signal<f32, sample>) -> ()
    }
    %737 = dsp.mul %730, %731 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %738 = dsp.min %44, %737 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %739 = dsp.mul %729, %738 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %740 = dsp.min %42, %739 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %741 = dsp.mul %728, %740 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %742 = dsp.min %40, %741 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %743 = dsp.mul %727, %742 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %744 = dsp.min %38, %743 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %745 = dsp.mul %726, %744 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %746 = dsp.min %36, %745 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %747 = dsp.mul %725, %746 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %748 = dsp.min %34, %747 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %749 = dsp.mul %724, %748 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %750 = dsp.min %32, %749 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %751 = dsp.mul %723, %750 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %752 = dsp.min %30, %751 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %753 = dsp.mul %722, %752 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %754 = dsp.min %28, %753 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %755 = dsp.mul %721, %754 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %756 = dsp.min %26, %755 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %757 = dsp.mul %720, %756 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %758 = dsp.min %24, %757 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %759 = dsp.mul %719, %758 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %760 = dsp.min %22, %759 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %761 = dsp.mul %718, %760 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %762 = dsp.min %20, %761 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %763 = dsp.mul %717, %762 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %764 = dsp.min %18, %763 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %765 = dsp.mul %716, %764 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %766 = dsp.min %16, %765 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %767 = dsp.mul %715, %766 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %768 = dsp.min %14, %767 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %769 = dsp.mul %714, %768 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %770 = dsp.min %12, %769 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %771 = dsp.mul %713, %770 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %772 = dsp.min %10, %771 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %773 = dsp.mul %712, %772 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %774 = dsp.min %8, %773 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %775 = dsp.mul %711, %774 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %776 = dsp.min %6, %775 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %777 = dsp.mul %710, %776 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %778 = dsp.min %4, %777 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %779 = dsp.mul %709, %778 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %780 = dsp.min %2, %779 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %781 = dsp.mul %708, %780 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %782 = dsp.min %f, %781 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %783 = dsp.mul %707, %782 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %784 = dsp.min %f_2, %783 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %785 = dsp.mul %706, %784 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %786 = dsp.min %f_4, %785 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %787 = dsp.mul %705, %786 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %788 = dsp.min %f_6, %787 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %789 = dsp.mul %704, %788 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %790 = dsp.min %f_8, %789 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %791 = dsp.mul %703, %790 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %792 = dsp.min %f_10, %791 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %793 = dsp.mul %702, %792 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %794 = dsp.min %f_12, %793 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %795 = dsp.mul %701, %794 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %f_15 = dsp.min %f_14, %795 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %796 = dsp.add %700, %f_15 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %f_16 = dsp.constant {value = 4.000000e+01 : f32} : () -> !dsp.signal<f32, const>
    %797 = dsp.constant {value = 6.020000e-01 : f32} : () -> !dsp.signal<f32, const>
    %798 = dsp.constant {value = 6.120000e-01 : f32} : () -> !dsp.signal<f32, const>
    %799 = dsp.constant {value = 6.220000e-01 : f32} : () -> !dsp.signal<f32, const>
    %800 = dsp.constant {value = 6.320000e-01 : f32} : () -> !dsp.signal<f32, const>
    %801 = dsp.constant {value = 6.420000e-01 : f32} : () -> !dsp.signal<f32, const>
    %802 = dsp.constant {value = 6.520000e-01 : f32} : () -> !dsp.signal<f32, const>
    %803 = dsp.constant {value = 6.620000e-01 : f32} : () -> !dsp.signal<f32, const>
    %804 = dsp.constant {value = 6.720000e-01 : f32} : () -> !dsp.signal<f32, const>
    %805 = dsp.constant {value = 6.820000e-01 : f32} : () -> !dsp.signal<f32, const>
    %806 = dsp.constant {value = 6.920000e-01 : f32} : () -> !dsp.signal<f32, const>
    %807 = dsp.constant {value = 7.020000e-01 : f32} : () -> !dsp.signal<f32, const>
    %808 = dsp.constant {value = 7.120000e-01 : f32} : () -> !dsp.signal<f32, const>
    %809 = dsp.constant {value = 7.220000e-01 : f32} : () -> !dsp.signal<f32, const>
    %810 = dsp.constant {value = 7.320000e-01 : f32} : () -> !dsp.signal<f32, const>
    %811 = dsp.constant {value = 7.420000e-01 : f32} : () -> !dsp.signal<f32, const>
    %812 = dsp.constant {value = 7.520000e-01 : f32} : () -> !dsp.signal<f32, const>
    %813 = dsp.constant {value = 7.620000e-01 : f32} : () -> !dsp.signal<f32, const>
    %814 = dsp.constant {value = 7.720000e-01 : f32} : () -> !dsp.signal<f32, const>
    %815 = dsp.constant {value = 7.820000e-01 : f32} : () -> !dsp.signal<f32, const>
    %816 = dsp.constant {value = 7.920000e-01 : f32} : () -> !dsp.signal<f32, const>
    %817 = dsp.constant {value = 8.020000e-01 : f32} : () -> !dsp.signal<f32, const>
    %818 = dsp.constant {value = 8.120000e-01 : f32} : () -> !dsp.signal<f32, const>
    %819 = dsp.constant {value = 8.220000e-01 : f32} : () -> !dsp.signal<f32, const>
    %820 = dsp.constant {value = 8.320000e-01 : f32} : () -> !dsp.signal<f32, const>
    %821 = dsp.constant {value = 8.420000e-01 : f32} : () -> !dsp.signal<f32, const>
    %822 = dsp.constant {value = 8.520000e-01 : f32} : () -> !dsp.signal<f32, const>
    %823 = dsp.constant {value = 8.620000e-01 : f32} : () -> !dsp.signal<f32, const>
    %824 = dsp.constant {value = 8.720000e-01 : f32} : () -> !dsp.signal<f32, const>
    %825 = dsp.constant {value = 8.820000e-01 : f32} : () -> !dsp.signal<f32, const>
    %826 = dsp.constant {value = 8.920000e-01 : f32} : () -> !dsp.signal<f32, const>
    %827 = dsp.rec {
    ^bb0(%828: !dsp.signal<f32, sample>):
      %829 = dsp.delay %828 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %830 = dsp.mul %826, %829 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %831 = dsp.min %44, %830 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %832 = dsp.add %831, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %832 : (!dsp.signal<f32, sample>) -> ()
    }
    %833 = dsp.mul %826, %827 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %834 = dsp.min %42, %833 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %835 = dsp.mul %825, %834 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %836 = dsp.min %40, %835 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %837 = dsp.mul %824, %836 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %838 = dsp.min %38, %837 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %839 = dsp.mul %823, %838 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %840 = dsp.min %36, %839 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %841 = dsp.mul %822, %840 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %842 = dsp.min %34, %841 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %843 = dsp.mul %821, %842 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %844 = dsp.min %32, %843 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %845 = dsp.mul %820, %844 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %846 = dsp.min %30, %845 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %847 = dsp.mul %819, %846 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %848 = dsp.min %28, %847 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %849 = dsp.mul %818, %848 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %850 = dsp.min %26, %849 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %851 = dsp.mul %817, %850 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %852 = dsp.min %24, %851 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %853 = dsp.mul %816, %852 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %854 = dsp.min %22, %853 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %855 = dsp.mul %815, %854 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %856 = dsp.min %20, %855 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %857 = dsp.mul %814, %856 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %858 = dsp.min %18, %857 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %859 = dsp.mul %813, %858 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %860 = dsp.min %16, %859 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %861 = dsp.mul %812, %860 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %862 = dsp.min %14, %861 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %863 = dsp.mul %811, %862 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %864 = dsp.min %12, %863 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %865 = dsp.mul %810, %864 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %866 = dsp.min %10, %865 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %867 = dsp.mul %809, %866 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %868 = dsp.min %8, %867 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %869 = dsp.mul %808, %868 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %870 = dsp.min %6, %869 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %871 = dsp.mul %807, %870 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %872 = dsp.min %4, %871 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %873 = dsp.mul %806, %872 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %874 = dsp.min %2, %873 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %875 = dsp.mul %805, %874 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %876 = dsp.min %f, %875 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %877 = dsp.mul %804, %876 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %878 = dsp.min %f_2, %877 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %879 = dsp.mul %803, %878 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %880 = dsp.min %f_4, %879 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %881 = dsp.mul %802, %880 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %882 = dsp.min %f_6, %881 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %883 = dsp.mul %801, %882 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %884 = dsp.min %f_8, %883 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %885 = dsp.mul %800, %884 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %886 = dsp.min %f_10, %885 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %887 = dsp.mul %799, %886 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %888 = dsp.min %f_12, %887 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %889 = dsp.mul %798, %888 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %890 = dsp.min %f_14, %889 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %891 = dsp.mul %797, %890 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %f_17 = dsp.min %f_16, %891 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %892 = dsp.add %796, %f_17 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %f_18 = dsp.constant {value = 4.100000e+01 : f32} : () -> !dsp.signal<f32, const>
    %893 = dsp.constant {value = 6.010000e-01 : f32} : () -> !dsp.signal<f32, const>
    %894 = dsp.constant {value = 6.110000e-01 : f32} : () -> !dsp.signal<f32, const>
    %895 = dsp.constant {value = 6.210000e-01 : f32} : () -> !dsp.signal<f32, const>
    %896 = dsp.constant {value = 6.310000e-01 : f32} : () -> !dsp.signal<f32, const>
    %897 = dsp.constant {value = 6.410000e-01 : f32} : () -> !dsp.signal<f32, const>
    %898 = dsp.constant {value = 6.510000e-01 : f32} : () -> !dsp.signal<f32, const>
    %899 = dsp.constant {value = 6.610000e-01 : f32} : () -> !dsp.signal<f32, const>
    %900 = dsp.constant {value = 6.710000e-01 : f32} : () -> !dsp.signal<f32, const>
    %901 = dsp.constant {value = 6.810000e-01 : f32} : () -> !dsp.signal<f32, const>
    %902 = dsp.constant {value = 6.910000e-01 : f32} : () -> !dsp.signal<f32, const>
    %903 = dsp.constant {value = 7.010000e-01 : f32} : () -> !dsp.signal<f32, const>
    %904 = dsp.constant {value = 7.110000e-01 : f32} : () -> !dsp.signal<f32, const>
    %905 = dsp.constant {value = 7.210000e-01 : f32} : () -> !dsp.signal<f32, const>
    %906 = dsp.constant {value = 7.310000e-01 : f32} : () -> !dsp.signal<f32, const>
    %907 = dsp.constant {value = 7.410000e-01 : f32} : () -> !dsp.signal<f32, const>
    %908 = dsp.constant {value = 7.510000e-01 : f32} : () -> !dsp.signal<f32, const>
    %909 = dsp.constant {value = 7.610000e-01 : f32} : () -> !dsp.signal<f32, const>
    %910 = dsp.constant {value = 7.710000e-01 : f32} : () -> !dsp.signal<f32, const>
    %911 = dsp.constant {value = 7.810000e-01 : f32} : () -> !dsp.signal<f32, const>
    %912 = dsp.constant {value = 7.910000e-01 : f32} : () -> !dsp.signal<f32, const>
    %913 = dsp.constant {value = 8.010000e-01 : f32} : () -> !dsp.signal<f32, const>
    %914 = dsp.constant {value = 8.110000e-01 : f32} : () -> !dsp.signal<f32, const>
    %915 = dsp.constant {value = 8.210000e-01 : f32} : () -> !dsp.signal<f32, const>
    %916 = dsp.constant {value = 8.310000e-01 : f32} : () -> !dsp.signal<f32, const>
    %917 = dsp.constant {value = 8.410000e-01 : f32} : () -> !dsp.signal<f32, const>
    %918 = dsp.constant {value = 8.510000e-01 : f32} : () -> !dsp.signal<f32, const>
    %919 = dsp.constant {value = 8.610000e-01 : f32} : () -> !dsp.signal<f32, const>
    %920 = dsp.constant {value = 8.710000e-01 : f32} : () -> !dsp.signal<f32, const>
    %921 = dsp.constant {value = 8.810000e-01 : f32} : () -> !dsp.signal<f32, const>
    %922 = dsp.constant {value = 8.910000e-01 : f32} : () -> !dsp.signal<f32, const>
    %923 = dsp.rec {
    ^bb0(%924: !dsp.signal<f32, sample>):
      %925 = dsp.delay %924 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %926 = dsp.mul %922, %925 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %927 = dsp.min %44, %926 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %928 = dsp.add %927, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %928 : (!dsp.signal<f32, sample>) -> ()
    }
    %929 = dsp.mul %922, %923 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %930 = dsp.min %40, %929 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %931 = dsp.mul %921, %930 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %932 = dsp.min %38, %931 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %933 = dsp.mul %920, %932 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %934 = dsp.min %36, %933 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %935 = dsp.mul %919, %934 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %936 = dsp.min %34, %935 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %937 = dsp.mul %918, %936 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %938 = dsp.min %32, %937 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %939 = dsp.mul %917, %938 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %940 = dsp.min %30, %939 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %941 = dsp.mul %916, %940 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %942 = dsp.min %28, %941 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %943 = dsp.mul %915, %942 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %944 = dsp.min %26, %943 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %945 = dsp.mul %914, %944 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %946 = dsp.min %24, %945 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %947 = dsp.mul %913, %946 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %948 = dsp.min %22, %947 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %949 = dsp.mul %912, %948 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %950 = dsp.min %20, %949 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %951 = dsp.mul %911, %950 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %952 = dsp.min %18, %951 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %953 = dsp.mul %910, %952 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %954 = dsp.min %16, %953 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %955 = dsp.mul %909, %954 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %956 = dsp.min %14, %955 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %957 = dsp.mul %908, %956 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %958 = dsp.min %12, %957 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %959 = dsp.mul %907, %958 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %960 = dsp.min %10, %959 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %961 = dsp.mul %906, %960 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %962 = dsp.min %8, %961 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %963 = dsp.mul %905, %962 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %964 = dsp.min %6, %963 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %965 = dsp.mul %904, %964 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %966 = dsp.min %4, %965 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %967 = dsp.mul %903, %966 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %968 = dsp.min %2, %967 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %969 = dsp.mul %902, %968 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %970 = dsp.min %f, %969 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %971 = dsp.mul %901, %970 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %972 = dsp.min %f_2, %971 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %973 = dsp.mul %900, %972 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %974 = dsp.min %f_4, %973 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %975 = dsp.mul %899, %974 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %976 = dsp.min %f_6, %975 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %977 = dsp.mul %898, %976 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %978 = dsp.min %f_8, %977 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %979 = dsp.mul %897, %978 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %980 = dsp.min %f_10, %979 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %981 = dsp.mul %896, %980 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %982 = dsp.min %f_12, %981 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %983 = dsp.mul %895, %982 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %984 = dsp.min %f_14, %983 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %985 = dsp.mul %894, %984 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %986 = dsp.min %f_16, %985 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %987 = dsp.mul %893, %986 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %f_19 = dsp.min %f_18, %987 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %988 = dsp.add %892, %f_19 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %f_20 = dsp.constant {value = 4.200000e+01 : f32} : () -> !dsp.signal<f32, const>
    %989 = dsp.constant {value = 6.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %990 = dsp.rec {
    ^bb0(%991: !dsp.signal<f32, sample>):
      %992 = dsp.delay %991 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %993 = dsp.mul %57, %992 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %994 = dsp.min %44, %993 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %995 = dsp.add %994, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %995 : (!dsp.signal<f32, sample>) -> ()
    }
    %996 = dsp.mul %57, %990 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %997 = dsp.min %38, %996 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %998 = dsp.mul %55, %997 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %999 = dsp.min %36, %998 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1000 = dsp.mul %53, %999 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1001 = dsp.min %34, %1000 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1002 = dsp.mul %51, %1001 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1003 = dsp.min %32, %1002 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1004 = dsp.mul %49, %1003 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1005 = dsp.min %30, %1004 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1006 = dsp.mul %47, %1005 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1007 = dsp.min %28, %1006 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1008 = dsp.mul %45, %1007 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1009 = dsp.min %26, %1008 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1010 = dsp.mul %43, %1009 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1011 = dsp.min %24, %1010 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1012 = dsp.mul %41, %1011 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1013 = dsp.min %22, %1012 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1014 = dsp.mul %39, %1013 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1015 = dsp.min %20, %1014 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1016 = dsp.mul %37, %1015 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1017 = dsp.min %18, %1016 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1018 = dsp.mul %35, %1017 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1019 = dsp.min %16, %1018 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1020 = dsp.mul %33, %1019 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1021 = dsp.min %14, %1020 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1022 = dsp.mul %31, %1021 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1023 = dsp.min %12, %1022 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1024 = dsp.mul %29, %1023 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1025 = dsp.min %10, %1024 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1026 = dsp.mul %27, %1025 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1027 = dsp.min %8, %1026 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1028 = dsp.mul %25, %1027 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1029 = dsp.min %6, %1028 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1030 = dsp.mul %23, %1029 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1031 = dsp.min %4, %1030 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1032 = dsp.mul %21, %1031 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1033 = dsp.min %2, %1032 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1034 = dsp.mul %19, %1033 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1035 = dsp.min %f, %1034 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1036 = dsp.mul %17, %1035 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1037 = dsp.min %f_2, %1036 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1038 = dsp.mul %15, %1037 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1039 = dsp.min %f_4, %1038 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1040 = dsp.mul %13, %1039 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1041 = dsp.min %f_6, %1040 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1042 = dsp.mul %11, %1041 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1043 = dsp.min %f_8, %1042 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1044 = dsp.mul %9, %1043 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1045 = dsp.min %f_10, %1044 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1046 = dsp.mul %7, %1045 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1047 = dsp.min %f_12, %1046 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1048 = dsp.mul %5, %1047 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1049 = dsp.min %f_14, %1048 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1050 = dsp.mul %3, %1049 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1051 = dsp.min %f_16, %1050 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1052 = dsp.mul %1, %1051 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1053 = dsp.min %f_18, %1052 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1054 = dsp.mul %989, %1053 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %f_21 = dsp.min %f_20, %1054 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1055 = dsp.add %988, %f_21 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %f_22 = dsp.constant {value = 4.300000e+01 : f32} : () -> !dsp.signal<f32, const>
    %1056 = dsp.constant {value = 5.990000e-01 : f32} : () -> !dsp.signal<f32, const>
    %1057 = dsp.rec {
    ^bb0(%1058: !dsp.signal<f32, sample>):
      %1059 = dsp.delay %1058 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %1060 = dsp.mul %153, %1059 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %1061 = dsp.min %44, %1060 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %1062 = dsp.add %1061, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %1062 : (!dsp.signal<f32, sample>) -> ()
    }
    %1063 = dsp.mul %153, %1057 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1064 = dsp.min %36, %1063 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1065 = dsp.mul %152, %1064 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1066 = dsp.min %34, %1065 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1067 = dsp.mul %151, %1066 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1068 = dsp.min %32, %1067 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1069 = dsp.mul %150, %1068 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1070 = dsp.min %30, %1069 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1071 = dsp.mul %149, %1070 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1072 = dsp.min %28, %1071 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1073 = dsp.mul %148, %1072 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1074 = dsp.min %26, %1073 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1075 = dsp.mul %147, %1074 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1076 = dsp.min %24, %1075 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1077 = dsp.mul %146, %1076 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1078 = dsp.min %22, %1077 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1079 = dsp.mul %145, %1078 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1080 = dsp.min %20, %1079 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1081 = dsp.mul %144, %1080 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1082 = dsp.min %18, %1081 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1083 = dsp.mul %143, %1082 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1084 = dsp.min %16, %1083 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1085 = dsp.mul %142, %1084 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1086 = dsp.min %14, %1085 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1087 = dsp.mul %141, %1086 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1088 = dsp.min %12, %1087 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1089 = dsp.mul %140, %1088 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1090 = dsp.min %10, %1089 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1091 = dsp.mul %139, %1090 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1092 = dsp.min %8, %1091 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1093 = dsp.mul %138, %1092 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1094 = dsp.min %6, %1093 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1095 = dsp.mul %137, %1094 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1096 = dsp.min %4, %1095 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1097 = dsp.mul %136, %1096 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1098 = dsp.min %2, %1097 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1099 = dsp.mul %135, %1098 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1100 = dsp.min %f, %1099 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1101 = dsp.mul %134, %1100 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1102 = dsp.min %f_2, %1101 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1103 = dsp.mul %133, %1102 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1104 = dsp.min %f_4, %1103 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1105 = dsp.mul %132, %1104 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1106 = dsp.min %f_6, %1105 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1107 = dsp.mul %131, %1106 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1108 = dsp.min %f_8, %1107 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1109 = dsp.mul %130, %1108 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1110 = dsp.min %f_10, %1109 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1111 = dsp.mul %129, %1110 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1112 = dsp.min %f_12, %1111 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1113 = dsp.mul %128, %1112 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1114 = dsp.min %f_14, %1113 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1115 = dsp.mul %127, %1114 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1116 = dsp.min %f_16, %1115 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1117 = dsp.mul %126, %1116 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1118 = dsp.min %f_18, %1117 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1119 = dsp.mul %125, %1118 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1120 = dsp.min %f_20, %1119 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1121 = dsp.mul %1056, %1120 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %f_23 = dsp.min %f_22, %1121 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1122 = dsp.add %1055, %f_23 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %f_24 = dsp.constant {value = 4.400000e+01 : f32} : () -> !dsp.signal<f32, const>
    %1123 = dsp.constant {value = 5.980000e-01 : f32} : () -> !dsp.signal<f32, const>
    %1124 = dsp.rec {
    ^bb0(%1125: !dsp.signal<f32, sample>):
      %1126 = dsp.delay %1125 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %1127 = dsp.mul %249, %1126 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %1128 = dsp.min %44, %1127 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %1129 = dsp.add %1128, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %1129 : (!dsp.signal<f32, sample>) -> ()
    }
    %1130 = dsp.mul %249, %1124 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1131 = dsp.min %34, %1130 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1132 = dsp.mul %248, %1131 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1133 = dsp.min %32, %1132 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1134 = dsp.mul %247, %1133 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1135 = dsp.min %30, %1134 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1136 = dsp.mul %246, %1135 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1137 = dsp.min %28, %1136 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1138 = dsp.mul %245, %1137 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1139 = dsp.min %26, %1138 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1140 = dsp.mul %244, %1139 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1141 = dsp.min %24, %1140 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1142 = dsp.mul %243, %1141 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1143 = dsp.min %22, %1142 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1144 = dsp.mul %242, %1143 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1145 = dsp.min %20, %1144 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1146 = dsp.mul %241, %1145 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1147 = dsp.min %18, %1146 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1148 = dsp.mul %240, %1147 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1149 = dsp.min %16, %1148 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1150 = dsp.mul %239, %1149 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1151 = dsp.min %14, %1150 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1152 = dsp.mul %238, %1151 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1153 = dsp.min %12, %1152 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1154 = dsp.mul %237, %1153 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1155 = dsp.min %10, %1154 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1156 = dsp.mul %236, %1155 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1157 = dsp.min %8, %1156 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1158 = dsp.mul %235, %1157 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1159 = dsp.min %6, %1158 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1160 = dsp.mul %234, %1159 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1161 = dsp.min %4, %1160 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1162 = dsp.mul %233, %1161 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1163 = dsp.min %2, %1162 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1164 = dsp.mul %232, %1163 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1165 = dsp.min %f, %1164 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1166 = dsp.mul %231, %1165 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1167 = dsp.min %f_2, %1166 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1168 = dsp.mul %230, %1167 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1169 = dsp.min %f_4, %1168 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1170 = dsp.mul %229, %1169 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1171 = dsp.min %f_6, %1170 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1172 = dsp.mul %228, %1171 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1173 = dsp.min %f_8, %1172 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1174 = dsp.mul %227, %1173 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1175 = dsp.min %f_10, %1174 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1176 = dsp.mul %226, %1175 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1177 = dsp.min %f_12, %1176 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1178 = dsp.mul %225, %1177 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1179 = dsp.min %f_14, %1178 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1180 = dsp.mul %224, %1179 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1181 = dsp.min %f_16, %1180 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1182 = dsp.mul %223, %1181 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1183 = dsp.min %f_18, %1182 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1184 = dsp.mul %222, %1183 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1185 = dsp.min %f_20, %1184 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1186 = dsp.mul %221, %1185 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1187 = dsp.min %f_22, %1186 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1188 = dsp.mul %1123, %1187 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %f_25 = dsp.min %f_24, %1188 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1189 = dsp.add %1122, %f_25 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %f_26 = dsp.constant {value = 4.500000e+01 : f32} : () -> !dsp.signal<f32, const>
    %1190 = dsp.constant {value = 5.970000e-01 : f32} : () -> !dsp.signal<f32, const>
    %1191 = dsp.rec {
    ^bb0(%1192: !dsp.signal<f32, sample>):
      %1193 = dsp.delay %1192 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %1194 = dsp.mul %345, %1193 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %1195 = dsp.min %44, %1194 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %1196 = dsp.add %1195, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %1196 : (!dsp.signal<f32, sample>) -> ()
    }
    %1197 = dsp.mul %345, %1191 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1198 = dsp.min %32, %1197 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1199 = dsp.mul %344, %1198 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1200 = dsp.min %30, %1199 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1201 = dsp.mul %343, %1200 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1202 = dsp.min %28, %1201 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1203 = dsp.mul %342, %1202 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1204 = dsp.min %26, %1203 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1205 = dsp.mul %341, %1204 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1206 = dsp.min %24, %1205 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1207 = dsp.mul %340, %1206 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1208 = dsp.min %22, %1207 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1209 = dsp.mul %339, %1208 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1210 = dsp.min %20, %1209 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1211 = dsp.mul %338, %1210 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1212 = dsp.min %18, %1211 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1213 = dsp.mul %337, %1212 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1214 = dsp.min %16, %1213 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1215 = dsp.mul %336, %1214 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1216 = dsp.min %14, %1215 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1217 = dsp.mul %335, %1216 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1218 = dsp.min %12, %1217 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1219 = dsp.mul %334, %1218 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1220 = dsp.min %10, %1219 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1221 = dsp.mul %333, %1220 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1222 = dsp.min %8, %1221 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1223 = dsp.mul %332, %1222 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1224 = dsp.min %6, %1223 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1225 = dsp.mul %331, %1224 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1226 = dsp.min %4, %1225 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1227 = dsp.mul %330, %1226 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1228 = dsp.min %2, %1227 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1229 = dsp.mul %329, %1228 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1230 = dsp.min %f, %1229 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1231 = dsp.mul %328, %1230 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1232 = dsp.min %f_2, %1231 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1233 = dsp.mul %327, %1232 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1234 = dsp.min %f_4, %1233 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1235 = dsp.mul %326, %1234 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1236 = dsp.min %f_6, %1235 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1237 = dsp.mul %325, %1236 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1238 = dsp.min %f_8, %1237 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1239 = dsp.mul %324, %1238 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1240 = dsp.min %f_10, %1239 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1241 = dsp.mul %323, %1240 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1242 = dsp.min %f_12, %1241 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1243 = dsp.mul %322, %1242 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1244 = dsp.min %f_14, %1243 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1245 = dsp.mul %321, %1244 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1246 = dsp.min %f_16, %1245 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1247 = dsp.mul %320, %1246 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1248 = dsp.min %f_18, %1247 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1249 = dsp.mul %319, %1248 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1250 = dsp.min %f_20, %1249 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1251 = dsp.mul %318, %1250 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1252 = dsp.min %f_22, %1251 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1253 = dsp.mul %317, %1252 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1254 = dsp.min %f_24, %1253 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1255 = dsp.mul %1190, %1254 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %f_27 = dsp.min %f_26, %1255 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1256 = dsp.add %1189, %f_27 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %f_28 = dsp.constant {value = 4.600000e+01 : f32} : () -> !dsp.signal<f32, const>
    %1257 = dsp.constant {value = 5.960000e-01 : f32} : () -> !dsp.signal<f32, const>
    %1258 = dsp.rec {
    ^bb0(%1259: !dsp.signal<f32, sample>):
      %1260 = dsp.delay %1259 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %1261 = dsp.mul %441, %1260 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %1262 = dsp.min %44, %1261 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %1263 = dsp.add %1262, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %1263 : (!dsp.signal<f32, sample>) -> ()
    }
    %1264 = dsp.mul %441, %1258 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1265 = dsp.min %30, %1264 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1266 = dsp.mul %440, %1265 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1267 = dsp.min %28, %1266 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1268 = dsp.mul %439, %1267 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1269 = dsp.min %26, %1268 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1270 = dsp.mul %438, %1269 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1271 = dsp.min %24, %1270 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1272 = dsp.mul %437, %1271 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1273 = dsp.min %22, %1272 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1274 = dsp.mul %436, %1273 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1275 = dsp.min %20, %1274 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1276 = dsp.mul %435, %1275 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1277 = dsp.min %18, %1276 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1278 = dsp.mul %434, %1277 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1279 = dsp.min %16, %1278 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1280 = dsp.mul %433, %1279 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1281 = dsp.min %14, %1280 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1282 = dsp.mul %432, %1281 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1283 = dsp.min %12, %1282 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1284 = dsp.mul %431, %1283 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1285 = dsp.min %10, %1284 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1286 = dsp.mul %430, %1285 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1287 = dsp.min %8, %1286 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1288 = dsp.mul %429, %1287 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1289 = dsp.min %6, %1288 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1290 = dsp.mul %428, %1289 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1291 = dsp.min %4, %1290 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1292 = dsp.mul %427, %1291 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1293 = dsp.min %2, %1292 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1294 = dsp.mul %426, %1293 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1295 = dsp.min %f, %1294 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1296 = dsp.mul %425, %1295 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1297 = dsp.min %f_2, %1296 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1298 = dsp.mul %424, %1297 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1299 = dsp.min %f_4, %1298 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1300 = dsp.mul %423, %1299 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1301 = dsp.min %f_6, %1300 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1302 = dsp.mul %422, %1301 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1303 = dsp.min %f_8, %1302 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1304 = dsp.mul %421, %1303 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1305 = dsp.min %f_10, %1304 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1306 = dsp.mul %420, %1305 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1307 = dsp.min %f_12, %1306 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1308 = dsp.mul %419, %1307 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1309 = dsp.min %f_14, %1308 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1310 = dsp.mul %418, %1309 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1311 = dsp.min %f_16, %1310 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1312 = dsp.mul %417, %1311 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1313 = dsp.min %f_18, %1312 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1314 = dsp.mul %416, %1313 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1315 = dsp.min %f_20, %1314 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1316 = dsp.mul %415, %1315 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1317 = dsp.min %f_22, %1316 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1318 = dsp.mul %414, %1317 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1319 = dsp.min %f_24, %1318 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1320 = dsp.mul %413, %1319 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1321 = dsp.min %f_26, %1320 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1322 = dsp.mul %1257, %1321 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %f_29 = dsp.min %f_28, %1322 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1323 = dsp.add %1256, %f_29 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %f_30 = dsp.constant {value = 4.700000e+01 : f32} : () -> !dsp.signal<f32, const>
    %1324 = dsp.constant {value = 5.950000e-01 : f32} : () -> !dsp.signal<f32, const>
    %1325 = dsp.rec {
    ^bb0(%1326: !dsp.signal<f32, sample>):
      %1327 = dsp.delay %1326 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %1328 = dsp.mul %537, %1327 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %1329 = dsp.min %44, %1328 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %1330 = dsp.add %1329, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %1330 : (!dsp.signal<f32, sample>) -> ()
    }
    %1331 = dsp.mul %537, %1325 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1332 = dsp.min %28, %1331 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1333 = dsp.mul %536, %1332 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1334 = dsp.min %26, %1333 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1335 = dsp.mul %535, %1334 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1336 = dsp.min %24, %1335 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1337 = dsp.mul %534, %1336 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1338 = dsp.min %22, %1337 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1339 = dsp.mul %533, %1338 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1340 = dsp.min %20, %1339 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1341 = dsp.mul %532, %1340 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1342 = dsp.min %18, %1341 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1343 = dsp.mul %531, %1342 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1344 = dsp.min %16, %1343 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1345 = dsp.mul %530, %1344 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1346 = dsp.min %14, %1345 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1347 = dsp.mul %529, %1346 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1348 = dsp.min %12, %1347 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1349 = dsp.mul %528, %1348 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1350 = dsp.min %10, %1349 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1351 = dsp.mul %527, %1350 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1352 = dsp.min %8, %1351 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1353 = dsp.mul %526, %1352 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1354 = dsp.min %6, %1353 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1355 = dsp.mul %525, %1354 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1356 = dsp.min %4, %1355 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1357 = dsp.mul %524, %1356 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1358 = dsp.min %2, %1357 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1359 = dsp.mul %523, %1358 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1360 = dsp.min %f, %1359 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1361 = dsp.mul %522, %1360 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1362 = dsp.min %f_2, %1361 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1363 = dsp.mul %521, %1362 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1364 = dsp.min %f_4, %1363 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1365 = dsp.mul %520, %1364 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1366 = dsp.min %f_6, %1365 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1367 = dsp.mul %519, %1366 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1368 = dsp.min %f_8, %1367 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1369 = dsp.mul %518, %1368 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1370 = dsp.min %f_10, %1369 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1371 = dsp.mul %517, %1370 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1372 = dsp.min %f_12, %1371 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1373 = dsp.mul %516, %1372 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1374 = dsp.min %f_14, %1373 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1375 = dsp.mul %515, %1374 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1376 = dsp.min %f_16, %1375 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1377 = dsp.mul %514, %1376 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1378 = dsp.min %f_18, %1377 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1379 = dsp.mul %513, %1378 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1380 = dsp.min %f_20, %1379 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1381 = dsp.mul %512, %1380 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1382 = dsp.min %f_22, %1381 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1383 = dsp.mul %511, %1382 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1384 = dsp.min %f_24, %1383 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1385 = dsp.mul %510, %1384 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1386 = dsp.min %f_26, %1385 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1387 = dsp.mul %509, %1386 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1388 = dsp.min %f_28, %1387 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %1389 = dsp.mul %1324, %1388 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %f_31 = dsp.min %f_30, %1389 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %process = dsp.add %1323, %f_31 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
  // Eight clipped poles of one input; their sum is one over lanes.
  // CHECK-LABEL: dsp.program @bank
  // CHECK: dsp.pack @pack0 lanes 8 width 8 {gain = {{[0-9.e+]+}} : f64}
  // CHECK-NEXT: {{%|dsp.yield}}
  dsp.program @bank f32 metadata [] ui {
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    %1 = dsp.constant {value = 1.000000e+01 : f32} : () -> !dsp.signal<f32, const>
    %2 = dsp.constant {value = 9.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %f = dsp.rec {
    ^bb0(%f_1: !dsp.signal<f32, sample>):
      %3 = dsp.delay %f_1 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %4 = dsp.mul %2, %3 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %5 = dsp.min %1, %4 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_2 = dsp.add %5, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_2 : (!dsp.signal<f32, sample>) -> ()
    }
    %6 = dsp.constant {value = 8.900000e-01 : f32} : () -> !dsp.signal<f32, const>
    %f_3 = dsp.rec {
    ^bb0(%f_4: !dsp.signal<f32, sample>):
      %7 = dsp.delay %f_4 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %8 = dsp.mul %6, %7 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %9 = dsp.min %1, %8 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_5 = dsp.add %9, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_5 : (!dsp.signal<f32, sample>) -> ()
    }
    %10 = dsp.add %f, %f_3 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %11 = dsp.constant {value = 8.800000e-01 : f32} : () -> !dsp.signal<f32, const>
    %f_6 = dsp.rec {
    ^bb0(%f_7: !dsp.signal<f32, sample>):
      %12 = dsp.delay %f_7 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %13 = dsp.mul %11, %12 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %14 = dsp.min %1, %13 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_8 = dsp.add %14, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_8 : (!dsp.signal<f32, sample>) -> ()
    }
    %15 = dsp.add %10, %f_6 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %16 = dsp.constant {value = 8.700000e-01 : f32} : () -> !dsp.signal<f32, const>
    %f_9 = dsp.rec {
    ^bb0(%f_10: !dsp.signal<f32, sample>):
      %17 = dsp.delay %f_10 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %18 = dsp.mul %16, %17 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %19 = dsp.min %1, %18 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_11 = dsp.add %19, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_11 : (!dsp.signal<f32, sample>) -> ()
    }
    %20 = dsp.add %15, %f_9 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %21 = dsp.constant {value = 8.600000e-01 : f32} : () -> !dsp.signal<f32, const>
    %f_12 = dsp.rec {
    ^bb0(%f_13: !dsp.signal<f32, sample>):
      %22 = dsp.delay %f_13 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %23 = dsp.mul %21, %22 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %24 = dsp.min %1, %23 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_14 = dsp.add %24, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_14 : (!dsp.signal<f32, sample>) -> ()
    }
    %25 = dsp.add %20, %f_12 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %26 = dsp.constant {value = 8.500000e-01 : f32} : () -> !dsp.signal<f32, const>
    %f_15 = dsp.rec {
    ^bb0(%f_16: !dsp.signal<f32, sample>):
      %27 = dsp.delay %f_16 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %28 = dsp.mul %26, %27 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %29 = dsp.min %1, %28 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_17 = dsp.add %29, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_17 : (!dsp.signal<f32, sample>) -> ()
    }
    %30 = dsp.add %25, %f_15 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %31 = dsp.constant {value = 8.400000e-01 : f32} : () -> !dsp.signal<f32, const>
    %f_18 = dsp.rec {
    ^bb0(%f_19: !dsp.signal<f32, sample>):
      %32 = dsp.delay %f_19 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %33 = dsp.mul %31, %32 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %34 = dsp.min %1, %33 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_20 = dsp.add %34, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_20 : (!dsp.signal<f32, sample>) -> ()
    }
    %35 = dsp.add %30, %f_18 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %36 = dsp.constant {value = 8.300000e-01 : f32} : () -> !dsp.signal<f32, const>
    %f_21 = dsp.rec {
    ^bb0(%f_22: !dsp.signal<f32, sample>):
      %37 = dsp.delay %f_22 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %38 = dsp.mul %36, %37 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %39 = dsp.min %1, %38 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_23 = dsp.add %39, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_23 : (!dsp.signal<f32, sample>) -> ()
    }
    %process = dsp.add %35, %f_21 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
}
