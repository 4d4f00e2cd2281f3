// A sawtooth: a phase with a constant increment.
// pipeline: dsp-find-phases
// before: dsp.rec
// after: dsp.(phase|float|mul|floor|sub|min)
// -----
builtin.module {
  dsp.program @example f32 metadata [["name", "example"]] ui {
  } body {
  ^bb0(%x: !dsp.signal<f32, sample>):
    %k = dsp.constant {value = 1.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %saw = dsp.rec {
    ^bb0(%p: !dsp.signal<f32, sample>):
      %d = dsp.delay %p {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %n = dsp.add %d, %k : (!dsp.signal<f32, sample>, !dsp.signal<f32, const>) -> !dsp.signal<f32, sample>
      %f = dsp.floor %n : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %y = dsp.sub %n, %f : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %y : (!dsp.signal<f32, sample>) -> ()
    }
    dsp.yield %saw : (!dsp.signal<f32, sample>) -> ()
  }
}
// -----
builtin.module {
  dsp.program @example f32 metadata [["name", "example"]] ui {
  } body {
  ^bb0(%x: !dsp.signal<f32, sample>):
    %k = dsp.constant {value = 1.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %0 = dsp.rint %k : (!dsp.signal<f32, const>) -> !dsp.signal<f32, const>
    %1 = dsp.sub %k, %0 : (!dsp.signal<f32, const>, !dsp.signal<f32, const>) -> !dsp.signal<f32, const>
    %2 = dsp.abs %1 : (!dsp.signal<f32, const>) -> !dsp.signal<f32, const>
    %3 = dsp.constant {value = 5.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %4 = dsp.compare %2, %3 {predicate = #dsp<predicate le>} : (!dsp.signal<f32, const>, !dsp.signal<f32, const>) -> !dsp.signal<i32, const>
    %5 = dsp.constant {value = 4.2949673e+09 : f32} : () -> !dsp.signal<f32, const>
    %6 = dsp.mul %5, %1 : (!dsp.signal<f32, const>, !dsp.signal<f32, const>) -> !dsp.signal<f32, const>
    %7 = dsp.rint %6 : (!dsp.signal<f32, const>) -> !dsp.signal<f32, const>
    %8 = dsp.int %7 : (!dsp.signal<f32, const>) -> !dsp.signal<i32, const>
    %9 = dsp.constant {value = 0 : i32} : () -> !dsp.signal<i32, const>
    %10 = dsp.select2 %4, %9, %8 : (!dsp.signal<i32, const>, !dsp.signal<i32, const>, !dsp.signal<i32, const>) -> !dsp.signal<i32, const>
    %saw = dsp.phase {
    ^bb0(%saw_1: !dsp.signal<i32, sample>):
      %11 = dsp.delay %saw_1 {offset = 1 : i64} : (!dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
      %12 = dsp.add %11, %10 : (!dsp.signal<i32, sample>, !dsp.signal<i32, const>) -> !dsp.signal<i32, sample>
      dsp.yield %12 : (!dsp.signal<i32, sample>) -> ()
    }
    %13 = dsp.float %saw : (!dsp.signal<i32, sample>) -> !dsp.signal<f32, sample>
    %14 = dsp.constant {value = 2.32830644e-10 : f32} : () -> !dsp.signal<f32, const>
    %15 = dsp.mul %14, %13 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %16 = dsp.floor %15 : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %17 = dsp.sub %15, %16 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %18 = dsp.constant {value = 0.99999994 : f32} : () -> !dsp.signal<f32, const>
    %saw_2 = dsp.min %17, %18 : (!dsp.signal<f32, sample>, !dsp.signal<f32, const>) -> !dsp.signal<f32, sample>
    dsp.yield %saw_2 : (!dsp.signal<f32, sample>) -> ()
  }
}
