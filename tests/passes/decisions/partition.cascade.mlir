// RUN: dsp-choose-chunk,dsp-pack-recursions,dsp-find-firs,dsp-partition
builtin.module {
  // Filters in a row are lanes of one vector, each four frames behind the one that it reads.
  // CHECK-LABEL: dsp.program @four
  // CHECK: dsp.loop @loop0 cascade {skew = 4 : i64}
  // CHECK-NEXT: dsp.loop @loop1 free {outputs = array<i64: 0>}
  // CHECK-NEXT: {{%|dsp.yield}}
  dsp.program @four f32 metadata [] ui {
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    %1 = dsp.constant {value = 3.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %2 = dsp.constant {value = 2.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %3 = dsp.linear {
    ^bb0(%4: !dsp.signal<f32, sample>):
      %y = dsp.delay %4 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %5 = dsp.delay %4 {offset = 2 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %6 = dsp.mul %2, %5 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %7 = dsp.sub %0, %6 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %8 = dsp.mul %1, %y : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %9 = dsp.add %8, %7 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %9 : (!dsp.signal<f32, sample>) -> ()
    }
    %10 = dsp.linear {
    ^bb0(%11: !dsp.signal<f32, sample>):
      %y_1 = dsp.delay %11 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %12 = dsp.delay %11 {offset = 2 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %13 = dsp.mul %1, %12 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %14 = dsp.sub %3, %13 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %15 = dsp.mul %1, %y_1 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %16 = dsp.add %15, %14 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %16 : (!dsp.signal<f32, sample>) -> ()
    }
    %17 = dsp.constant {value = 4.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %18 = dsp.linear {
    ^bb0(%19: !dsp.signal<f32, sample>):
      %y_2 = dsp.delay %19 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %20 = dsp.delay %19 {offset = 2 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %21 = dsp.mul %17, %20 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %22 = dsp.sub %10, %21 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %23 = dsp.mul %1, %y_2 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %24 = dsp.add %23, %22 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %24 : (!dsp.signal<f32, sample>) -> ()
    }
    %25 = dsp.constant {value = 5.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %process = dsp.linear {
    ^bb0(%process_1: !dsp.signal<f32, sample>):
      %y_3 = dsp.delay %process_1 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %26 = dsp.delay %process_1 {offset = 2 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %27 = dsp.mul %25, %26 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %28 = dsp.sub %18, %27 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %29 = dsp.mul %1, %y_3 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %process_2 = dsp.add %29, %28 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %process_2 : (!dsp.signal<f32, sample>) -> ()
    }
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
}
