/* dspc_heap.h: TI's user-defined DSP heap built-ins, on every OpenCL device and in C99.
 *
 * On TI's C66x devices the fourteen functions are built in, and this header only supplies the empty
 * forms of the macros below. Everywhere else it implements them. README.md explains the use.
 *
 *     void  __heap_init_ddr(p, bytes)          void  __heap_init_msmc(p, bytes)
 *     void *__malloc_ddr(size)                 void *__malloc_msmc(size)
 *     void *__calloc_ddr(count, size)          void *__calloc_msmc(count, size)
 *     void *__realloc_ddr(p, size)             void *__realloc_msmc(p, size)
 *     void  __free_ddr(p)                      void  __free_msmc(p)
 *     void *__memalign_ddr(align, size)        void *__memalign_msmc(align, size)
 *     void  __heap_init_l2(p, bytes)           void *__malloc_l2(size)
 *
 * The dialect, in which one source serves all:
 *   DSPC_P(T), DSPC_LP(T)   what holds such a pointer: `T *` on TI, `global T *`, `local T *` else
 *   DSPC_HEAP_PARAMS        last in the parameter list of a kernel or function that uses a heap
 *   DSPC_HEAP_ARGS          last in the arguments of a call of such a function
 *   DSPC_HEAP_GUARD(p, bytes), DSPC_HEAP_GUARD_BYTES   see "The guard word" in README.md
 *   DSPC_L2_HEAP;           among a kernel's declarations, if it uses l2
 *   DSPC_L2_PARAMS, DSPC_L2_ARGS   as above, for functions that use l2
 *   dspc_handle             a heap address that may be stored in a buffer and used in later kernels
 *   DSPC_DDR_HANDLE(p), DSPC_DDR_POINTER(T, handle), and the same with MSMC: to it and back
 *
 * Define before including, where it applies:
 *   DSPC_TI           the device has the built-ins (found out by itself under TI's compiler)
 *   DSPC_TI_DECLARE   with DSPC_TI: declare them, for a compiler that does not know them
 *   DSPC_L2_SINGLE    work-groups have one work-item: no barrier in __heap_init_l2
 */
#ifndef DSPC_HEAP_H
#define DSPC_HEAP_H

#if !defined(DSPC_TI) && (defined(_TMS320C6X) || defined(__TMS320C6X__))
#define DSPC_TI
#endif

#ifdef DSPC_TI

#define DSPC_P(T) T *
#define DSPC_LP(T) T *
#define DSPC_HEAP_PARAMS
#define DSPC_HEAP_ARGS
#define DSPC_HEAP_GUARD_BYTES 16u
#define DSPC_HEAP_GUARD(p, bytes)                                                                  \
    (*(global uint *)((global char *)(p) + ((bytes) - DSPC_HEAP_GUARD_BYTES)) = 1u)
#define DSPC_L2_HEAP
#define DSPC_L2_PARAMS
#define DSPC_L2_ARGS

typedef ulong dspc_handle;
#define DSPC_DDR_HANDLE(p) ((dspc_handle)(uintptr_t)(p))
#define DSPC_MSMC_HANDLE(p) ((dspc_handle)(uintptr_t)(p))
#define DSPC_DDR_POINTER(T, handle) ((T *)(uintptr_t)(handle))
#define DSPC_MSMC_POINTER(T, handle) ((T *)(uintptr_t)(handle))

#ifdef DSPC_TI_DECLARE
void __heap_init_ddr(global void *p, size_t bytes);
void *__malloc_ddr(size_t size);
void *__calloc_ddr(size_t count, size_t size);
void *__realloc_ddr(void *p, size_t size);
void __free_ddr(void *p);
void *__memalign_ddr(size_t align, size_t size);
void __heap_init_msmc(global void *p, size_t bytes);
void *__malloc_msmc(size_t size);
void *__calloc_msmc(size_t count, size_t size);
void *__realloc_msmc(void *p, size_t size);
void __free_msmc(void *p);
void *__memalign_msmc(size_t align, size_t size);
void __heap_init_l2(local void *p, size_t bytes);
void *__malloc_l2(size_t size);
#endif

#else /* every other device, and C */

#include "dspc_heap_check.h"
#include "dspc_heap_l2.h"
#include "dspc_heap_shared.h"

#define DSPC_HEAP_PARAMS , DSPC_P(dspc_u32) dspc_heap_ddr, DSPC_P(dspc_u32) dspc_heap_msmc
#define DSPC_HEAP_ARGS , dspc_heap_ddr, dspc_heap_msmc
#define DSPC_HEAP_GUARD_BYTES 0u
#define DSPC_HEAP_GUARD(p, bytes) ((void)0)

#define __heap_init_ddr(p, bytes) ((void)dspc_tlsf_init((DSPC_P(dspc_u32))(p), (bytes)))
#define __malloc_ddr(size) dspc_heap_malloc(dspc_heap_ddr, (size))
#define __calloc_ddr(count, size) dspc_heap_calloc(dspc_heap_ddr, (count), (size))
#define __realloc_ddr(p, size) dspc_heap_realloc(dspc_heap_ddr, (p), (size))
#define __free_ddr(p) dspc_heap_free(dspc_heap_ddr, (p))
#define __memalign_ddr(align, size) dspc_heap_memalign(dspc_heap_ddr, (align), (size))

#define __heap_init_msmc(p, bytes) ((void)dspc_tlsf_init((DSPC_P(dspc_u32))(p), (bytes)))
#define __malloc_msmc(size) dspc_heap_malloc(dspc_heap_msmc, (size))
#define __calloc_msmc(count, size) dspc_heap_calloc(dspc_heap_msmc, (count), (size))
#define __realloc_msmc(p, size) dspc_heap_realloc(dspc_heap_msmc, (p), (size))
#define __free_msmc(p) dspc_heap_free(dspc_heap_msmc, (p))
#define __memalign_msmc(align, size) dspc_heap_memalign(dspc_heap_msmc, (align), (size))

#ifdef DSPC_HEAP_OPENCL
typedef ulong dspc_handle;
#define DSPC_L2_STATE local dspc_u32 dspc_l2_state[2]
#else
typedef uint64_t dspc_handle;
#define DSPC_L2_STATE dspc_u32 dspc_l2_state[2]
#endif

#define DSPC_L2_HEAP                                                                               \
    DSPC_L2_STATE;                                                                                 \
    DSPC_LP(char) dspc_l2_base = (DSPC_LP(char))0
#define DSPC_L2_PARAMS , DSPC_LP(dspc_u32) dspc_l2_state, DSPC_LP(char) dspc_l2_base
#define DSPC_L2_ARGS , dspc_l2_state, dspc_l2_base
#define __heap_init_l2(p, bytes)                                                                   \
    ((void)(dspc_l2_base = dspc_l2_init(dspc_l2_state, (DSPC_LP(void))(p), (bytes))))
#define __malloc_l2(size) dspc_l2_malloc(dspc_l2_state, dspc_l2_base, (size))

DSPC_HEAP_FN dspc_handle dspc_to_handle(DSPC_P(dspc_u32) h, DSPC_P(void) p)
{
    return p ? (dspc_handle)((uintptr_t)p - (uintptr_t)h) : (dspc_handle)0;
}

#define DSPC_DDR_HANDLE(p) dspc_to_handle(dspc_heap_ddr, (p))
#define DSPC_MSMC_HANDLE(p) dspc_to_handle(dspc_heap_msmc, (p))
#define DSPC_DDR_POINTER(T, handle)                                                                \
    ((DSPC_P(T))dspc_heap_pointer(dspc_heap_ddr, (dspc_u32)(handle)))
#define DSPC_MSMC_POINTER(T, handle)                                                               \
    ((DSPC_P(T))dspc_heap_pointer(dspc_heap_msmc, (dspc_u32)(handle)))

#endif
#endif
