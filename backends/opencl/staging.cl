/* Copies between a work-item's state and l2, by the device's DMA where it has one. Between two waits
 * all have one event, `copied`; `copies` says whether there are any. Standard C has memcpy. */
#ifdef DSPC_TI
#define DSPC_LOCAL(T, p) ((local T *)(uintptr_t)(p))
#define DSPC_GLOBAL(T, p) ((global T *)(uintptr_t)(p))
#else
#define DSPC_LOCAL(T, p) (p)
#define DSPC_GLOBAL(T, p) (p)
#endif
#ifdef DSPC_C
#define DSPC_AREA(area) (area)
#define DSPC_COPY(T, to, from, count)                                                              \
    ((void)(copied), memcpy(to, from, (size_t)(count) * sizeof(T)))
#elif defined(POCL_DEVICE_ADDRESS_BITS)
/* PoCL's compiler crashes on large kernels whose local array is at addresses that it knows. `turn` is
 * 0 or 1, which it does not know. */
#define DSPC_AREA(area) ((area) + (turn >> 1))
/* PoCL has no DMA, and its compiler crashes on some kernels with many such copies. */
#define DSPC_COPY(T, to, from, count)                                                              \
    do {                                                                                           \
        for (int dspc_at = 0; dspc_at < (count); ++dspc_at)                                        \
            (to)[dspc_at] = (from)[dspc_at];                                                       \
    } while (0)
#else
#define DSPC_AREA(area) (area)
#define DSPC_COPY(T, to, from, count)                                                              \
    do {                                                                                           \
        const int dspc_count = (count);                                                            \
        if (dspc_count > 0 && copies)                                                              \
            copied = async_work_group_copy(to, from, (size_t)dspc_count, copied);                  \
        else if (dspc_count > 0)                                                                   \
            copied = async_work_group_copy(to, from, (size_t)dspc_count, 0);                       \
        copies |= dspc_count > 0;                                                                  \
    } while (0)
#endif
#define DSPC_COPY_IN(T, to, from, count)                                                           \
    DSPC_COPY(T, DSPC_LOCAL(T, to), DSPC_GLOBAL(const T, from), count)
#define DSPC_COPY_OUT(T, to, from, count)                                                          \
    DSPC_COPY(T, DSPC_GLOBAL(T, to), DSPC_LOCAL(const T, from), count)
#ifdef DSPC_C
#define DSPC_COPIED ((void)copies)
#else
#define DSPC_COPIED                                                                                \
    do {                                                                                           \
        if (copies)                                                                                \
            wait_group_events(1, &copied);                                                         \
        copies = 0;                                                                                \
    } while (0)
#endif
/* The row of l2 at so many bytes from the start of the kernel's area. */
#define DSPC_NEAR(T, offset)                                                                       \
    ((DSPC_LP(T))(DSPC_NEAR_CAST)((local char *)l2_area + (offset)))
#ifdef DSPC_TI
#define DSPC_NEAR_CAST uintptr_t
#else
#define DSPC_NEAR_CAST local char *
#endif
