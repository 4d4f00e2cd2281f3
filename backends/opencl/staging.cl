/* Copies between a work-item's state and its place in l2, by the device's DMA where it has one. */
#ifdef DSPC_TI
#define DSPC_LOCAL(T, p) ((local T *)(uintptr_t)(p))
#define DSPC_GLOBAL(T, p) ((global T *)(uintptr_t)(p))
#else
#define DSPC_LOCAL(T, p) (p)
#define DSPC_GLOBAL(T, p) (p)
#endif
#define DSPC_COPY_IN(T, to, from, count)                                                           \
    copied = async_work_group_copy(DSPC_LOCAL(T, to), DSPC_GLOBAL(const T, from), (count), copied)
#define DSPC_COPY_OUT(T, to, from, count)                                                          \
    copied = async_work_group_copy(DSPC_GLOBAL(T, to), DSPC_LOCAL(const T, from), (count), copied)
