// A counter of integers: its additions are exact in any order.
// CHECK: = dsp.linear {
builtin.module {
  dsp.program @example f32 metadata [["name", "example"]] ui {
  } body {
  ^bb0(%x: !dsp.signal<f32, sample>, %n: !dsp.signal<i32, sample>):
    %o = dsp.constant {value = 1 : i32} : () -> !dsp.signal<i32, const>
    %y = dsp.rec {
    ^bb0(%p: !dsp.signal<i32, sample>):
      %d = dsp.delay %p {offset = 1 : i64} : (!dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
      %s = dsp.add %d, %o : (!dsp.signal<i32, sample>, !dsp.signal<i32, const>) -> !dsp.signal<i32, sample>
      dsp.yield %s : (!dsp.signal<i32, sample>) -> ()
    }
    dsp.yield %y : (!dsp.signal<i32, sample>) -> ()
  }
}
