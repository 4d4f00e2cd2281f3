
; Called by CPython (METH_FASTCALL): computes the outputs %1 = (outputs, frames) of the inputs %0,
; in blocks of %2 frames, at the sampling rate %3, and returns %1; or None where an argument is not
; as the fields of the context (array_call.py) say. Offsets are those of NumPy's array objects.
define ptr @NAME_array_call(ptr %self, ptr %arguments, i64 %count) nounwind {
entry:
  %context.place = getelementptr i8, ptr %self, i64 16
  %context = load ptr, ptr %context.place
  %array.type.place = getelementptr ptr, ptr %context, i64 1
  %array.type = load ptr, ptr %array.type.place
  %sample.type.place = getelementptr ptr, ptr %context, i64 2
  %sample.type = load ptr, ptr %sample.type.place
  %int.type.place = getelementptr ptr, ptr %context, i64 3
  %int.type = load ptr, ptr %int.type.place
  %none.place = getelementptr ptr, ptr %context, i64 4
  %none = load ptr, ptr %none.place
  %rate.place = getelementptr ptr, ptr %context, i64 5
  %own.rate = load i64, ptr %rate.place
  %as.number.place = getelementptr ptr, ptr %context, i64 6
  %as.number = load ptr, ptr %as.number.place
  %clear.place = getelementptr ptr, ptr %context, i64 7
  %clear = load ptr, ptr %clear.place
  %save.place = getelementptr ptr, ptr %context, i64 8
  %save = load ptr, ptr %save.place
  %restore.place = getelementptr ptr, ptr %context, i64 9
  %restore = load ptr, ptr %restore.place
  %share.place = getelementptr ptr, ptr %context, i64 10
  %share = load ptr, ptr %share.place
  %in = load ptr, ptr %arguments
  %out.place = getelementptr ptr, ptr %arguments, i64 1
  %out = load ptr, ptr %out.place
  %block.place = getelementptr ptr, ptr %arguments, i64 2
  %block = load ptr, ptr %block.place
  %rate.argument = getelementptr ptr, ptr %arguments, i64 3
  %rate = load ptr, ptr %rate.argument
  %out.data.place = getelementptr i8, ptr %out, i64 16
  %out.data = load ptr, ptr %out.data.place
  %out.shape.place = getelementptr i8, ptr %out, i64 32
  %out.shape = load ptr, ptr %out.shape.place
  %frames.place = getelementptr i64, ptr %out.shape, i64 1
  %frames = load i64, ptr %frames.place
  %block.type.place = getelementptr i8, ptr %block, i64 8
  %block.type = load ptr, ptr %block.type.place
  %rate.type.place = getelementptr i8, ptr %rate, i64 8
  %rate.type = load ptr, ptr %rate.type.place
  %block.is.int = icmp eq ptr %block.type, %int.type
  %rate.is.int = icmp eq ptr %rate.type, %int.type
  %are.ints = and i1 %block.is.int, %rate.is.int
  br i1 %are.ints, label %numbers, label %refuse
numbers:
  %size = call i64 %as.number(ptr %block)
  %is.long = icmp sgt i64 %size, 0
  %is.short = icmp slt i64 %size, 2147483648
  %size.fits = and i1 %is.long, %is.short
  %asked.rate = call i64 %as.number(ptr %rate)
  %is.rate = icmp eq i64 %asked.rate, %own.rate
  %frames.fit = icmp slt i64 %frames, 2147483648
  %numbers.fit = and i1 %size.fits, %is.rate
  %all.fit = and i1 %numbers.fit, %frames.fit
  br i1 %all.fit, label %choose, label %forget
choose:
  br i1 HAS_INPUTS, label %array, label %run
array:
  %in.type.place = getelementptr i8, ptr %in, i64 8
  %in.type = load ptr, ptr %in.type.place
  %is.array = icmp eq ptr %in.type, %array.type
  br i1 %is.array, label %kind, label %refuse
kind:
  %in.data.place = getelementptr i8, ptr %in, i64 16
  %in.data = load ptr, ptr %in.data.place
  %rank.place = getelementptr i8, ptr %in, i64 24
  %rank = load i32, ptr %rank.place
  %kind.place = getelementptr i8, ptr %in, i64 56
  %in.kind = load ptr, ptr %kind.place
  %flags.place = getelementptr i8, ptr %in, i64 64
  %flags = load i32, ptr %flags.place
  %aligned = and i32 %flags, 256 ; NPY_ARRAY_ALIGNED
  %is.plain = icmp eq i32 %aligned, 256
  %is.matrix = icmp eq i32 %rank, 2
  %is.kind = icmp eq ptr %in.kind, %sample.type
  %is.plain.kind = and i1 %is.plain, %is.kind
  %is.usable = and i1 %is.plain.kind, %is.matrix
  br i1 %is.usable, label %shape, label %refuse
shape:
  %in.shape.place = getelementptr i8, ptr %in, i64 32
  %in.shape = load ptr, ptr %in.shape.place
  %in.rows = load i64, ptr %in.shape
  %in.frames.place = getelementptr i64, ptr %in.shape, i64 1
  %in.frames = load i64, ptr %in.frames.place
  %has.rows = icmp eq i64 %in.rows, INPUTS
  %has.frames = icmp eq i64 %in.frames, %frames
  %steps.place = getelementptr i8, ptr %in, i64 40
  %steps = load ptr, ptr %steps.place
  %in.step = load i64, ptr %steps
  %sample.place = getelementptr i64, ptr %steps, i64 1
  %sample.step = load i64, ptr %sample.place
  %are.dense = icmp eq i64 %sample.step, BYTES
  %has.size = and i1 %has.rows, %has.frames
  %has.shape = and i1 %has.size, %are.dense
  br i1 %has.shape, label %run, label %refuse
run:
  %first = phi ptr [ null, %choose ], [ %in.data, %shape ]
  %step = phi i64 [ 0, %choose ], [ %in.step, %shape ]
  %state = load ptr, ptr %context
  %frames.short = trunc i64 %frames to i32
  %block.short = trunc i64 %size to i32
  %thread = call ptr %save()
  call void @NAME_blocks(ptr %state, i32 %frames.short, i32 %block.short, ptr %first, i64 %step, ptr %out.data)
  call void %restore(ptr %thread)
  call void %share(ptr %out)
  ret ptr %out
forget:
  call void %clear() ; numbers too large for 64 bits
  br label %refuse
refuse:
  call void %share(ptr %none)
  ret ptr %none
}
