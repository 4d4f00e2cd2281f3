// The recursion has a loop of its own; the loop after it is free.
// pipeline: dsp-partition
// before: dsp.line|dsp.rec|dsp.sin|dsp.exp
// after: dsp.line|dsp.loop @|dsp.rec|dsp.sin|dsp.exp
// -----
builtin.module {
  dsp.program @example f32 metadata [["name", "example"]] ui {
    dsp.group vgroup "example" [] {
    }
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    dsp.chunk 32 lanes 8 {asked = 32 : i64, registers = 16 : i64}
    dsp.line @line copied 1
    %1 = dsp.constant {value = 5.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %2 = dsp.rec {
    ^bb0(%3: !dsp.signal<f32, sample>):
      %4 = dsp.delay %3 {offset = 1 : i64, line = @line} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %5 = dsp.mul %1, %4 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %6 = dsp.add %5, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %6 : (!dsp.signal<f32, sample>) -> ()
    }
    %7 = dsp.sin %2 : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %process = dsp.exp %7 : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
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
    dsp.line @line registers 1 {registers = 1 : i64}
    dsp.loop @loop0 recursive
    dsp.loop @loop1 free {outputs = array<i64: 0>}
    %1 = dsp.constant {value = 5.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %2 = dsp.rec {
    ^bb0(%3: !dsp.signal<f32, sample>):
      %4 = dsp.delay %3 {offset = 1 : i64, line = @line} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %5 = dsp.mul %1, %4 {dsp.loop = @loop0} : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %6 = dsp.add %5, %0 {dsp.first = 1 : i64, dsp.loop = @loop0} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %6 : (!dsp.signal<f32, sample>) -> ()
    }
    %7 = dsp.sin %2 {dsp.loop = @loop1} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %process = dsp.exp %7 {dsp.loop = @loop1} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
}
