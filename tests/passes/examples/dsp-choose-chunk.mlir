// The feedback of 28 frames is no loop-carried dependence in chunks of 24.
// pipeline: dsp-choose-chunk
// before: dsp.rec|= dsp.delay %x
// after: dsp.chunk|dsp.line|dsp.rec|= dsp.delay %x
// -----
builtin.module {
  dsp.program @example f32 metadata [["name", "example"]] ui {
    dsp.group vgroup "example" [] {
    }
  } body {
  ^bb0(%x: !dsp.signal<f32, sample>):
    %k = dsp.constant {value = 5.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %comb = dsp.rec {
    ^bb0(%p: !dsp.signal<f32, sample>):
      %d = dsp.delay %p {offset = 28 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %m = dsp.mul %k, %d : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %comb_1 = dsp.add %m, %x : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %comb_1 : (!dsp.signal<f32, sample>) -> ()
    }
    %echo = dsp.delay %x {offset = 3 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %y = dsp.add %comb, %echo : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    dsp.yield %y : (!dsp.signal<f32, sample>) -> ()
  }
}
// -----
builtin.module {
  dsp.program @example f32 metadata [["name", "example"]] ui {
    dsp.group vgroup "example" [] {
    }
  } body {
  ^bb0(%x: !dsp.signal<f32, sample>):
    dsp.chunk 24 lanes 8 {asked = 32 : i64, registers = 16 : i64}
    dsp.line @comb ring 28
    dsp.line @x copied 3
    %k = dsp.constant {value = 5.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %comb = dsp.rec {
    ^bb0(%p: !dsp.signal<f32, sample>):
      %d = dsp.delay %p {offset = 28 : i64, line = @comb} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %m = dsp.mul %k, %d : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %comb_1 = dsp.add %m, %x : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %comb_1 : (!dsp.signal<f32, sample>) -> ()
    }
    %echo = dsp.delay %x {offset = 3 : i64, line = @x} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %y = dsp.add %comb, %echo : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    dsp.yield %y : (!dsp.signal<f32, sample>) -> ()
  }
}
