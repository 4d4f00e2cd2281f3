/* dspc_heap_l2.h: the local-memory heap, a bump allocator: no free, gone when the kernel ends.
 *
 * A kernel names its heap with DSPC_L2_HEAP among its declarations, calls __heap_init_l2 and then
 * __malloc_l2. The heap is the work-group's: all its work-items take from the same memory.
 */
#ifndef DSPC_HEAP_L2_H
#define DSPC_HEAP_L2_H

#include "dspc_heap_port.h"

#define DSPC_L2_TOP 0 /* words of the state: bytes given away, */
#define DSPC_L2_CAP 1 /* bytes there are */

#if defined(DSPC_HEAP_OPENCL) && !defined(DSPC_L2_SINGLE)
#define DSPC_L2_BARRIER() barrier(CLK_LOCAL_MEM_FENCE)
#define DSPC_L2_LEADER() (get_local_id(0) == 0 && get_local_id(1) == 0 && get_local_id(2) == 0)
#else
#define DSPC_L2_BARRIER() ((void)0)
#define DSPC_L2_LEADER() 1
#endif

/* Makes `area` of `bytes` bytes the group's heap and returns its first usable address: the first
 * multiple of 8. All work-items of the group call it together, as they do a barrier; with
 * DSPC_L2_SINGLE defined, groups have one work-item, and there is no barrier inside. */
DSPC_HEAP_FN DSPC_LP(char) dspc_l2_init(DSPC_LP(dspc_u32) state, DSPC_LP(void) area, size_t bytes)
{
    dspc_u32 skip = (0u - DSPC_HEAP_ADDRESS(area)) & 7u;
    DSPC_L2_BARRIER(); /* nobody takes from the old heap any more */
    if (DSPC_L2_LEADER()) {
        state[DSPC_L2_TOP] = 0u;
        state[DSPC_L2_CAP] =
            bytes > 0x7fffffffu || bytes < skip ? 0u : ((dspc_u32)bytes - skip) & ~7u;
    }
    DSPC_L2_BARRIER(); /* everybody sees the new one */
    return (DSPC_LP(char))area + skip;
}

/* Takes the old top and moves it by `bytes`, or returns `full`. Lock-free: a round in which one
 * work-item's exchange fails is one in which another's succeeded, and nobody waits for anybody. */
DSPC_HEAP_FN dspc_u32 dspc_l2_take(DSPC_LP(dspc_u32) state, dspc_u32 bytes, dspc_u32 full)
{
#ifdef DSPC_HEAP_OPENCL
    dspc_u32 seen = 0u;
    dspc_u32 top = atomic_add((volatile local uint *)state, 0u);
    dspc_u32 result = full;
    int done = 0;
    while (!done) {
        done = bytes > state[DSPC_L2_CAP] - top;
        if (!done) {
            seen = atomic_cmpxchg((volatile local uint *)state, top, top + bytes);
            done = seen == top;
            result = done ? top : full;
            top = seen;
        }
    }
    return result;
#else /* in C the heap is one thread's */
    dspc_u32 top = state[DSPC_L2_TOP];
    if (bytes > state[DSPC_L2_CAP] - top)
        return full;
    state[DSPC_L2_TOP] = top + bytes;
    return top;
#endif
}

/* `size` bytes at a multiple of 8, or NULL: before init, for size 0, and when none are left. */
DSPC_HEAP_FN DSPC_LP(void) dspc_l2_malloc(DSPC_LP(dspc_u32) state, DSPC_LP(char) base, size_t size)
{
    dspc_u32 offset;
    if (!base || size == 0 || size > 0x7ffffff8u)
        return (DSPC_LP(void))0;
    offset = dspc_l2_take(state, ((dspc_u32)size + 7u) & ~7u, 1u);
    return offset == 1u ? (DSPC_LP(void))0 : (DSPC_LP(void))(base + offset);
}

#endif
