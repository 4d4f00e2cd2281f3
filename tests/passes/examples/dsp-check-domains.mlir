// An input may be negative.
// pipeline: dsp-check-domains
// before: dsp.sqrt
// after: warning
// -----
builtin.module {
  dsp.program @example f32 metadata [["name", "example"]] ui {
  } body {
  ^bb0(%x: !dsp.signal<f32, sample>):
    %y = dsp.abs %x : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %a = dsp.sqrt %y : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %b = dsp.sqrt %x : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    dsp.yield %a, %b : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> ()
  }
}
// -----
example.mlir:7:5: warning: sqrt may leave its domain: its operand is -1 to 1
