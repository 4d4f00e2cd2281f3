// A running sum of integers.
// CHECK: = dsp.linear {
builtin.module {
  dsp.program @example f32 metadata [["name", "example"]] ui {
  } body {
  ^bb0(%x: !dsp.signal<f32, sample>, %n: !dsp.signal<i32, sample>):
    %j = dsp.int %x : (!dsp.signal<f32, sample>) -> !dsp.signal<i32, sample>
    %y = dsp.rec {
    ^bb0(%p: !dsp.signal<i32, sample>):
      %d = dsp.delay %p {offset = 1 : i64} : (!dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
      %s = dsp.add %d, %j : (!dsp.signal<i32, sample>, !dsp.signal<i32, sample>) -> !dsp.signal<i32, sample>
      dsp.yield %s : (!dsp.signal<i32, sample>) -> ()
    }
    dsp.yield %y : (!dsp.signal<i32, sample>) -> ()
  }
}
