// What the filter yields is 0 where it is smaller than any normal number.
// pipeline: dsp-flush-recursions{mode=2}
// before: dsp.rec
// after: dsp.rec
// -----
builtin.module {
  dsp.program @example f32 metadata [["name", "example"]] ui {
    dsp.group vgroup "example" [] {
    }
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    %1 = dsp.constant {value = 5.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %process = dsp.rec {
    ^bb0(%process_1: !dsp.signal<f32, sample>):
      %2 = dsp.delay %process_1 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %3 = dsp.mul %1, %2 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %process_2 = dsp.add %3, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %process_2 : (!dsp.signal<f32, sample>) -> ()
    }
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
    %1 = dsp.constant {value = 5.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %process = dsp.rec {
    ^bb0(%process_1: !dsp.signal<f32, sample>):
      %2 = dsp.delay %process_1 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %3 = dsp.mul %1, %2 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %process_2 = dsp.add %3, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %4 = dsp.constant {value = 1.17549435e-38 : f32} : () -> !dsp.signal<f32, const>
      %5 = dsp.constant {value = 0.000000e+00 : f32} : () -> !dsp.signal<f32, const>
      %6 = dsp.abs %process_2 : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %7 = dsp.compare %6, %4 {predicate = #dsp<predicate lt>} : (!dsp.signal<f32, sample>, !dsp.signal<f32, const>) -> !dsp.signal<i32, sample>
      %8 = dsp.select2 %7, %process_2, %5 : (!dsp.signal<i32, sample>, !dsp.signal<f32, sample>, !dsp.signal<f32, const>) -> !dsp.signal<f32, sample>
      dsp.yield %8 : (!dsp.signal<f32, sample>) -> ()
    }
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
}
