
; Computes a span of blocks. %rows points to the inputs, then the outputs, and is advanced.
define void @NAME_blocks(ptr %state, i32 %frames, i32 %block, ptr %rows, i32 %channels, i32 %inputs, i64 %bytes) nounwind {
entry:
  %outputs = getelementptr ptr, ptr %rows, i32 %inputs
  br label %blocks
blocks:
  %left = phi i32 [ %frames, %entry ], [ %rest, %next ]
  %more = icmp sgt i32 %left, 0
  br i1 %more, label %run, label %end
run:
  %is.last = icmp slt i32 %left, %block
  %count = select i1 %is.last, i32 %left, i32 %block
  call void @NAME_compute(ptr %state, i32 %count, ptr %rows, ptr %outputs)
  %count.wide = sext i32 %count to i64
  %step = mul i64 %count.wide, %bytes
  br label %advance
advance:
  %row = phi i32 [ 0, %run ], [ %row.next, %move ]
  %is.row = icmp slt i32 %row, %channels
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
  ret void
}
