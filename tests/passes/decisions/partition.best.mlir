// RUN: dsp-find-linear,dsp-choose-chunk{vector-size=64},dsp-pack-recursions,dsp-find-firs,dsp-partition{loops=best}
builtin.module {
  // A FIR filter has a loop of its own.
  // CHECK-LABEL: dsp.program @fir
  // CHECK: dsp.chunk 64 lanes 8 {asked = 64 : i64, registers = 16 : i64, singles = 8 : i64, reason = "one takes about 48 cycles a frame, these 2"}
  // CHECK-NEXT: dsp.line @line copied 19 {reads = 19 : i64}
  // CHECK-NEXT: dsp.fir @fir0 of @line taps 20 from 0
  // CHECK-NEXT: dsp.loop @loop0 free {lines = [@line]}
  // CHECK-NEXT: dsp.loop @loop1 fir
  // CHECK-NEXT: dsp.loop @loop2 free {outputs = array<i64: 0>}
  // CHECK-NEXT: {{%|dsp.yield}}
  dsp.program @fir f32 metadata [] ui {
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    %1 = dsp.constant {value = 1.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %2 = dsp.mul %1, %0 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %3 = dsp.constant {value = 1.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %4 = dsp.delay %0 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %5 = dsp.mul %3, %4 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %6 = dsp.add %2, %5 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %7 = dsp.constant {value = 2.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %8 = dsp.delay %0 {offset = 2 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %9 = dsp.mul %7, %8 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %10 = dsp.add %6, %9 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %11 = dsp.constant {value = 3.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %12 = dsp.delay %0 {offset = 3 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %13 = dsp.mul %11, %12 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %14 = dsp.add %10, %13 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %15 = dsp.constant {value = 4.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %16 = dsp.delay %0 {offset = 4 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %17 = dsp.mul %15, %16 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %18 = dsp.add %14, %17 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %19 = dsp.constant {value = 5.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %20 = dsp.delay %0 {offset = 5 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %21 = dsp.mul %19, %20 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %22 = dsp.add %18, %21 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %23 = dsp.constant {value = 6.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %24 = dsp.delay %0 {offset = 6 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %25 = dsp.mul %23, %24 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %26 = dsp.add %22, %25 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %27 = dsp.constant {value = 7.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %28 = dsp.delay %0 {offset = 7 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %29 = dsp.mul %27, %28 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %30 = dsp.add %26, %29 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %31 = dsp.constant {value = 8.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %32 = dsp.delay %0 {offset = 8 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %33 = dsp.mul %31, %32 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %34 = dsp.add %30, %33 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %35 = dsp.constant {value = 9.100000e+00 : f32} : () -> !dsp.signal<f32, const>
    %36 = dsp.delay %0 {offset = 9 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %37 = dsp.mul %35, %36 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %38 = dsp.add %34, %37 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %39 = dsp.constant {value = 1.010000e+01 : f32} : () -> !dsp.signal<f32, const>
    %40 = dsp.delay %0 {offset = 10 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %41 = dsp.mul %39, %40 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %42 = dsp.add %38, %41 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %43 = dsp.constant {value = 1.110000e+01 : f32} : () -> !dsp.signal<f32, const>
    %44 = dsp.delay %0 {offset = 11 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %45 = dsp.mul %43, %44 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %46 = dsp.add %42, %45 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %47 = dsp.constant {value = 1.210000e+01 : f32} : () -> !dsp.signal<f32, const>
    %48 = dsp.delay %0 {offset = 12 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %49 = dsp.mul %47, %48 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %50 = dsp.add %46, %49 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %51 = dsp.constant {value = 1.310000e+01 : f32} : () -> !dsp.signal<f32, const>
    %52 = dsp.delay %0 {offset = 13 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %53 = dsp.mul %51, %52 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %54 = dsp.add %50, %53 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %55 = dsp.constant {value = 1.410000e+01 : f32} : () -> !dsp.signal<f32, const>
    %56 = dsp.delay %0 {offset = 14 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %57 = dsp.mul %55, %56 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %58 = dsp.add %54, %57 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %59 = dsp.constant {value = 1.510000e+01 : f32} : () -> !dsp.signal<f32, const>
    %60 = dsp.delay %0 {offset = 15 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %61 = dsp.mul %59, %60 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %62 = dsp.add %58, %61 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %63 = dsp.constant {value = 1.610000e+01 : f32} : () -> !dsp.signal<f32, const>
    %64 = dsp.delay %0 {offset = 16 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %65 = dsp.mul %63, %64 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %66 = dsp.add %62, %65 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %67 = dsp.constant {value = 1.710000e+01 : f32} : () -> !dsp.signal<f32, const>
    %68 = dsp.delay %0 {offset = 17 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %69 = dsp.mul %67, %68 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %70 = dsp.add %66, %69 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %71 = dsp.constant {value = 1.810000e+01 : f32} : () -> !dsp.signal<f32, const>
    %72 = dsp.delay %0 {offset = 18 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %73 = dsp.mul %71, %72 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %74 = dsp.add %70, %73 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %75 = dsp.constant {value = 1.910000e+01 : f32} : () -> !dsp.signal<f32, const>
    %76 = dsp.delay %0 {offset = 19 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %77 = dsp.mul %75, %76 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %process = dsp.add %74, %77 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
  // A recursion that is no scan: the output joins its loop.
  // CHECK-LABEL: dsp.program @clipped
  // CHECK: dsp.chunk 64 lanes 8 {asked = 64 : i64, registers = 16 : i64, singles = 8 : i64, is_one_loop, reason = "one takes about 12 cycles a frame, these 12, which is no less"}
  // CHECK-NEXT: dsp.line @process registers 1 {registers = 1 : i64}
  // CHECK-NEXT: dsp.loop @loop0 recursive {outputs = array<i64: 0>}
  // CHECK-NEXT: {{%|dsp.yield}}
  dsp.program @clipped f32 metadata [] ui {
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    %1 = dsp.constant {value = 1.000000e+00 : f32} : () -> !dsp.signal<f32, const>
    %2 = dsp.constant {value = 5.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %process = dsp.rec {
    ^bb0(%process_1: !dsp.signal<f32, sample>):
      %3 = dsp.delay %process_1 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %4 = dsp.mul %2, %3 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %5 = dsp.min %1, %4 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %process_2 = dsp.add %5, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %process_2 : (!dsp.signal<f32, sample>) -> ()
    }
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
  // Feedback longer than a chunk: no recursion is left.
  // CHECK-LABEL: dsp.program @comb
  // CHECK: dsp.chunk 64 lanes 8 {asked = 64 : i64, registers = 16 : i64, singles = 8 : i64, reason = "one takes about 3 cycles a frame, these 1"}
  // CHECK-NEXT: dsp.line @process ring 1000
  // CHECK-NEXT: dsp.loop @loop0 free {outputs = array<i64: 0>}
  // CHECK-NEXT: {{%|dsp.yield}}
  dsp.program @comb f32 metadata [] ui {
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    %1 = dsp.constant {value = 5.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %process = dsp.rec {
    ^bb0(%process_1: !dsp.signal<f32, sample>):
      %2 = dsp.delay %process_1 {offset = 1000 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %3 = dsp.mul %1, %2 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %process_2 = dsp.add %0, %3 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %process_2 : (!dsp.signal<f32, sample>) -> ()
    }
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
  // A pack has a loop of its own, and the sum over its lanes another.
  // CHECK-LABEL: dsp.program @pack
  // CHECK: dsp.chunk 64 lanes 8 {asked = 64 : i64, registers = 16 : i64, singles = 8 : i64, reason = "packs save 18 ops a frame"}
  // CHECK-NEXT: dsp.line @f registers 1 {registers = 1 : i64}
  // CHECK-NEXT: dsp.line @f_1 registers 1 {registers = 1 : i64}
  // CHECK-NEXT: dsp.line @f_2 registers 1 {registers = 1 : i64}
  // CHECK-NEXT: dsp.line @f_3 registers 1 {registers = 1 : i64}
  // CHECK-NEXT: dsp.line @f_4 registers 1 {registers = 1 : i64}
  // CHECK-NEXT: dsp.line @f_5 registers 1 {registers = 1 : i64}
  // CHECK-NEXT: dsp.line @f_6 registers 1 {registers = 1 : i64}
  // CHECK-NEXT: dsp.line @f_7 registers 1 {registers = 1 : i64}
  // CHECK-NEXT: dsp.pack @pack0 lanes 8 width 8 {gain = {{[0-9.e+]+}} : f64}
  // CHECK-NEXT: dsp.loop @loop0 pack
  // CHECK-NEXT: dsp.loop @loop1 free {outputs = array<i64: 0>}
  // CHECK-NEXT: {{%|dsp.yield}}
  dsp.program @pack f32 metadata [] ui {
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    %1 = dsp.constant {value = 1.000000e+01 : f32} : () -> !dsp.signal<f32, const>
    %2 = dsp.constant {value = 9.000000e-01 : f32} : () -> !dsp.signal<f32, const>
    %f = dsp.rec {
    ^bb0(%f_1: !dsp.signal<f32, sample>):
      %3 = dsp.delay %f_1 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %4 = dsp.mul %2, %3 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %5 = dsp.min %1, %4 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_2 = dsp.add %5, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_2 : (!dsp.signal<f32, sample>) -> ()
    }
    %6 = dsp.constant {value = 8.900000e-01 : f32} : () -> !dsp.signal<f32, const>
    %f_3 = dsp.rec {
    ^bb0(%f_4: !dsp.signal<f32, sample>):
      %7 = dsp.delay %f_4 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %8 = dsp.mul %6, %7 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %9 = dsp.min %1, %8 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_5 = dsp.add %9, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_5 : (!dsp.signal<f32, sample>) -> ()
    }
    %10 = dsp.add %f, %f_3 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %11 = dsp.constant {value = 8.800000e-01 : f32} : () -> !dsp.signal<f32, const>
    %f_6 = dsp.rec {
    ^bb0(%f_7: !dsp.signal<f32, sample>):
      %12 = dsp.delay %f_7 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %13 = dsp.mul %11, %12 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %14 = dsp.min %1, %13 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_8 = dsp.add %14, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_8 : (!dsp.signal<f32, sample>) -> ()
    }
    %15 = dsp.add %10, %f_6 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %16 = dsp.constant {value = 8.700000e-01 : f32} : () -> !dsp.signal<f32, const>
    %f_9 = dsp.rec {
    ^bb0(%f_10: !dsp.signal<f32, sample>):
      %17 = dsp.delay %f_10 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %18 = dsp.mul %16, %17 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %19 = dsp.min %1, %18 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_11 = dsp.add %19, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_11 : (!dsp.signal<f32, sample>) -> ()
    }
    %20 = dsp.add %15, %f_9 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %21 = dsp.constant {value = 8.600000e-01 : f32} : () -> !dsp.signal<f32, const>
    %f_12 = dsp.rec {
    ^bb0(%f_13: !dsp.signal<f32, sample>):
      %22 = dsp.delay %f_13 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %23 = dsp.mul %21, %22 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %24 = dsp.min %1, %23 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_14 = dsp.add %24, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_14 : (!dsp.signal<f32, sample>) -> ()
    }
    %25 = dsp.add %20, %f_12 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %26 = dsp.constant {value = 8.500000e-01 : f32} : () -> !dsp.signal<f32, const>
    %f_15 = dsp.rec {
    ^bb0(%f_16: !dsp.signal<f32, sample>):
      %27 = dsp.delay %f_16 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %28 = dsp.mul %26, %27 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %29 = dsp.min %1, %28 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_17 = dsp.add %29, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_17 : (!dsp.signal<f32, sample>) -> ()
    }
    %30 = dsp.add %25, %f_15 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %31 = dsp.constant {value = 8.400000e-01 : f32} : () -> !dsp.signal<f32, const>
    %f_18 = dsp.rec {
    ^bb0(%f_19: !dsp.signal<f32, sample>):
      %32 = dsp.delay %f_19 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %33 = dsp.mul %31, %32 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %34 = dsp.min %1, %33 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_20 = dsp.add %34, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_20 : (!dsp.signal<f32, sample>) -> ()
    }
    %35 = dsp.add %30, %f_18 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    %36 = dsp.constant {value = 8.300000e-01 : f32} : () -> !dsp.signal<f32, const>
    %f_21 = dsp.rec {
    ^bb0(%f_22: !dsp.signal<f32, sample>):
      %37 = dsp.delay %f_22 {offset = 1 : i64} : (!dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %38 = dsp.mul %36, %37 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %39 = dsp.min %1, %38 : (!dsp.signal<f32, const>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      %f_23 = dsp.add %39, %0 {dsp.first = 1 : i64} : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
      dsp.yield %f_23 : (!dsp.signal<f32, sample>) -> ()
    }
    %process = dsp.add %35, %f_21 : (!dsp.signal<f32, sample>, !dsp.signal<f32, sample>) -> !dsp.signal<f32, sample>
    dsp.yield %process : (!dsp.signal<f32, sample>) -> ()
  }
}
