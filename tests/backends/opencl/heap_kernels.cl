/* The kernels of the heap tests; heap_device.py runs them. */
#include "heap_cases.h"

kernel void heap_init(global uint *ddr, uint ddr_bytes, global uint *msmc, uint msmc_bytes,
                      global uint *residue)
{
    residue[0] = (uint)(uintptr_t)ddr & 4095u;
    residue[1] = (uint)(uintptr_t)msmc & 4095u;
    __heap_init_ddr(ddr, ddr_bytes);
    __heap_init_msmc(msmc, msmc_bytes);
}

kernel void trace(global const uint *ops, uint count, global uint *slots,
                  global uint *results DSPC_HEAP_PARAMS)
{
    case_trace(ops, count, slots, results DSPC_HEAP_ARGS);
}

kernel void storm(uint rounds, uint largest, global uint *errors DSPC_HEAP_PARAMS)
{
    uint id = get_global_id(0);
    errors[id] = case_storm(id, rounds, largest DSPC_HEAP_ARGS);
}

kernel void check(global int *fault DSPC_HEAP_PARAMS)
{
    fault[0] = dspc_heap_check(dspc_heap_ddr);
}

/* Each work-item leaves a block behind. */
kernel void leave(global ulong *handles DSPC_HEAP_PARAMS)
{
    uint id = get_global_id(0);
    uint bytes = 8u + 4u * (id % 30u);
    DSPC_P(uint) p = __malloc_ddr(bytes);
    handles[id] = DSPC_DDR_HANDLE(p);
    if (p)
        case_fill(p, bytes, id << 8);
}

/* Each work-item finds and frees another's block. */
kernel void collect(global const ulong *handles, global uint *errors DSPC_HEAP_PARAMS)
{
    uint id = get_global_id(0);
    uint other = get_global_size(0) - 1u - id;
    DSPC_P(uint) p = DSPC_DDR_POINTER(uint, handles[other]);
    errors[id] = p && case_holds(p, 8u + 4u * (other % 30u), other << 8) ? 0u : 1u;
    __free_ddr(p);
}

uint take_local(uint size, local const char *area DSPC_L2_PARAMS)
{
    DSPC_LP(char) p = __malloc_l2(size);
    if (!p)
        return 0xffffffffu;
    *p = (char)size; /* it is memory */
    return (uint)(p - area);
}

/* out[0]: before init; then per work-item `per` results; at the end, after a second init. */
kernel void l2(global uint *out, uint per, int size, uint bytes)
{
    DSPC_L2_HEAP;
    local ulong area[128];
    uint id = get_local_id(0), i;
    uint early = take_local(8u, (local char *)area DSPC_L2_ARGS);
    __heap_init_l2(area, bytes);
    for (i = 0u; i < per; i++)
        out[1u + id * per + i] = take_local((uint)size, (local char *)area DSPC_L2_ARGS);
    __heap_init_l2(area, bytes);
    if (id == 0u) {
        out[0] = early;
        out[1u + get_local_size(0) * per] = take_local(8u, (local char *)area DSPC_L2_ARGS);
    }
}
