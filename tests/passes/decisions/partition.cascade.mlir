// RUN: dsp-choose-chunk,dsp-pack-recursions,dsp-find-firs,dsp-partition
builtin.module {
  // Filters in a row are lanes of one vector, each four frames behind the one that it reads.
  // CHECK-LABEL: dsp.program @eight
  // CHECK: dsp.loop @loop0 cascade {skew = 4 : i64}
  // CHECK-NEXT: dsp.loop @loop1 free {outputs = array<i64: 0>}
  // CHECK-NEXT: {{%|dsp.yield}}
  dsp.program @eight f32 metadata [] ui {
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
    %10 = dsp.constant {value = 2.500000e-01 : f32} : () -> !dsp.signal<f32, const>
    %11 = dsp.linear {
    ^bb0(%12: !dsp.signal<f32, sample>):
      %y_1 = dsp.delay %12 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %13 = dsp.delay %12 {offset = 2 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %14 = dsp.mul %10, %13 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %15 = dsp.sub %3, %14 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %16 = dsp.mul %1, %y_1 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %17 = dsp.add %16, %15 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %17 : (!dsp.signal<f32, sample>) -> ()
    }
    %18 = dsp.linear {
    ^bb0(%19: !dsp.signal<f32, sample>):
      %y_2 = dsp.delay %19 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %20 = dsp.delay %19 {offset = 2 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %21 = dsp.mul %1, %20 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %22 = dsp.sub %11, %21 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %23 = dsp.mul %1, %y_2 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %24 = dsp.add %23, %22 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %24 : (!dsp.signal<f32, sample>) -> ()
    }
    %25 = dsp.constant {value = 3.500000e-01 : f32} : () -> !dsp.signal<f32, const>
    %26 = dsp.linear {
    ^bb0(%27: !dsp.signal<f32, sample>):
      %y_3 = dsp.delay %27 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %28 = dsp.delay %27 {offset = 2 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %29 = dsp.mul %25, %28 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %30 = dsp.sub %18, %29 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %31 = dsp.mul %1, %y_3 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %32 = dsp.add %31, %30 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %32 : (!dsp.signal<f32, sample>) -> ()
    }
    %33 = dsp.constant {value = 4.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %34 = dsp.linear {
    ^bb0(%35: !dsp.signal<f32, sample>):
      %y_4 = dsp.delay %35 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %36 = dsp.delay %35 {offset = 2 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %37 = dsp.mul %33, %36 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %38 = dsp.sub %26, %37 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %39 = dsp.mul %1, %y_4 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %40 = dsp.add %39, %38 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %40 : (!dsp.signal<f32, sample>) -> ()
    }
    %41 = dsp.constant {value = 4.500000e-01 : f32} : () -> !dsp.signal<f32, const>
    %42 = dsp.linear {
    ^bb0(%43: !dsp.signal<f32, sample>):
      %y_5 = dsp.delay %43 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %44 = dsp.delay %43 {offset = 2 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %45 = dsp.mul %41, %44 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %46 = dsp.sub %34, %45 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %47 = dsp.mul %1, %y_5 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %48 = dsp.add %47, %46 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %48 : (!dsp.signal<f32, sample>) -> ()
    }
    %49 = dsp.constant {value = 5.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %50 = dsp.linear {
    ^bb0(%51: !dsp.signal<f32, sample>):
      %y_6 = dsp.delay %51 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %52 = dsp.delay %51 {offset = 2 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %53 = dsp.mul %49, %52 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %54 = dsp.sub %42, %53 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %55 = dsp.mul %1, %y_6 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %56 = dsp.add %55, %54 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %56 : (!dsp.signal<f32, sample>) -> ()
    }
    %57 = dsp.constant {value = 5.500000e-01 : f32} : () -> !dsp.signal<f32, const>
    %process = dsp.linear {
    ^bb0(%process_1: !dsp.signal<f32, sample>):
      %y_7 = dsp.delay %process_1 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %58 = dsp.delay %process_1 {offset = 2 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %59 = dsp.mul %57, %58 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %60 = dsp.sub %50, %59 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %61 = dsp.mul %1, %y_7 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %process_2 = dsp.add %61, %60 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %process_2 : (!dsp.signal<f32, sample>) -> ()
    }
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
}
