// RUN: dsp-choose-chunk,dsp-pack-recursions{lanes=4}
builtin.module {
  // Eight clipped poles of one input; their sum is one over lanes.
  // CHECK-LABEL: dsp.program @bank
  // CHECK: dsp.pack @pack0 lanes 8 width 4 {gain = {{[0-9.e+]+}} : f64}
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
  // Eleven logical lanes are two vectors of eight.
  // CHECK-LABEL: dsp.program @eleven
  // CHECK: dsp.pack @pack0 lanes 11 width 4 {gain = {{[0-9.e+]+}} : f64}
  // CHECK-NEXT: {{%|dsp.yield}}
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
}
