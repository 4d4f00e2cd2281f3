// Eight filters of one shape become the lanes of a pack, whose sum is one over lanes.
// pipeline: dsp-pack-recursions
// before: %f(_3)? = dsp.rec
// after: dsp.pack|%f(_3)? = dsp.rec|summed
// -----
builtin.module {
  dsp.program @example f32 metadata [["name", "example"]] ui {
    dsp.group vgroup "example" [] {
    }
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    dsp.chunk 32 lanes 8 {asked = 32 : i64, registers = 16 : i64}
    dsp.line @f copied 2
    dsp.line @f_1 copied 2
    dsp.line @f_2 copied 2
    dsp.line @f_3 copied 2
    dsp.line @f_4 copied 2
    dsp.line @f_5 copied 2
    dsp.line @f_6 copied 2
    dsp.line @f_7 copied 2
    %1 = dsp.constant {value = 5.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %2 = dsp.constant {value = 2.500000e-01 : f32} : () -> !dsp.signal<f32, const>
    %f = dsp.rec {
    ^bb0(%f_1: !dsp.signal<f32, sample>):
      %3 = dsp.delay %f_1 {offset = 1 : i64, line = @f} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %4 = dsp.delay %f_1 {offset = 2 : i64, line = @f} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %5 = dsp.mul %2, %4 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %6 = dsp.add %5, %0 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %7 = dsp.mul %1, %3 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_2 = dsp.add %7, %6 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_2 : (!dsp.signal<f32, sample>) -> ()
    }
    %f_3 = dsp.rec {
    ^bb0(%f_4: !dsp.signal<f32, sample>):
      %8 = dsp.delay %f_4 {offset = 1 : i64, line = @f_1} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %9 = dsp.delay %f_4 {offset = 2 : i64, line = @f_1} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %10 = dsp.mul %2, %9 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %11 = dsp.add %10, %0 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %12 = dsp.mul %2, %8 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_5 = dsp.add %12, %11 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_5 : (!dsp.signal<f32, sample>) -> ()
    }
    %13 = dsp.add %f, %f_3 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %14 = dsp.constant {value = 0.166666672 : f32} : () -> !dsp.signal<f32, const>
    %f_6 = dsp.rec {
    ^bb0(%f_7: !dsp.signal<f32, sample>):
      %15 = dsp.delay %f_7 {offset = 1 : i64, line = @f_2} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %16 = dsp.delay %f_7 {offset = 2 : i64, line = @f_2} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %17 = dsp.mul %2, %16 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %18 = dsp.add %17, %0 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %19 = dsp.mul %14, %15 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_8 = dsp.add %19, %18 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_8 : (!dsp.signal<f32, sample>) -> ()
    }
    %20 = dsp.add %13, %f_6 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %21 = dsp.constant {value = 1.250000e-01 : f32} : () -> !dsp.signal<f32, const>
    %f_9 = dsp.rec {
    ^bb0(%f_10: !dsp.signal<f32, sample>):
      %22 = dsp.delay %f_10 {offset = 1 : i64, line = @f_3} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %23 = dsp.delay %f_10 {offset = 2 : i64, line = @f_3} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %24 = dsp.mul %2, %23 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %25 = dsp.add %24, %0 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %26 = dsp.mul %21, %22 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_11 = dsp.add %26, %25 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_11 : (!dsp.signal<f32, sample>) -> ()
    }
    %27 = dsp.add %20, %f_9 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %28 = dsp.constant {value = 1.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %f_12 = dsp.rec {
    ^bb0(%f_13: !dsp.signal<f32, sample>):
      %29 = dsp.delay %f_13 {offset = 1 : i64, line = @f_4} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %30 = dsp.delay %f_13 {offset = 2 : i64, line = @f_4} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %31 = dsp.mul %2, %30 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %32 = dsp.add %31, %0 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %33 = dsp.mul %28, %29 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_14 = dsp.add %33, %32 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_14 : (!dsp.signal<f32, sample>) -> ()
    }
    %34 = dsp.add %27, %f_12 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %35 = dsp.constant {value = 0.0833333358 : f32} : () -> !dsp.signal<f32, const>
    %f_15 = dsp.rec {
    ^bb0(%f_16: !dsp.signal<f32, sample>):
      %36 = dsp.delay %f_16 {offset = 1 : i64, line = @f_5} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %37 = dsp.delay %f_16 {offset = 2 : i64, line = @f_5} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %38 = dsp.mul %2, %37 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %39 = dsp.add %38, %0 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %40 = dsp.mul %35, %36 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_17 = dsp.add %40, %39 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_17 : (!dsp.signal<f32, sample>) -> ()
    }
    %41 = dsp.add %34, %f_15 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %42 = dsp.constant {value = 0.0714285746 : f32} : () -> !dsp.signal<f32, const>
    %f_18 = dsp.rec {
    ^bb0(%f_19: !dsp.signal<f32, sample>):
      %43 = dsp.delay %f_19 {offset = 1 : i64, line = @f_6} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %44 = dsp.delay %f_19 {offset = 2 : i64, line = @f_6} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %45 = dsp.mul %2, %44 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %46 = dsp.add %45, %0 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %47 = dsp.mul %42, %43 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_20 = dsp.add %47, %46 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_20 : (!dsp.signal<f32, sample>) -> ()
    }
    %48 = dsp.add %41, %f_18 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %49 = dsp.constant {value = 6.250000e-02 : f32} : () -> !dsp.signal<f32, const>
    %f_21 = dsp.rec {
    ^bb0(%f_22: !dsp.signal<f32, sample>):
      %50 = dsp.delay %f_22 {offset = 1 : i64, line = @f_7} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %51 = dsp.delay %f_22 {offset = 2 : i64, line = @f_7} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %52 = dsp.mul %2, %51 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %53 = dsp.add %52, %0 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %54 = dsp.mul %49, %50 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_23 = dsp.add %54, %53 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_23 : (!dsp.signal<f32, sample>) -> ()
    }
    %process = dsp.add %48, %f_21 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
}
// -----
builtin.module {
  dsp.program @example f32 metadata [["name", "example"]] ui {
    dsp.group vgroup "example" [] {
    }
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    dsp.chunk 32 lanes 8 {asked = 32 : i64, registers = 16 : i64}
    dsp.line @f copied 2
    dsp.line @f_1 copied 2
    dsp.line @f_2 copied 2
    dsp.line @f_3 copied 2
    dsp.line @f_4 copied 2
    dsp.line @f_5 copied 2
    dsp.line @f_6 copied 2
    dsp.line @f_7 copied 2
    dsp.pack @pack0 lanes 8 width 8 {gain = 24.799999999999997 : f64}
    %1 = dsp.constant {value = 5.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %2 = dsp.constant {value = 2.500000e-01 : f32} : () -> !dsp.signal<f32, const>
    %f = dsp.rec {
    ^bb0(%f_1: !dsp.signal<f32, sample>):
      %3 = dsp.delay %f_1 {offset = 1 : i64, line = @f} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %4 = dsp.delay %f_1 {offset = 2 : i64, line = @f} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %5 = dsp.mul %2, %4 {dsp.lane = #dsp.lane<@pack0, 0, 0>} : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %6 = dsp.add %5, %0 {dsp.lane = #dsp.lane<@pack0, 1, 0>} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %7 = dsp.mul %1, %3 {dsp.lane = #dsp.lane<@pack0, 2, 0>} : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_2 = dsp.add %7, %6 {dsp.first = 1 : i64, dsp.lane = #dsp.lane<@pack0, 3, 0>} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_2 : (!dsp.signal<f32, sample>) -> ()
    }
    %f_3 = dsp.rec {
    ^bb0(%f_4: !dsp.signal<f32, sample>):
      %8 = dsp.delay %f_4 {offset = 1 : i64, line = @f_1} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %9 = dsp.delay %f_4 {offset = 2 : i64, line = @f_1} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %10 = dsp.mul %2, %9 {dsp.lane = #dsp.lane<@pack0, 0, 1>} : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %11 = dsp.add %10, %0 {dsp.lane = #dsp.lane<@pack0, 1, 1>} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %12 = dsp.mul %2, %8 {dsp.lane = #dsp.lane<@pack0, 2, 1>} : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_5 = dsp.add %12, %11 {dsp.first = 1 : i64, dsp.lane = #dsp.lane<@pack0, 3, 1>} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_5 : (!dsp.signal<f32, sample>) -> ()
    }
    %13 = dsp.add %f, %f_3 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %14 = dsp.constant {value = 0.166666672 : f32} : () -> !dsp.signal<f32, const>
    %f_6 = dsp.rec {
    ^bb0(%f_7: !dsp.signal<f32, sample>):
      %15 = dsp.delay %f_7 {offset = 1 : i64, line = @f_2} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %16 = dsp.delay %f_7 {offset = 2 : i64, line = @f_2} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %17 = dsp.mul %2, %16 {dsp.lane = #dsp.lane<@pack0, 0, 2>} : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %18 = dsp.add %17, %0 {dsp.lane = #dsp.lane<@pack0, 1, 2>} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %19 = dsp.mul %14, %15 {dsp.lane = #dsp.lane<@pack0, 2, 2>} : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_8 = dsp.add %19, %18 {dsp.first = 1 : i64, dsp.lane = #dsp.lane<@pack0, 3, 2>} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_8 : (!dsp.signal<f32, sample>) -> ()
    }
    %20 = dsp.add %13, %f_6 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %21 = dsp.constant {value = 1.250000e-01 : f32} : () -> !dsp.signal<f32, const>
    %f_9 = dsp.rec {
    ^bb0(%f_10: !dsp.signal<f32, sample>):
      %22 = dsp.delay %f_10 {offset = 1 : i64, line = @f_3} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %23 = dsp.delay %f_10 {offset = 2 : i64, line = @f_3} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %24 = dsp.mul %2, %23 {dsp.lane = #dsp.lane<@pack0, 0, 3>} : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %25 = dsp.add %24, %0 {dsp.lane = #dsp.lane<@pack0, 1, 3>} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %26 = dsp.mul %21, %22 {dsp.lane = #dsp.lane<@pack0, 2, 3>} : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_11 = dsp.add %26, %25 {dsp.first = 1 : i64, dsp.lane = #dsp.lane<@pack0, 3, 3>} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_11 : (!dsp.signal<f32, sample>) -> ()
    }
    %27 = dsp.add %20, %f_9 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %28 = dsp.constant {value = 1.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %f_12 = dsp.rec {
    ^bb0(%f_13: !dsp.signal<f32, sample>):
      %29 = dsp.delay %f_13 {offset = 1 : i64, line = @f_4} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %30 = dsp.delay %f_13 {offset = 2 : i64, line = @f_4} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %31 = dsp.mul %2, %30 {dsp.lane = #dsp.lane<@pack0, 0, 4>} : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %32 = dsp.add %31, %0 {dsp.lane = #dsp.lane<@pack0, 1, 4>} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %33 = dsp.mul %28, %29 {dsp.lane = #dsp.lane<@pack0, 2, 4>} : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_14 = dsp.add %33, %32 {dsp.first = 1 : i64, dsp.lane = #dsp.lane<@pack0, 3, 4>} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_14 : (!dsp.signal<f32, sample>) -> ()
    }
    %34 = dsp.add %27, %f_12 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %35 = dsp.constant {value = 0.0833333358 : f32} : () -> !dsp.signal<f32, const>
    %f_15 = dsp.rec {
    ^bb0(%f_16: !dsp.signal<f32, sample>):
      %36 = dsp.delay %f_16 {offset = 1 : i64, line = @f_5} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %37 = dsp.delay %f_16 {offset = 2 : i64, line = @f_5} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %38 = dsp.mul %2, %37 {dsp.lane = #dsp.lane<@pack0, 0, 5>} : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %39 = dsp.add %38, %0 {dsp.lane = #dsp.lane<@pack0, 1, 5>} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %40 = dsp.mul %35, %36 {dsp.lane = #dsp.lane<@pack0, 2, 5>} : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_17 = dsp.add %40, %39 {dsp.first = 1 : i64, dsp.lane = #dsp.lane<@pack0, 3, 5>} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_17 : (!dsp.signal<f32, sample>) -> ()
    }
    %41 = dsp.add %34, %f_15 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %42 = dsp.constant {value = 0.0714285746 : f32} : () -> !dsp.signal<f32, const>
    %f_18 = dsp.rec {
    ^bb0(%f_19: !dsp.signal<f32, sample>):
      %43 = dsp.delay %f_19 {offset = 1 : i64, line = @f_6} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %44 = dsp.delay %f_19 {offset = 2 : i64, line = @f_6} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %45 = dsp.mul %2, %44 {dsp.lane = #dsp.lane<@pack0, 0, 6>} : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %46 = dsp.add %45, %0 {dsp.lane = #dsp.lane<@pack0, 1, 6>} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %47 = dsp.mul %42, %43 {dsp.lane = #dsp.lane<@pack0, 2, 6>} : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_20 = dsp.add %47, %46 {dsp.first = 1 : i64, dsp.lane = #dsp.lane<@pack0, 3, 6>} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_20 : (!dsp.signal<f32, sample>) -> ()
    }
    %48 = dsp.add %41, %f_18 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %49 = dsp.constant {value = 6.250000e-02 : f32} : () -> !dsp.signal<f32, const>
    %f_21 = dsp.rec {
    ^bb0(%f_22: !dsp.signal<f32, sample>):
      %50 = dsp.delay %f_22 {offset = 1 : i64, line = @f_7} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %51 = dsp.delay %f_22 {offset = 2 : i64, line = @f_7} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %52 = dsp.mul %2, %51 {dsp.lane = #dsp.lane<@pack0, 0, 7>} : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %53 = dsp.add %52, %0 {dsp.lane = #dsp.lane<@pack0, 1, 7>} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %54 = dsp.mul %49, %50 {dsp.lane = #dsp.lane<@pack0, 2, 7>} : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_23 = dsp.add %54, %53 {dsp.first = 1 : i64, dsp.lane = #dsp.lane<@pack0, 3, 7>} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_23 : (!dsp.signal<f32, sample>) -> ()
    }
    %process = dsp.add %48, %f_21 {dsp.summed = [#dsp.summed<@pack0, 3>]} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
}
