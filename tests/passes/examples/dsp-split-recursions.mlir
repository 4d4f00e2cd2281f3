// Two filters that do not feed each other, written as one recursion.
// pipeline: dsp-split-recursions
// before: dsp.rec
// after: dsp.rec
// -----
builtin.module {
  dsp.program @example f32 metadata [["name", "example"]] ui {
  } body {
  ^bb0(%x: !dsp.signal<f32, sample>):
    %k = dsp.constant {value = 5.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %a, %b = dsp.rec {
    ^bb0(%p: !dsp.signal<f32, sample>, %q: !dsp.signal<f32, sample>):
      %p1 = dsp.delay %p {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %q1 = dsp.delay %q {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %s = dsp.mul %k, %q1 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %y = dsp.sub %x, %p1 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %z = dsp.add %x, %s : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %y, %z : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> ()
    }
    dsp.yield %a, %b : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> ()
  }
}
// -----
builtin.module {
  dsp.program @example f32 metadata [["name", "example"]] ui {
  } body {
  ^bb0(%x: !dsp.signal<f32, sample>):
    %k = dsp.constant {value = 5.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %y = dsp.rec {
    ^bb0(%y_1: !dsp.signal<f32, sample>):
      %p1 = dsp.delay %y_1 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %y_2 = dsp.sub %x, %p1 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %y_2 : (!dsp.signal<f32, sample>) -> ()
    }
    %z = dsp.rec {
    ^bb0(%z_1: !dsp.signal<f32, sample>):
      %q1 = dsp.delay %z_1 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %s = dsp.mul %k, %q1 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %z_2 = dsp.add %x, %s : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %z_2 : (!dsp.signal<f32, sample>) -> ()
    }
    dsp.yield %y, %z : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> ()
  }
}
