// A comb filter: its feedback is read from one delay line, 100 frames back.
// pipeline: dsp-merge-delays
// before: dsp.rec
// after: dsp.rec
// -----
builtin.module {
  dsp.program @example f32 metadata [["name", "example"]] ui {
  } body {
  ^bb0(%x: !dsp.signal<f32, sample>):
    %k = dsp.constant {value = 5.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %y = dsp.rec {
    ^bb0(%p: !dsp.signal<f32, sample>):
      %d = dsp.delay %p {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %m = dsp.mul %k, %d : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %s = dsp.add %m, %x : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %l = dsp.delay %s {offset = 99 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %l : (!dsp.signal<f32, sample>) -> ()
    }
    dsp.yield %y : (!dsp.signal<f32, sample>) -> ()
  }
}
// -----
builtin.module {
  dsp.program @example f32 metadata [["name", "example"]] ui {
  } body {
  ^bb0(%x: !dsp.signal<f32, sample>):
    %k = dsp.constant {value = 5.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %y, %0 = dsp.rec {
    ^bb0(%p: !dsp.signal<f32, sample>, %s: !dsp.signal<f32, sample>):
      %d = dsp.delay %s {offset = 100 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %m = dsp.mul %k, %d : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %s_1 = dsp.add %m, %x : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %l = dsp.delay %s_1 {offset = 99 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %l, %s_1 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> ()
    }
    dsp.yield %y : (!dsp.signal<f32, sample>) -> ()
  }
}
