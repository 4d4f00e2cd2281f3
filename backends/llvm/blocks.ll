
; Computes a span of blocks. The rows of %in are %in.step bytes apart; those of %out follow each other,
; each of %frames samples.
define void @NAME_blocks(ptr %state, i32 %frames, i32 %block, ptr %in, i64 %in.step, ptr %out) nounwind {
entry:
  BEGIN_FLUSH
  %rows = alloca [CHANNELS x ptr], align 8
  %outputs = getelementptr ptr, ptr %rows, i32 INPUTS
  %wide = sext i32 %frames to i64
  %out.step = mul i64 %wide, BYTES
  br label %point
point:
  %channel = phi i32 [ 0, %entry ], [ %channel.next, %set ]
  %is.channel = icmp slt i32 %channel, CHANNELS
  br i1 %is.channel, label %set, label %blocks
set:
  %is.input = icmp slt i32 %channel, INPUTS
  %own = sub i32 %channel, INPUTS
  %number = select i1 %is.input, i32 %channel, i32 %own
  %base = select i1 %is.input, ptr %in, ptr %out
  %number.wide = sext i32 %number to i64
  %row.step = select i1 %is.input, i64 %in.step, i64 %out.step
  %offset = mul i64 %number.wide, %row.step
  %first = getelementptr i8, ptr %base, i64 %offset
  %place = getelementptr ptr, ptr %rows, i32 %channel
  store ptr %first, ptr %place
  %channel.next = add i32 %channel, 1
  br label %point
blocks:
  %left = phi i32 [ %frames, %point ], [ %rest, %next ]
  %more = icmp sgt i32 %left, 0
  br i1 %more, label %run, label %end
run:
  %is.last = icmp slt i32 %left, %block
  %count = select i1 %is.last, i32 %left, i32 %block
  call void @NAME_compute(ptr %state, i32 %count, ptr %rows, ptr %outputs)
  %count.wide = sext i32 %count to i64
  %step = mul i64 %count.wide, BYTES
  br label %advance
advance:
  %row = phi i32 [ 0, %run ], [ %row.next, %move ]
  %is.row = icmp slt i32 %row, CHANNELS
  br i1 %is.row, label %move, label %next
move:
  %at = getelementptr ptr, ptr %rows, i32 %row
  %old = load ptr, ptr %at
  %new = getelementptr i8, ptr %old, i64 %step
  store ptr %new, ptr %at
  %row.next = add i32 %row, 1
  br label %advance
next:
  %rest = sub i32 %left, %count
  br label %blocks
end:
  END_FLUSH
  ret void
}
