// RUN: dsp-choose-chunk,dsp-pack-recursions
builtin.module {
  // Eight clipped poles of one input; their sum is one over lanes.
  // CHECK-LABEL: dsp.program @bank
  // CHECK: dsp.pack @pack0 lanes 8 width 8 {gain = {{[0-9.e+]+}} : f64}
  // CHECK-NEXT: {{%|dsp.yield}}
  // CHECK: {{%[a-z0-9_]+}} = dsp.mul {{%[a-z0-9_]+}}, {{%[a-z0-9_]+}} {dsp.lane = #dsp.lane<@pack0, 0, 0>}
  // CHECK: {{%[a-z0-9_]+}} = dsp.mul {{%[a-z0-9_]+}}, {{%[a-z0-9_]+}} {dsp.lane = #dsp.lane<@pack0, 0, 1>}
  // CHECK: {{%[a-z0-9_]+}} = dsp.add {{%[a-z0-9_]+}}, {{%[a-z0-9_]+}} {dsp.summed = [#dsp.summed<@pack0, 2>]}
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
  // Eleven logical lanes are two vectors of eight.
  // CHECK-LABEL: dsp.program @eleven
  // CHECK: dsp.pack @pack0 lanes 11 width 8 {gain = {{[0-9.e+]+}} : f64}
  // CHECK-NEXT: {{%|dsp.yield}}
  // CHECK: {{%[a-z0-9_]+}} = dsp.mul {{%[a-z0-9_]+}}, {{%[a-z0-9_]+}} {dsp.lane = #dsp.lane<@pack0, 0, 0>}
  // CHECK: {{%[a-z0-9_]+}} = dsp.mul {{%[a-z0-9_]+}}, {{%[a-z0-9_]+}} {dsp.lane = #dsp.lane<@pack0, 0, 1>}
  // CHECK: {{%[a-z0-9_]+}} = dsp.add {{%[a-z0-9_]+}}, {{%[a-z0-9_]+}} {dsp.summed = [#dsp.summed<@pack0, 2>]}
  dsp.program @eleven f32 metadata [] ui {
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
    %40 = dsp.add %35, %f_21 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %41 = dsp.constant {value = 8.200000e-01 : f32} : () -> !dsp.signal<f32, const>
    %f_24 = dsp.rec {
    ^bb0(%f_25: !dsp.signal<f32, sample>):
      %42 = dsp.delay %f_25 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %43 = dsp.mul %41, %42 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %44 = dsp.min %1, %43 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_26 = dsp.add %44, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_26 : (!dsp.signal<f32, sample>) -> ()
    }
    %45 = dsp.add %40, %f_24 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %46 = dsp.constant {value = 8.100000e-01 : f32} : () -> !dsp.signal<f32, const>
    %f_27 = dsp.rec {
    ^bb0(%f_28: !dsp.signal<f32, sample>):
      %47 = dsp.delay %f_28 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %48 = dsp.mul %46, %47 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %49 = dsp.min %1, %48 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_29 = dsp.add %49, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_29 : (!dsp.signal<f32, sample>) -> ()
    }
    %50 = dsp.add %45, %f_27 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %51 = dsp.constant {value = 8.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %f_30 = dsp.rec {
    ^bb0(%f_31: !dsp.signal<f32, sample>):
      %52 = dsp.delay %f_31 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %53 = dsp.mul %51, %52 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %54 = dsp.min %1, %53 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_32 = dsp.add %54, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_32 : (!dsp.signal<f32, sample>) -> ()
    }
    %process = dsp.add %50, %f_30 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
  // Three lanes save too little.
  // CHECK-LABEL: dsp.program @three
  // CHECK-NOT: dsp.pack @
  dsp.program @three f32 metadata [] ui {
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
    %process = dsp.add %10, %f_6 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
  // Two recursions are no bank.
  // CHECK-LABEL: dsp.program @two
  // CHECK-NOT: dsp.pack @
  dsp.program @two f32 metadata [] ui {
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>, %1: !dsp.signal<f32, sample>):
    %2 = dsp.constant {value = 1.000000e+01 : f32} : () -> !dsp.signal<f32, const>
    %3 = dsp.constant {value = 9.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %f = dsp.rec {
    ^bb0(%f_1: !dsp.signal<f32, sample>):
      %4 = dsp.delay %f_1 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %5 = dsp.mul %3, %4 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %6 = dsp.min %2, %5 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_2 = dsp.add %6, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_2 : (!dsp.signal<f32, sample>) -> ()
    }
    %7 = dsp.constant {value = 8.900000e-01 : f32} : () -> !dsp.signal<f32, const>
    %f_3 = dsp.rec {
    ^bb0(%f_4: !dsp.signal<f32, sample>):
      %8 = dsp.delay %f_4 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %9 = dsp.mul %7, %8 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %10 = dsp.min %2, %9 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_5 = dsp.add %10, %1 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_5 : (!dsp.signal<f32, sample>) -> ()
    }
    dsp.yield %f, %f_3 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> ()
  }
  // Each lane has an input and an output: nothing is summed.
  // CHECK-LABEL: dsp.program @outputs
  // CHECK: dsp.pack @pack0 lanes 12 width 8 {gain = {{[0-9.e+]+}} : f64}
  // CHECK-NEXT: {{%|dsp.yield}}
  // CHECK: {{%[a-z0-9_]+}} = dsp.mul {{%[a-z0-9_]+}}, {{%[a-z0-9_]+}} {dsp.lane = #dsp.lane<@pack0, 0, 0>}
  // CHECK: {{%[a-z0-9_]+}} = dsp.mul {{%[a-z0-9_]+}}, {{%[a-z0-9_]+}} {dsp.lane = #dsp.lane<@pack0, 0, 1>}
  dsp.program @outputs f32 metadata [] ui {
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>, %1: !dsp.signal<f32, sample>, %2: !dsp.signal<f32, sample>, %3: !dsp.signal<f32, sample>, %4: !dsp.signal<f32, sample>, %5: !dsp.signal<f32, sample>, %6: !dsp.signal<f32, sample>, %7: !dsp.signal<f32, sample>, %8: !dsp.signal<f32, sample>, %9: !dsp.signal<f32, sample>, %10: !dsp.signal<f32, sample>, %11: !dsp.signal<f32, sample>):
    %12 = dsp.constant {value = 3.000000e+00 : f32} : () -> !dsp.signal<f32, const>
    %13 = dsp.constant {value = 2.000000e+00 : f32} : () -> !dsp.signal<f32, const>
    %14 = dsp.constant {value = 0.000000e+00 : f32} : () -> !dsp.signal<f32, const>
    %15 = dsp.constant {value = 5.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %16 = dsp.constant {value = 1.000000e+01 : f32} : () -> !dsp.signal<f32, const>
    %17 = dsp.constant {value = 9.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %f = dsp.rec {
    ^bb0(%f_1: !dsp.signal<f32, sample>):
      %18 = dsp.delay %f_1 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %19 = dsp.mul %17, %18 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %20 = dsp.min %16, %19 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_2 = dsp.add %20, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_2 : (!dsp.signal<f32, sample>) -> ()
    }
    %21 = dsp.mul %15, %f : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %22 = dsp.max %14, %21 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %23 = dsp.mul %13, %22 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %24 = dsp.min %12, %23 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %25 = dsp.sqrt %24 : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %26 = dsp.constant {value = 8.900000e-01 : f32} : () -> !dsp.signal<f32, const>
    %f_3 = dsp.rec {
    ^bb0(%f_4: !dsp.signal<f32, sample>):
      %27 = dsp.delay %f_4 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %28 = dsp.mul %26, %27 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %29 = dsp.min %16, %28 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_5 = dsp.add %29, %1 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_5 : (!dsp.signal<f32, sample>) -> ()
    }
    %30 = dsp.mul %15, %f_3 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %31 = dsp.max %14, %30 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %32 = dsp.mul %12, %31 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %33 = dsp.min %12, %32 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %34 = dsp.sqrt %33 : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %35 = dsp.constant {value = 4.000000e+00 : f32} : () -> !dsp.signal<f32, const>
    %36 = dsp.constant {value = 8.800000e-01 : f32} : () -> !dsp.signal<f32, const>
    %f_6 = dsp.rec {
    ^bb0(%f_7: !dsp.signal<f32, sample>):
      %37 = dsp.delay %f_7 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %38 = dsp.mul %36, %37 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %39 = dsp.min %16, %38 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_8 = dsp.add %39, %2 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_8 : (!dsp.signal<f32, sample>) -> ()
    }
    %40 = dsp.mul %15, %f_6 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %41 = dsp.max %14, %40 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %42 = dsp.mul %35, %41 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %43 = dsp.min %12, %42 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %44 = dsp.sqrt %43 : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %45 = dsp.constant {value = 5.000000e+00 : f32} : () -> !dsp.signal<f32, const>
    %46 = dsp.constant {value = 8.700000e-01 : f32} : () -> !dsp.signal<f32, const>
    %f_9 = dsp.rec {
    ^bb0(%f_10: !dsp.signal<f32, sample>):
      %47 = dsp.delay %f_10 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %48 = dsp.mul %46, %47 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %49 = dsp.min %16, %48 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_11 = dsp.add %49, %3 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_11 : (!dsp.signal<f32, sample>) -> ()
    }
    %50 = dsp.mul %15, %f_9 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %51 = dsp.max %14, %50 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %52 = dsp.mul %45, %51 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %53 = dsp.min %12, %52 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %54 = dsp.sqrt %53 : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %55 = dsp.constant {value = 6.000000e+00 : f32} : () -> !dsp.signal<f32, const>
    %56 = dsp.constant {value = 8.600000e-01 : f32} : () -> !dsp.signal<f32, const>
    %f_12 = dsp.rec {
    ^bb0(%f_13: !dsp.signal<f32, sample>):
      %57 = dsp.delay %f_13 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %58 = dsp.mul %56, %57 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %59 = dsp.min %16, %58 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_14 = dsp.add %59, %4 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_14 : (!dsp.signal<f32, sample>) -> ()
    }
    %60 = dsp.mul %15, %f_12 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %61 = dsp.max %14, %60 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %62 = dsp.mul %55, %61 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %63 = dsp.min %12, %62 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %64 = dsp.sqrt %63 : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %65 = dsp.constant {value = 7.000000e+00 : f32} : () -> !dsp.signal<f32, const>
    %66 = dsp.constant {value = 8.500000e-01 : f32} : () -> !dsp.signal<f32, const>
    %f_15 = dsp.rec {
    ^bb0(%f_16: !dsp.signal<f32, sample>):
      %67 = dsp.delay %f_16 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %68 = dsp.mul %66, %67 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %69 = dsp.min %16, %68 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_17 = dsp.add %69, %5 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_17 : (!dsp.signal<f32, sample>) -> ()
    }
    %70 = dsp.mul %15, %f_15 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %71 = dsp.max %14, %70 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %72 = dsp.mul %65, %71 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %73 = dsp.min %12, %72 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %74 = dsp.sqrt %73 : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %75 = dsp.constant {value = 8.000000e+00 : f32} : () -> !dsp.signal<f32, const>
    %76 = dsp.constant {value = 8.400000e-01 : f32} : () -> !dsp.signal<f32, const>
    %f_18 = dsp.rec {
    ^bb0(%f_19: !dsp.signal<f32, sample>):
      %77 = dsp.delay %f_19 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %78 = dsp.mul %76, %77 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %79 = dsp.min %16, %78 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_20 = dsp.add %79, %6 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_20 : (!dsp.signal<f32, sample>) -> ()
    }
    %80 = dsp.mul %15, %f_18 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %81 = dsp.max %14, %80 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %82 = dsp.mul %75, %81 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %83 = dsp.min %12, %82 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %84 = dsp.sqrt %83 : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %85 = dsp.constant {value = 9.000000e+00 : f32} : () -> !dsp.signal<f32, const>
    %86 = dsp.constant {value = 8.300000e-01 : f32} : () -> !dsp.signal<f32, const>
    %f_21 = dsp.rec {
    ^bb0(%f_22: !dsp.signal<f32, sample>):
      %87 = dsp.delay %f_22 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %88 = dsp.mul %86, %87 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %89 = dsp.min %16, %88 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_23 = dsp.add %89, %7 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_23 : (!dsp.signal<f32, sample>) -> ()
    }
    %90 = dsp.mul %15, %f_21 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %91 = dsp.max %14, %90 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %92 = dsp.mul %85, %91 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %93 = dsp.min %12, %92 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %94 = dsp.sqrt %93 : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %95 = dsp.constant {value = 8.200000e-01 : f32} : () -> !dsp.signal<f32, const>
    %f_24 = dsp.rec {
    ^bb0(%f_25: !dsp.signal<f32, sample>):
      %96 = dsp.delay %f_25 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %97 = dsp.mul %95, %96 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %98 = dsp.min %16, %97 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_26 = dsp.add %98, %8 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_26 : (!dsp.signal<f32, sample>) -> ()
    }
    %99 = dsp.mul %15, %f_24 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %100 = dsp.max %14, %99 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %101 = dsp.mul %16, %100 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %102 = dsp.min %12, %101 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %103 = dsp.sqrt %102 : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %104 = dsp.constant {value = 1.100000e+01 : f32} : () -> !dsp.signal<f32, const>
    %105 = dsp.constant {value = 8.100000e-01 : f32} : () -> !dsp.signal<f32, const>
    %f_27 = dsp.rec {
    ^bb0(%f_28: !dsp.signal<f32, sample>):
      %106 = dsp.delay %f_28 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %107 = dsp.mul %105, %106 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %108 = dsp.min %16, %107 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_29 = dsp.add %108, %9 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_29 : (!dsp.signal<f32, sample>) -> ()
    }
    %109 = dsp.mul %15, %f_27 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %110 = dsp.max %14, %109 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %111 = dsp.mul %104, %110 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %112 = dsp.min %12, %111 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %113 = dsp.sqrt %112 : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %114 = dsp.constant {value = 1.200000e+01 : f32} : () -> !dsp.signal<f32, const>
    %115 = dsp.constant {value = 8.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %f_30 = dsp.rec {
    ^bb0(%f_31: !dsp.signal<f32, sample>):
      %116 = dsp.delay %f_31 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %117 = dsp.mul %115, %116 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %118 = dsp.min %16, %117 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_32 = dsp.add %118, %10 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_32 : (!dsp.signal<f32, sample>) -> ()
    }
    %119 = dsp.mul %15, %f_30 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %120 = dsp.max %14, %119 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %121 = dsp.mul %114, %120 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %122 = dsp.min %12, %121 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %123 = dsp.sqrt %122 : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %124 = dsp.constant {value = 1.300000e+01 : f32} : () -> !dsp.signal<f32, const>
    %125 = dsp.constant {value = 7.900000e-01 : f32} : () -> !dsp.signal<f32, const>
    %f_33 = dsp.rec {
    ^bb0(%f_34: !dsp.signal<f32, sample>):
      %126 = dsp.delay %f_34 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %127 = dsp.mul %125, %126 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %128 = dsp.min %16, %127 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_35 = dsp.add %128, %11 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_35 : (!dsp.signal<f32, sample>) -> ()
    }
    %129 = dsp.mul %15, %f_33 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %130 = dsp.max %14, %129 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %131 = dsp.mul %124, %130 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %132 = dsp.min %12, %131 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %133 = dsp.sqrt %132 : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    dsp.yield %25, %34, %44, %54, %64, %74, %84, %94, %103, %113, %123, %133 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>, !dsp.signal<f32, sample>, !dsp.signal<f32, sample>, !dsp.signal<f32, sample>, !dsp.signal<f32, sample>, !dsp.signal<f32, sample>, !dsp.signal<f32, sample>, !dsp.signal<f32, sample>, !dsp.signal<f32, sample>, !dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> ()
  }
  // Recursions of two shapes are two packs.
  // CHECK-LABEL: dsp.program @shapes
  // CHECK: dsp.pack @pack0 lanes 8 width 8 {gain = {{[0-9.e+]+}} : f64}
  // CHECK-NEXT: dsp.pack @pack1 lanes 8 width 8 {gain = {{[0-9.e+]+}} : f64}
  // CHECK-NEXT: {{%|dsp.yield}}
  // CHECK: {{%[a-z0-9_]+}} = dsp.mul {{%[a-z0-9_]+}}, {{%[a-z0-9_]+}} {dsp.lane = #dsp.lane<@pack1, 0, 0>}
  // CHECK: {{%[a-z0-9_]+}} = dsp.mul {{%[a-z0-9_]+}}, {{%[a-z0-9_]+}} {dsp.lane = #dsp.lane<@pack1, 0, 1>}
  // CHECK: {{%[a-z0-9_]+}} = dsp.mul {{%[a-z0-9_]+}}, {{%[a-z0-9_]+}} {dsp.lane = #dsp.lane<@pack0, 0, 0>}
  // CHECK: {{%[a-z0-9_]+}} = dsp.mul {{%[a-z0-9_]+}}, {{%[a-z0-9_]+}} {dsp.lane = #dsp.lane<@pack0, 0, 1>}
  // CHECK: {{%[a-z0-9_]+}} = dsp.add {{%[a-z0-9_]+}}, {{%[a-z0-9_]+}} {dsp.summed = [#dsp.summed<@pack0, 3>, #dsp.summed<@pack1, 2>]}
  dsp.program @shapes f32 metadata [] ui {
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
    %40 = dsp.add %35, %f_21 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %41 = dsp.constant {value = 5.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %42 = dsp.constant {value = -1.000000e+00 : f32} : () -> !dsp.signal<f32, const>
    %43 = dsp.constant {value = 3.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %g = dsp.rec {
    ^bb0(%g_1: !dsp.signal<f32, sample>):
      %44 = dsp.delay %g_1 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %45 = dsp.mul %43, %44 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %46 = dsp.max %42, %45 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %47 = dsp.mul %41, %46 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %g_2 = dsp.add %47, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %g_2 : (!dsp.signal<f32, sample>) -> ()
    }
    %48 = dsp.add %40, %g : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %49 = dsp.constant {value = 3.100000e-01 : f32} : () -> !dsp.signal<f32, const>
    %g_3 = dsp.rec {
    ^bb0(%g_4: !dsp.signal<f32, sample>):
      %50 = dsp.delay %g_4 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %51 = dsp.mul %49, %50 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %52 = dsp.max %42, %51 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %53 = dsp.mul %41, %52 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %g_5 = dsp.add %53, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %g_5 : (!dsp.signal<f32, sample>) -> ()
    }
    %54 = dsp.add %48, %g_3 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %55 = dsp.constant {value = 3.200000e-01 : f32} : () -> !dsp.signal<f32, const>
    %g_6 = dsp.rec {
    ^bb0(%g_7: !dsp.signal<f32, sample>):
      %56 = dsp.delay %g_7 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %57 = dsp.mul %55, %56 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %58 = dsp.max %42, %57 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %59 = dsp.mul %41, %58 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %g_8 = dsp.add %59, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %g_8 : (!dsp.signal<f32, sample>) -> ()
    }
    %60 = dsp.add %54, %g_6 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %61 = dsp.constant {value = 3.300000e-01 : f32} : () -> !dsp.signal<f32, const>
    %g_9 = dsp.rec {
    ^bb0(%g_10: !dsp.signal<f32, sample>):
      %62 = dsp.delay %g_10 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %63 = dsp.mul %61, %62 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %64 = dsp.max %42, %63 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %65 = dsp.mul %41, %64 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %g_11 = dsp.add %65, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %g_11 : (!dsp.signal<f32, sample>) -> ()
    }
    %66 = dsp.add %60, %g_9 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %67 = dsp.constant {value = 3.400000e-01 : f32} : () -> !dsp.signal<f32, const>
    %g_12 = dsp.rec {
    ^bb0(%g_13: !dsp.signal<f32, sample>):
      %68 = dsp.delay %g_13 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %69 = dsp.mul %67, %68 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %70 = dsp.max %42, %69 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %71 = dsp.mul %41, %70 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %g_14 = dsp.add %71, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %g_14 : (!dsp.signal<f32, sample>) -> ()
    }
    %72 = dsp.add %66, %g_12 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %73 = dsp.constant {value = 3.500000e-01 : f32} : () -> !dsp.signal<f32, const>
    %g_15 = dsp.rec {
    ^bb0(%g_16: !dsp.signal<f32, sample>):
      %74 = dsp.delay %g_16 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %75 = dsp.mul %73, %74 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %76 = dsp.max %42, %75 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %77 = dsp.mul %41, %76 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %g_17 = dsp.add %77, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %g_17 : (!dsp.signal<f32, sample>) -> ()
    }
    %78 = dsp.add %72, %g_15 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %79 = dsp.constant {value = 3.600000e-01 : f32} : () -> !dsp.signal<f32, const>
    %g_18 = dsp.rec {
    ^bb0(%g_19: !dsp.signal<f32, sample>):
      %80 = dsp.delay %g_19 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %81 = dsp.mul %79, %80 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %82 = dsp.max %42, %81 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %83 = dsp.mul %41, %82 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %g_20 = dsp.add %83, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %g_20 : (!dsp.signal<f32, sample>) -> ()
    }
    %84 = dsp.add %78, %g_18 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %85 = dsp.constant {value = 3.700000e-01 : f32} : () -> !dsp.signal<f32, const>
    %g_21 = dsp.rec {
    ^bb0(%g_22: !dsp.signal<f32, sample>):
      %86 = dsp.delay %g_22 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %87 = dsp.mul %85, %86 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %88 = dsp.max %42, %87 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %89 = dsp.mul %41, %88 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %g_23 = dsp.add %89, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %g_23 : (!dsp.signal<f32, sample>) -> ()
    }
    %process = dsp.add %84, %g_21 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
  // A sine is no vector op.
  // CHECK-LABEL: dsp.program @functions
  // CHECK-NOT: dsp.pack @
  dsp.program @functions f32 metadata [] ui {
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    %1 = dsp.constant {value = 9.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %2 = dsp.rec {
    ^bb0(%3: !dsp.signal<f32, sample>):
      %4 = dsp.delay %3 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %5 = dsp.mul %1, %4 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %6 = dsp.sin %5 : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %7 = dsp.add %6, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %7 : (!dsp.signal<f32, sample>) -> ()
    }
    %8 = dsp.constant {value = 8.900000e-01 : f32} : () -> !dsp.signal<f32, const>
    %9 = dsp.rec {
    ^bb0(%10: !dsp.signal<f32, sample>):
      %11 = dsp.delay %10 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %12 = dsp.mul %8, %11 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %13 = dsp.sin %12 : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %14 = dsp.add %13, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %14 : (!dsp.signal<f32, sample>) -> ()
    }
    %15 = dsp.add %2, %9 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %16 = dsp.constant {value = 8.800000e-01 : f32} : () -> !dsp.signal<f32, const>
    %17 = dsp.rec {
    ^bb0(%18: !dsp.signal<f32, sample>):
      %19 = dsp.delay %18 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %20 = dsp.mul %16, %19 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %21 = dsp.sin %20 : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %22 = dsp.add %21, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %22 : (!dsp.signal<f32, sample>) -> ()
    }
    %23 = dsp.add %15, %17 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %24 = dsp.constant {value = 8.700000e-01 : f32} : () -> !dsp.signal<f32, const>
    %25 = dsp.rec {
    ^bb0(%26: !dsp.signal<f32, sample>):
      %27 = dsp.delay %26 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %28 = dsp.mul %24, %27 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %29 = dsp.sin %28 : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %30 = dsp.add %29, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %30 : (!dsp.signal<f32, sample>) -> ()
    }
    %31 = dsp.add %23, %25 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %32 = dsp.constant {value = 8.600000e-01 : f32} : () -> !dsp.signal<f32, const>
    %33 = dsp.rec {
    ^bb0(%34: !dsp.signal<f32, sample>):
      %35 = dsp.delay %34 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %36 = dsp.mul %32, %35 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %37 = dsp.sin %36 : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %38 = dsp.add %37, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %38 : (!dsp.signal<f32, sample>) -> ()
    }
    %39 = dsp.add %31, %33 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %40 = dsp.constant {value = 8.500000e-01 : f32} : () -> !dsp.signal<f32, const>
    %41 = dsp.rec {
    ^bb0(%42: !dsp.signal<f32, sample>):
      %43 = dsp.delay %42 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %44 = dsp.mul %40, %43 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %45 = dsp.sin %44 : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %46 = dsp.add %45, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %46 : (!dsp.signal<f32, sample>) -> ()
    }
    %47 = dsp.add %39, %41 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %48 = dsp.constant {value = 8.400000e-01 : f32} : () -> !dsp.signal<f32, const>
    %49 = dsp.rec {
    ^bb0(%50: !dsp.signal<f32, sample>):
      %51 = dsp.delay %50 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %52 = dsp.mul %48, %51 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %53 = dsp.sin %52 : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %54 = dsp.add %53, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %54 : (!dsp.signal<f32, sample>) -> ()
    }
    %55 = dsp.add %47, %49 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %56 = dsp.constant {value = 8.300000e-01 : f32} : () -> !dsp.signal<f32, const>
    %57 = dsp.rec {
    ^bb0(%58: !dsp.signal<f32, sample>):
      %59 = dsp.delay %58 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %60 = dsp.mul %56, %59 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %61 = dsp.sin %60 : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %62 = dsp.add %61, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %62 : (!dsp.signal<f32, sample>) -> ()
    }
    %process = dsp.add %55, %57 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
  // Controls may differ by lane.
  // CHECK-LABEL: dsp.program @controls
  // CHECK: dsp.pack @pack0 lanes 8 width 8 {gain = {{[0-9.e+]+}} : f64}
  // CHECK-NEXT: {{%|dsp.yield}}
  // CHECK: {{%[a-z0-9_]+}} = dsp.mul {{%[a-z0-9_]+}}, {{%[a-z0-9_]+}} {dsp.lane = #dsp.lane<@pack0, 0, 0>}
  // CHECK: {{%[a-z0-9_]+}} = dsp.mul {{%[a-z0-9_]+}}, {{%[a-z0-9_]+}} {dsp.lane = #dsp.lane<@pack0, 0, 1>}
  // CHECK: {{%[a-z0-9_]+}} = dsp.add {{%[a-z0-9_]+}}, {{%[a-z0-9_]+}} {dsp.summed = [#dsp.summed<@pack0, 3>]}
  dsp.program @controls f32 metadata [] ui {
    dsp.group vgroup "t" [] {
      dsp.widget @g0 hslider "g0" [] {min = 0.000000e+00 : f64, max = 9.000000e-01 : f64, init = 5.000000e-01 : f64, step = 1.000000e-01 : f64}
      dsp.widget @g1 hslider "g1" [] {min = 0.000000e+00 : f64, max = 9.000000e-01 : f64, init = 5.000000e-01 : f64, step = 1.000000e-01 : f64}
      dsp.widget @g2 hslider "g2" [] {min = 0.000000e+00 : f64, max = 9.000000e-01 : f64, init = 5.000000e-01 : f64, step = 1.000000e-01 : f64}
      dsp.widget @g3 hslider "g3" [] {min = 0.000000e+00 : f64, max = 9.000000e-01 : f64, init = 5.000000e-01 : f64, step = 1.000000e-01 : f64}
      dsp.widget @g4 hslider "g4" [] {min = 0.000000e+00 : f64, max = 9.000000e-01 : f64, init = 5.000000e-01 : f64, step = 1.000000e-01 : f64}
      dsp.widget @g5 hslider "g5" [] {min = 0.000000e+00 : f64, max = 9.000000e-01 : f64, init = 5.000000e-01 : f64, step = 1.000000e-01 : f64}
      dsp.widget @g6 hslider "g6" [] {min = 0.000000e+00 : f64, max = 9.000000e-01 : f64, init = 5.000000e-01 : f64, step = 1.000000e-01 : f64}
      dsp.widget @g7 hslider "g7" [] {min = 0.000000e+00 : f64, max = 9.000000e-01 : f64, init = 5.000000e-01 : f64, step = 1.000000e-01 : f64}
    }
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    %1 = dsp.constant {value = -1.000000e+00 : f32} : () -> !dsp.signal<f32, const>
    %2 = dsp.constant {value = 1.000000e+00 : f32} : () -> !dsp.signal<f32, const>
    %3 = dsp.read_widget {widget = @g0} : () -> !dsp.signal<f32, block>
    %4 = dsp.rec {
    ^bb0(%5: !dsp.signal<f32, sample>):
      %6 = dsp.delay %5 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %7 = dsp.mul %3, %6 : (!dsp.signal<f32, block>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %8 = dsp.min %2, %7 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %9 = dsp.max %1, %8 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %10 = dsp.add %9, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %10 : (!dsp.signal<f32, sample>) -> ()
    }
    %11 = dsp.read_widget {widget = @g1} : () -> !dsp.signal<f32, block>
    %12 = dsp.rec {
    ^bb0(%13: !dsp.signal<f32, sample>):
      %14 = dsp.delay %13 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %15 = dsp.mul %11, %14 : (!dsp.signal<f32, block>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %16 = dsp.min %2, %15 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %17 = dsp.max %1, %16 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %18 = dsp.add %17, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %18 : (!dsp.signal<f32, sample>) -> ()
    }
    %19 = dsp.add %4, %12 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %20 = dsp.read_widget {widget = @g2} : () -> !dsp.signal<f32, block>
    %21 = dsp.rec {
    ^bb0(%22: !dsp.signal<f32, sample>):
      %23 = dsp.delay %22 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %24 = dsp.mul %20, %23 : (!dsp.signal<f32, block>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %25 = dsp.min %2, %24 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %26 = dsp.max %1, %25 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %27 = dsp.add %26, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %27 : (!dsp.signal<f32, sample>) -> ()
    }
    %28 = dsp.add %19, %21 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %29 = dsp.read_widget {widget = @g3} : () -> !dsp.signal<f32, block>
    %30 = dsp.rec {
    ^bb0(%31: !dsp.signal<f32, sample>):
      %32 = dsp.delay %31 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %33 = dsp.mul %29, %32 : (!dsp.signal<f32, block>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %34 = dsp.min %2, %33 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %35 = dsp.max %1, %34 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %36 = dsp.add %35, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %36 : (!dsp.signal<f32, sample>) -> ()
    }
    %37 = dsp.add %28, %30 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %38 = dsp.read_widget {widget = @g4} : () -> !dsp.signal<f32, block>
    %39 = dsp.rec {
    ^bb0(%40: !dsp.signal<f32, sample>):
      %41 = dsp.delay %40 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %42 = dsp.mul %38, %41 : (!dsp.signal<f32, block>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %43 = dsp.min %2, %42 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %44 = dsp.max %1, %43 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %45 = dsp.add %44, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %45 : (!dsp.signal<f32, sample>) -> ()
    }
    %46 = dsp.add %37, %39 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %47 = dsp.read_widget {widget = @g5} : () -> !dsp.signal<f32, block>
    %48 = dsp.rec {
    ^bb0(%49: !dsp.signal<f32, sample>):
      %50 = dsp.delay %49 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %51 = dsp.mul %47, %50 : (!dsp.signal<f32, block>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %52 = dsp.min %2, %51 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %53 = dsp.max %1, %52 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %54 = dsp.add %53, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %54 : (!dsp.signal<f32, sample>) -> ()
    }
    %55 = dsp.add %46, %48 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %56 = dsp.read_widget {widget = @g6} : () -> !dsp.signal<f32, block>
    %57 = dsp.rec {
    ^bb0(%58: !dsp.signal<f32, sample>):
      %59 = dsp.delay %58 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %60 = dsp.mul %56, %59 : (!dsp.signal<f32, block>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %61 = dsp.min %2, %60 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %62 = dsp.max %1, %61 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %63 = dsp.add %62, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %63 : (!dsp.signal<f32, sample>) -> ()
    }
    %64 = dsp.add %55, %57 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %65 = dsp.read_widget {widget = @g7} : () -> !dsp.signal<f32, block>
    %66 = dsp.rec {
    ^bb0(%67: !dsp.signal<f32, sample>):
      %68 = dsp.delay %67 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %69 = dsp.mul %65, %68 : (!dsp.signal<f32, block>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %70 = dsp.min %2, %69 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %71 = dsp.max %1, %70 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %72 = dsp.add %71, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %72 : (!dsp.signal<f32, sample>) -> ()
    }
    %process = dsp.add %64, %66 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
  // Recursions in a row depend on each other in the same frame.
  // CHECK-LABEL: dsp.program @chain
  // CHECK-NOT: dsp.pack @
  dsp.program @chain f32 metadata [] ui {
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
      %f_5 = dsp.add %9, %f {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_5 : (!dsp.signal<f32, sample>) -> ()
    }
    %10 = dsp.constant {value = 8.800000e-01 : f32} : () -> !dsp.signal<f32, const>
    %f_6 = dsp.rec {
    ^bb0(%f_7: !dsp.signal<f32, sample>):
      %11 = dsp.delay %f_7 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %12 = dsp.mul %10, %11 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %13 = dsp.min %1, %12 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_8 = dsp.add %13, %f_3 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_8 : (!dsp.signal<f32, sample>) -> ()
    }
    %14 = dsp.constant {value = 8.700000e-01 : f32} : () -> !dsp.signal<f32, const>
    %f_9 = dsp.rec {
    ^bb0(%f_10: !dsp.signal<f32, sample>):
      %15 = dsp.delay %f_10 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %16 = dsp.mul %14, %15 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %17 = dsp.min %1, %16 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_11 = dsp.add %17, %f_6 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_11 : (!dsp.signal<f32, sample>) -> ()
    }
    %18 = dsp.constant {value = 8.600000e-01 : f32} : () -> !dsp.signal<f32, const>
    %f_12 = dsp.rec {
    ^bb0(%f_13: !dsp.signal<f32, sample>):
      %19 = dsp.delay %f_13 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %20 = dsp.mul %18, %19 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %21 = dsp.min %1, %20 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_14 = dsp.add %21, %f_9 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_14 : (!dsp.signal<f32, sample>) -> ()
    }
    %22 = dsp.constant {value = 8.500000e-01 : f32} : () -> !dsp.signal<f32, const>
    %f_15 = dsp.rec {
    ^bb0(%f_16: !dsp.signal<f32, sample>):
      %23 = dsp.delay %f_16 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %24 = dsp.mul %22, %23 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %25 = dsp.min %1, %24 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_17 = dsp.add %25, %f_12 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_17 : (!dsp.signal<f32, sample>) -> ()
    }
    %26 = dsp.constant {value = 8.400000e-01 : f32} : () -> !dsp.signal<f32, const>
    %f_18 = dsp.rec {
    ^bb0(%f_19: !dsp.signal<f32, sample>):
      %27 = dsp.delay %f_19 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %28 = dsp.mul %26, %27 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %29 = dsp.min %1, %28 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_20 = dsp.add %29, %f_15 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_20 : (!dsp.signal<f32, sample>) -> ()
    }
    %30 = dsp.constant {value = 8.300000e-01 : f32} : () -> !dsp.signal<f32, const>
    %f_21 = dsp.rec {
    ^bb0(%f_22: !dsp.signal<f32, sample>):
      %31 = dsp.delay %f_22 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %32 = dsp.mul %30, %31 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %33 = dsp.min %1, %32 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_23 = dsp.add %33, %f_18 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_23 : (!dsp.signal<f32, sample>) -> ()
    }
    dsp.yield %f_21 : (!dsp.signal<f32, sample>) -> ()
  }
  // A lane that a delay reads is there for other loops as well.
  // CHECK-LABEL: dsp.program @delayed
  // CHECK: dsp.pack @pack0 lanes 8 width 8 {gain = {{[0-9.e+]+}} : f64}
  // CHECK-NEXT: {{%|dsp.yield}}
  // CHECK: {{%[a-z0-9_]+}} = dsp.mul {{%[a-z0-9_]+}}, {{%[a-z0-9_]+}} {dsp.lane = #dsp.lane<@pack0, 0, 0>}
  // CHECK: {{%[a-z0-9_]+}} = dsp.mul {{%[a-z0-9_]+}}, {{%[a-z0-9_]+}} {dsp.lane = #dsp.lane<@pack0, 0, 1>}
  // CHECK: {{%[a-z0-9_]+}} = dsp.add {{%[a-z0-9_]+}}, {{%[a-z0-9_]+}} {dsp.summed = [#dsp.summed<@pack0, 2>]}
  dsp.program @delayed f32 metadata [] ui {
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
    %40 = dsp.add %35, %f_21 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %41 = dsp.delay %f {offset = 40 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %42 = dsp.delay %f_3 {offset = 40 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %43 = dsp.delay %f_6 {offset = 40 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %44 = dsp.delay %f_9 {offset = 40 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %45 = dsp.delay %f_12 {offset = 40 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %46 = dsp.delay %f_15 {offset = 40 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %47 = dsp.delay %f_18 {offset = 40 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %48 = dsp.delay %f_21 {offset = 40 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    dsp.yield %40, %41, %42, %43, %44, %45, %46, %47, %48 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>, !dsp.signal<f32, sample>, !dsp.signal<f32, sample>, !dsp.signal<f32, sample>, !dsp.signal<f32, sample>, !dsp.signal<f32, sample>, !dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> ()
  }
  // Integers are not summed over lanes.
  // CHECK-LABEL: dsp.program @integers
  // CHECK: dsp.pack @pack0 lanes 8 width 8 {gain = {{[0-9.e+]+}} : f64}
  // CHECK-NEXT: {{%|dsp.yield}}
  // CHECK: {{%[a-z0-9_]+}} = dsp.mul {{%[a-z0-9_]+}}, {{%[a-z0-9_]+}} {dsp.lane = #dsp.lane<@pack0, 0, 0>}
  // CHECK: {{%[a-z0-9_]+}} = dsp.mul {{%[a-z0-9_]+}}, {{%[a-z0-9_]+}} {dsp.lane = #dsp.lane<@pack0, 0, 1>}
  // CHECK: {{%[a-z0-9_]+}} = dsp.add {{%[a-z0-9_]+}}, {{%[a-z0-9_]+}} {dsp.summed = [#dsp.summed<@pack0, 5>]}
  dsp.program @integers f32 metadata [] ui {
  } body {
    %0 = dsp.constant {value = -5.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %1 = dsp.constant {value = 5.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %2 = dsp.constant {value = 4.65661287e-10 : f32} : () -> !dsp.signal<f32, const>
    %3 = dsp.constant {value = 12345 : i32} : () -> !dsp.signal<i32, const>
    %4 = dsp.constant {value = 1103515245 : i32} : () -> !dsp.signal<i32, const>
    %5 = dsp.linear {
    ^bb0(%6: !dsp.signal<i32, sample>):
      %7 = dsp.delay %6 {offset = 1 : i64} : (!dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
      %8 = dsp.mul %4, %7 : (!dsp.signal<i32, const>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
      %9 = dsp.add %3, %8 : (!dsp.signal<i32, const>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
      dsp.yield %9 : (!dsp.signal<i32, sample>) -> ()
    }
    %10 = dsp.float %5 : (!dsp.signal<i32, sample>) -> !dsp.signal<f32, sample>
    %11 = dsp.mul %2, %10 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %12 = dsp.min %1, %11 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %13 = dsp.max %0, %12 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %14 = dsp.constant {value = 12346 : i32} : () -> !dsp.signal<i32, const>
    %15 = dsp.linear {
    ^bb0(%16: !dsp.signal<i32, sample>):
      %17 = dsp.delay %16 {offset = 1 : i64} : (!dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
      %18 = dsp.mul %4, %17 : (!dsp.signal<i32, const>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
      %19 = dsp.add %14, %18 : (!dsp.signal<i32, const>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
      dsp.yield %19 : (!dsp.signal<i32, sample>) -> ()
    }
    %20 = dsp.float %15 : (!dsp.signal<i32, sample>) -> !dsp.signal<f32, sample>
    %21 = dsp.mul %2, %20 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %22 = dsp.min %1, %21 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %23 = dsp.max %0, %22 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %24 = dsp.add %13, %23 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %25 = dsp.constant {value = 12347 : i32} : () -> !dsp.signal<i32, const>
    %26 = dsp.linear {
    ^bb0(%27: !dsp.signal<i32, sample>):
      %28 = dsp.delay %27 {offset = 1 : i64} : (!dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
      %29 = dsp.mul %4, %28 : (!dsp.signal<i32, const>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
      %30 = dsp.add %25, %29 : (!dsp.signal<i32, const>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
      dsp.yield %30 : (!dsp.signal<i32, sample>) -> ()
    }
    %31 = dsp.float %26 : (!dsp.signal<i32, sample>) -> !dsp.signal<f32, sample>
    %32 = dsp.mul %2, %31 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %33 = dsp.min %1, %32 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %34 = dsp.max %0, %33 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %35 = dsp.add %24, %34 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %36 = dsp.constant {value = 12348 : i32} : () -> !dsp.signal<i32, const>
    %37 = dsp.linear {
    ^bb0(%38: !dsp.signal<i32, sample>):
      %39 = dsp.delay %38 {offset = 1 : i64} : (!dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
      %40 = dsp.mul %4, %39 : (!dsp.signal<i32, const>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
      %41 = dsp.add %36, %40 : (!dsp.signal<i32, const>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
      dsp.yield %41 : (!dsp.signal<i32, sample>) -> ()
    }
    %42 = dsp.float %37 : (!dsp.signal<i32, sample>) -> !dsp.signal<f32, sample>
    %43 = dsp.mul %2, %42 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %44 = dsp.min %1, %43 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %45 = dsp.max %0, %44 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %46 = dsp.add %35, %45 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %47 = dsp.constant {value = 12349 : i32} : () -> !dsp.signal<i32, const>
    %48 = dsp.linear {
    ^bb0(%49: !dsp.signal<i32, sample>):
      %50 = dsp.delay %49 {offset = 1 : i64} : (!dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
      %51 = dsp.mul %4, %50 : (!dsp.signal<i32, const>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
      %52 = dsp.add %47, %51 : (!dsp.signal<i32, const>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
      dsp.yield %52 : (!dsp.signal<i32, sample>) -> ()
    }
    %53 = dsp.float %48 : (!dsp.signal<i32, sample>) -> !dsp.signal<f32, sample>
    %54 = dsp.mul %2, %53 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %55 = dsp.min %1, %54 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %56 = dsp.max %0, %55 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %57 = dsp.add %46, %56 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %58 = dsp.constant {value = 12350 : i32} : () -> !dsp.signal<i32, const>
    %59 = dsp.linear {
    ^bb0(%60: !dsp.signal<i32, sample>):
      %61 = dsp.delay %60 {offset = 1 : i64} : (!dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
      %62 = dsp.mul %4, %61 : (!dsp.signal<i32, const>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
      %63 = dsp.add %58, %62 : (!dsp.signal<i32, const>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
      dsp.yield %63 : (!dsp.signal<i32, sample>) -> ()
    }
    %64 = dsp.float %59 : (!dsp.signal<i32, sample>) -> !dsp.signal<f32, sample>
    %65 = dsp.mul %2, %64 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %66 = dsp.min %1, %65 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %67 = dsp.max %0, %66 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %68 = dsp.add %57, %67 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %69 = dsp.constant {value = 12351 : i32} : () -> !dsp.signal<i32, const>
    %70 = dsp.linear {
    ^bb0(%71: !dsp.signal<i32, sample>):
      %72 = dsp.delay %71 {offset = 1 : i64} : (!dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
      %73 = dsp.mul %4, %72 : (!dsp.signal<i32, const>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
      %74 = dsp.add %69, %73 : (!dsp.signal<i32, const>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
      dsp.yield %74 : (!dsp.signal<i32, sample>) -> ()
    }
    %75 = dsp.float %70 : (!dsp.signal<i32, sample>) -> !dsp.signal<f32, sample>
    %76 = dsp.mul %2, %75 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %77 = dsp.min %1, %76 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %78 = dsp.max %0, %77 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %79 = dsp.add %68, %78 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %80 = dsp.constant {value = 12352 : i32} : () -> !dsp.signal<i32, const>
    %81 = dsp.linear {
    ^bb0(%82: !dsp.signal<i32, sample>):
      %83 = dsp.delay %82 {offset = 1 : i64} : (!dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
      %84 = dsp.mul %4, %83 : (!dsp.signal<i32, const>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
      %85 = dsp.add %80, %84 : (!dsp.signal<i32, const>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
      dsp.yield %85 : (!dsp.signal<i32, sample>) -> ()
    }
    %86 = dsp.float %81 : (!dsp.signal<i32, sample>) -> !dsp.signal<f32, sample>
    %87 = dsp.mul %2, %86 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %88 = dsp.min %1, %87 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %89 = dsp.max %0, %88 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %process = dsp.add %79, %89 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
  // Feedback that no register holds is in no pack.
  // CHECK-LABEL: dsp.program @long
  // CHECK-NOT: dsp.pack @
  dsp.program @long f32 metadata [] ui {
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    %1 = dsp.constant {value = 1.000000e+01 : f32} : () -> !dsp.signal<f32, const>
    %2 = dsp.constant {value = 9.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %3 = dsp.rec {
    ^bb0(%4: !dsp.signal<f32, sample>):
      %5 = dsp.delay %4 {offset = 12 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %6 = dsp.mul %2, %5 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %7 = dsp.min %1, %6 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %8 = dsp.add %0, %7 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %8 : (!dsp.signal<f32, sample>) -> ()
    }
    %9 = dsp.constant {value = 8.900000e-01 : f32} : () -> !dsp.signal<f32, const>
    %10 = dsp.rec {
    ^bb0(%11: !dsp.signal<f32, sample>):
      %12 = dsp.delay %11 {offset = 12 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %13 = dsp.mul %9, %12 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %14 = dsp.min %1, %13 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %15 = dsp.add %0, %14 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %15 : (!dsp.signal<f32, sample>) -> ()
    }
    %16 = dsp.add %3, %10 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %17 = dsp.constant {value = 8.800000e-01 : f32} : () -> !dsp.signal<f32, const>
    %18 = dsp.rec {
    ^bb0(%19: !dsp.signal<f32, sample>):
      %20 = dsp.delay %19 {offset = 12 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %21 = dsp.mul %17, %20 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %22 = dsp.min %1, %21 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %23 = dsp.add %0, %22 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %23 : (!dsp.signal<f32, sample>) -> ()
    }
    %24 = dsp.add %16, %18 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %25 = dsp.constant {value = 8.700000e-01 : f32} : () -> !dsp.signal<f32, const>
    %26 = dsp.rec {
    ^bb0(%27: !dsp.signal<f32, sample>):
      %28 = dsp.delay %27 {offset = 12 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %29 = dsp.mul %25, %28 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %30 = dsp.min %1, %29 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %31 = dsp.add %0, %30 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %31 : (!dsp.signal<f32, sample>) -> ()
    }
    %32 = dsp.add %24, %26 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %33 = dsp.constant {value = 8.600000e-01 : f32} : () -> !dsp.signal<f32, const>
    %34 = dsp.rec {
    ^bb0(%35: !dsp.signal<f32, sample>):
      %36 = dsp.delay %35 {offset = 12 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %37 = dsp.mul %33, %36 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %38 = dsp.min %1, %37 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %39 = dsp.add %0, %38 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %39 : (!dsp.signal<f32, sample>) -> ()
    }
    %40 = dsp.add %32, %34 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %41 = dsp.constant {value = 8.500000e-01 : f32} : () -> !dsp.signal<f32, const>
    %42 = dsp.rec {
    ^bb0(%43: !dsp.signal<f32, sample>):
      %44 = dsp.delay %43 {offset = 12 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %45 = dsp.mul %41, %44 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %46 = dsp.min %1, %45 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %47 = dsp.add %0, %46 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %47 : (!dsp.signal<f32, sample>) -> ()
    }
    %48 = dsp.add %40, %42 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %49 = dsp.constant {value = 8.400000e-01 : f32} : () -> !dsp.signal<f32, const>
    %50 = dsp.rec {
    ^bb0(%51: !dsp.signal<f32, sample>):
      %52 = dsp.delay %51 {offset = 12 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %53 = dsp.mul %49, %52 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %54 = dsp.min %1, %53 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %55 = dsp.add %0, %54 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %55 : (!dsp.signal<f32, sample>) -> ()
    }
    %56 = dsp.add %48, %50 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %57 = dsp.constant {value = 8.300000e-01 : f32} : () -> !dsp.signal<f32, const>
    %58 = dsp.rec {
    ^bb0(%59: !dsp.signal<f32, sample>):
      %60 = dsp.delay %59 {offset = 12 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %61 = dsp.mul %57, %60 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %62 = dsp.min %1, %61 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %63 = dsp.add %0, %62 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %63 : (!dsp.signal<f32, sample>) -> ()
    }
    %process = dsp.add %56, %58 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
  // A past of two frames.
  // CHECK-LABEL: dsp.program @second_order
  // CHECK: dsp.pack @pack0 lanes 8 width 8 {gain = {{[0-9.e+]+}} : f64}
  // CHECK-NEXT: {{%|dsp.yield}}
  // CHECK: {{%[a-z0-9_]+}} = dsp.mul {{%[a-z0-9_]+}}, {{%[a-z0-9_]+}} {dsp.lane = #dsp.lane<@pack0, 0, 0>}
  // CHECK: {{%[a-z0-9_]+}} = dsp.mul {{%[a-z0-9_]+}}, {{%[a-z0-9_]+}} {dsp.lane = #dsp.lane<@pack0, 0, 1>}
  // CHECK: {{%[a-z0-9_]+}} = dsp.add {{%[a-z0-9_]+}}, {{%[a-z0-9_]+}} {dsp.summed = [#dsp.summed<@pack0, 4>]}
  dsp.program @second_order f32 metadata [] ui {
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    %1 = dsp.constant {value = 1.000000e+01 : f32} : () -> !dsp.signal<f32, const>
    %2 = dsp.constant {value = 5.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %3 = dsp.constant {value = 1.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %4 = dsp.rec {
    ^bb0(%5: !dsp.signal<f32, sample>):
      %6 = dsp.delay %5 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %7 = dsp.mul %2, %6 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %8 = dsp.delay %5 {offset = 2 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %9 = dsp.mul %3, %8 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %10 = dsp.sub %7, %9 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %11 = dsp.min %1, %10 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %12 = dsp.add %0, %11 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %12 : (!dsp.signal<f32, sample>) -> ()
    }
    %13 = dsp.constant {value = 1.100000e-01 : f32} : () -> !dsp.signal<f32, const>
    %14 = dsp.rec {
    ^bb0(%15: !dsp.signal<f32, sample>):
      %16 = dsp.delay %15 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %17 = dsp.mul %2, %16 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %18 = dsp.delay %15 {offset = 2 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %19 = dsp.mul %13, %18 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %20 = dsp.sub %17, %19 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %21 = dsp.min %1, %20 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %22 = dsp.add %0, %21 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %22 : (!dsp.signal<f32, sample>) -> ()
    }
    %23 = dsp.add %4, %14 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %24 = dsp.constant {value = 1.200000e-01 : f32} : () -> !dsp.signal<f32, const>
    %25 = dsp.rec {
    ^bb0(%26: !dsp.signal<f32, sample>):
      %27 = dsp.delay %26 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %28 = dsp.mul %2, %27 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %29 = dsp.delay %26 {offset = 2 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %30 = dsp.mul %24, %29 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %31 = dsp.sub %28, %30 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %32 = dsp.min %1, %31 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %33 = dsp.add %0, %32 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %33 : (!dsp.signal<f32, sample>) -> ()
    }
    %34 = dsp.add %23, %25 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %35 = dsp.constant {value = 1.300000e-01 : f32} : () -> !dsp.signal<f32, const>
    %36 = dsp.rec {
    ^bb0(%37: !dsp.signal<f32, sample>):
      %38 = dsp.delay %37 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %39 = dsp.mul %2, %38 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %40 = dsp.delay %37 {offset = 2 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %41 = dsp.mul %35, %40 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %42 = dsp.sub %39, %41 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %43 = dsp.min %1, %42 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %44 = dsp.add %0, %43 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %44 : (!dsp.signal<f32, sample>) -> ()
    }
    %45 = dsp.add %34, %36 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %46 = dsp.constant {value = 1.400000e-01 : f32} : () -> !dsp.signal<f32, const>
    %47 = dsp.rec {
    ^bb0(%48: !dsp.signal<f32, sample>):
      %49 = dsp.delay %48 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %50 = dsp.mul %2, %49 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %51 = dsp.delay %48 {offset = 2 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %52 = dsp.mul %46, %51 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %53 = dsp.sub %50, %52 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %54 = dsp.min %1, %53 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %55 = dsp.add %0, %54 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %55 : (!dsp.signal<f32, sample>) -> ()
    }
    %56 = dsp.add %45, %47 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %57 = dsp.constant {value = 1.500000e-01 : f32} : () -> !dsp.signal<f32, const>
    %58 = dsp.rec {
    ^bb0(%59: !dsp.signal<f32, sample>):
      %60 = dsp.delay %59 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %61 = dsp.mul %2, %60 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %62 = dsp.delay %59 {offset = 2 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %63 = dsp.mul %57, %62 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %64 = dsp.sub %61, %63 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %65 = dsp.min %1, %64 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %66 = dsp.add %0, %65 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %66 : (!dsp.signal<f32, sample>) -> ()
    }
    %67 = dsp.add %56, %58 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %68 = dsp.constant {value = 1.600000e-01 : f32} : () -> !dsp.signal<f32, const>
    %69 = dsp.rec {
    ^bb0(%70: !dsp.signal<f32, sample>):
      %71 = dsp.delay %70 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %72 = dsp.mul %2, %71 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %73 = dsp.delay %70 {offset = 2 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %74 = dsp.mul %68, %73 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %75 = dsp.sub %72, %74 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %76 = dsp.min %1, %75 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %77 = dsp.add %0, %76 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %77 : (!dsp.signal<f32, sample>) -> ()
    }
    %78 = dsp.add %67, %69 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %79 = dsp.constant {value = 1.700000e-01 : f32} : () -> !dsp.signal<f32, const>
    %80 = dsp.rec {
    ^bb0(%81: !dsp.signal<f32, sample>):
      %82 = dsp.delay %81 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %83 = dsp.mul %2, %82 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %84 = dsp.delay %81 {offset = 2 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %85 = dsp.mul %79, %84 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %86 = dsp.sub %83, %85 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %87 = dsp.min %1, %86 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %88 = dsp.add %0, %87 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %88 : (!dsp.signal<f32, sample>) -> ()
    }
    %process = dsp.add %78, %80 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
  // Some lanes are summed, others are outputs.
  // CHECK-LABEL: dsp.program @partly_summed
  // CHECK: dsp.pack @pack0 lanes 5 width 8 {gain = {{[0-9.e+]+}} : f64}
  // CHECK-NEXT: {{%|dsp.yield}}
  // CHECK: {{%[a-z0-9_]+}} = dsp.mul {{%[a-z0-9_]+}}, {{%[a-z0-9_]+}} {dsp.lane = #dsp.lane<@pack0, 0, 0>}
  // CHECK: {{%[a-z0-9_]+}} = dsp.mul {{%[a-z0-9_]+}}, {{%[a-z0-9_]+}} {dsp.lane = #dsp.lane<@pack0, 0, 1>}
  // CHECK: {{%[a-z0-9_]+}} = dsp.add {{%[a-z0-9_]+}}, {{%[a-z0-9_]+}} {dsp.summed = [#dsp.summed<@pack0, 2>]}
  dsp.program @partly_summed f32 metadata [] ui {
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
    %30 = dsp.constant {value = 8.400000e-01 : f32} : () -> !dsp.signal<f32, const>
    %f_18 = dsp.rec {
    ^bb0(%f_19: !dsp.signal<f32, sample>):
      %31 = dsp.delay %f_19 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %32 = dsp.mul %30, %31 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %33 = dsp.min %1, %32 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_20 = dsp.add %33, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_20 : (!dsp.signal<f32, sample>) -> ()
    }
    %34 = dsp.constant {value = 8.300000e-01 : f32} : () -> !dsp.signal<f32, const>
    %f_21 = dsp.rec {
    ^bb0(%f_22: !dsp.signal<f32, sample>):
      %35 = dsp.delay %f_22 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %36 = dsp.mul %34, %35 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %37 = dsp.min %1, %36 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_23 = dsp.add %37, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_23 : (!dsp.signal<f32, sample>) -> ()
    }
    dsp.yield %25, %f_15, %f_18, %f_21 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>, !dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> ()
  }
}
