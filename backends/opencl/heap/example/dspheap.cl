/* dspheap: user-defined heaps in DDR, MSMC and L2. The same text serves TI's DSPs, where the
 * built-ins are the device's own, and every other OpenCL device; dspheap.py runs it.
 *
 * Each work-item reports in slots of its own, so nothing depends on the order of work-items.
 */
#include "dspc_heap.h"

#define ALLOCATED 1u /* got memory */
#define ALIGNED 2u   /* at a multiple of 8 */
#define HELD 4u      /* which kept what was written to it */

/* The two kernels that make the heaps. They run once, with one work-item. */
kernel void heap_init_ddr(global char *p, uint bytes)
{
    DSPC_HEAP_GUARD(p, bytes);
    __heap_init_ddr(p, bytes - DSPC_HEAP_GUARD_BYTES);
}

kernel void heap_init_msmc(global char *p, uint bytes)
{
    DSPC_HEAP_GUARD(p, bytes);
    __heap_init_msmc(p, bytes - DSPC_HEAP_GUARD_BYTES);
}

/* Writes to the block and reads it back: what to report. */
uint use_block(DSPC_P(uchar) p, uint bytes, uint id)
{
    uint i, held = HELD;
    if (!p)
        return 0u;
    for (i = 0u; i < bytes; i++)
        p[i] = (uchar)(id * 31u + i);
    for (i = 0u; i < bytes; i++)
        if (p[i] != (uchar)(id * 31u + i))
            held = 0u;
    return ALLOCATED | held | (((uint)(uintptr_t)p & 7u) ? 0u : ALIGNED);
}

/* Takes a block from each heap, uses it and gives it back. report: two words a work-item. */
kernel void alloc_and_free(uint ddr_bytes, uint msmc_bytes, global uint *report DSPC_HEAP_PARAMS)
{
    uint id = get_global_id(0);
    if (ddr_bytes > 0u) {
        DSPC_P(uchar) p = __malloc_ddr(ddr_bytes);
        report[2u * id] = use_block(p, ddr_bytes, id);
        __free_ddr(p);
    }
    if (msmc_bytes > 0u) {
        DSPC_P(uchar) p = __malloc_msmc(msmc_bytes);
        report[2u * id + 1u] = use_block(p, msmc_bytes, id);
        __free_msmc(p);
    }
}

/* Takes a block of DDR and leaves it, filled, to a later kernel. A handle, not a pointer, is what
 * may be stored between kernels. */
kernel void alloc_only(uint bytes, global ulong *handles DSPC_HEAP_PARAMS)
{
    uint id = get_global_id(0);
    DSPC_P(uchar) p = __malloc_ddr(bytes);
    use_block(p, bytes, id);
    handles[id] = DSPC_DDR_HANDLE(p);
}

/* Finds what alloc_only left, looks at it and frees it. report: one word a work-item. */
kernel void free_left(uint bytes, global const ulong *handles, global uint *report DSPC_HEAP_PARAMS)
{
    uint i, id = get_global_id(0);
    DSPC_P(uchar) p = DSPC_DDR_POINTER(uchar, handles[id]);
    report[id] = p ? ALLOCATED | HELD : 0u;
    for (i = 0u; p && i < bytes; i++)
        if (p[i] != (uchar)(id * 31u + i))
            report[id] = ALLOCATED;
    __free_ddr(p);
}

/* A heap in local memory, gone when the kernel ends: how many blocks of `bytes` it had. */
kernel void l2_alloc(uint bytes, global uint *report)
{
    local ulong l2_heap_area[128];
    DSPC_L2_HEAP;
    uint count = 0u;
    DSPC_LP(char) p;
    __heap_init_l2(l2_heap_area, sizeof(l2_heap_area));
    p = __malloc_l2(bytes);
    while (p) {
        p[bytes - 1u] = 1;
        count++;
        p = __malloc_l2(bytes);
    }
    report[get_global_id(0)] = count;
}
