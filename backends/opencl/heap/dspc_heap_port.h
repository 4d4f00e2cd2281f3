/* dspc_heap_port.h: what differs between OpenCL C (1.2 and 3.0) and C99, and nothing else.
 *
 * Names defined here:
 *   dspc_u32        an unsigned 32-bit integer, the unit in which heap state is kept
 *   DSPC_P(T)       a pointer to T in global memory:  `global T *`, or `T *` in C
 *   DSPC_LP(T)      a pointer to T in local memory:   `local T *`,  or `T *` in C
 *   DSPC_HEAP_FN    how the header's functions are declared
 *   dspc_word_ptr   a pointer to a word of heap state; dspc_byte_ptr to a byte of it
 *   dspc_lock_try, dspc_lock_release, DSPC_HEAP_LOCKED   the heap's lock
 */
#ifndef DSPC_HEAP_PORT_H
#define DSPC_HEAP_PORT_H

/* Clang defines only the second of these for a target that is no OpenCL device. */
#if defined(__OPENCL_VERSION__) || defined(__OPENCL_C_VERSION__)
#define DSPC_HEAP_OPENCL
#endif

#ifdef DSPC_HEAP_OPENCL

typedef uint dspc_u32;
#define DSPC_P(T) global T *
#define DSPC_LP(T) local T *
#define DSPC_HEAP_ADDRESS(p) ((dspc_u32)(uintptr_t)(p))
#define DSPC_HEAP_CLZ(x) ((dspc_u32)clz(x))
/* Volatile: heap state is written by other work-groups while this one runs, and a GPU may keep
 * plain loads in a cache that no other core updates. */
typedef volatile global uint *dspc_word_ptr;
typedef volatile global uchar *dspc_byte_ptr;

#else /* C99 */

#include <stddef.h>
#include <stdint.h>

typedef uint32_t dspc_u32;
#define DSPC_P(T) T *
#define DSPC_LP(T) T *
#define DSPC_HEAP_ADDRESS(p) ((dspc_u32)(uintptr_t)(p))
typedef dspc_u32 *dspc_word_ptr;
typedef unsigned char *dspc_byte_ptr;

#if defined(__GNUC__)
#define DSPC_HEAP_CLZ(x) ((dspc_u32)__builtin_clz(x))
#else
static inline dspc_u32 dspc_heap_clz(dspc_u32 x)
{
    dspc_u32 n = 0;
    while (!(x & 0x80000000u)) {
        x <<= 1;
        n++;
    }
    return n;
}
#define DSPC_HEAP_CLZ(x) dspc_heap_clz(x)
#endif

#endif

#if defined(DSPC_HEAP_OPENCL) || defined(__GNUC__)
#define DSPC_HEAP_FN static inline __attribute__((unused))
#else
#define DSPC_HEAP_FN static inline
#endif

/* The lock -------------------------------------------------------------------------------------
 *
 * One word: 0 free, 1 held. Every critical section has this form and no other:
 *
 *     int done = 0;
 *     while (!done)
 *         if (dspc_lock_try(lock)) {       // the winning branch
 *             ...critical section...
 *             done = dspc_lock_release(lock);
 *         }
 *
 * Why work-items that run in lock step cannot deadlock on it. The classic failure is
 * `while (!try) ; critical section; release`: the losers spin, and hardware that runs all
 * work-items of a sub-group from one program counter executes the winner again only once every
 * loser has left the loop, which none can. Here the critical section and the release lie inside the
 * loop, in the branch that the winner alone takes, so the sub-group's work-items meet again *after*
 * the release, at the end of the `if`: the first pass through the loop body runs winner's section
 * and release to the end whatever the losers do. Each pass of the body that finds the lock free
 * completes one work-item, so n contenders need at most n such passes.
 *
 * Why a compiler cannot turn this form back into the failing one. If it knew that `done` is 1
 * whenever the branch was taken, it might thread the jump: leave the loop at `try` and run the
 * section behind it, and then the losers would be waited for before the section. So `done` is the
 * value that the releasing atomic exchange returns. It is always 1, but only the memory knows: the
 * edge from the section back to the loop's head stays, and with it the section inside the loop.
 *
 * What is assumed:
 * - no barrier, and no wait for another work-item, between try and release (the sections in this
 *   library are straight calls of O(1) functions, except for the integrity walk, O(blocks));
 * - whoever holds the lock runs again sooner or later while others spin. OpenCL does not promise
 *   this between work-groups; devices that keep a resident group resident (all known to us) do. On
 *   a device that suspended a group for good while another spins, no lock could work;
 * - no barrier is executed by part of a work-group that another part, in order to reach the same
 *   barrier, must take the lock from: a rule of OpenCL anyway, as nobody holds it at a barrier.
 *
 * Memory order: acquire at try, release at release, at device scope. OpenCL 3.0 with the features
 * for it and C have these as such. OpenCL 1.2 has relaxed int32 atomics only: there, heap state is
 * volatile and mem_fence stands on both sides, which is what implementations honour across groups,
 * though the 1.2 text promises it only within one.
 */
#ifdef DSPC_HEAP_OPENCL

#if __OPENCL_C_VERSION__ >= 300 && defined(__opencl_c_atomic_order_acq_rel) &&                     \
    defined(__opencl_c_atomic_scope_device)

DSPC_HEAP_FN int dspc_lock_try(dspc_word_ptr lock)
{
    return atomic_exchange_explicit((volatile global atomic_uint *)lock, 1u, memory_order_acquire,
                                    memory_scope_device) == 0u;
}

DSPC_HEAP_FN int dspc_lock_release(dspc_word_ptr lock)
{
    return (int)atomic_exchange_explicit((volatile global atomic_uint *)lock, 0u,
                                         memory_order_release, memory_scope_device);
}

#else

DSPC_HEAP_FN int dspc_lock_try(dspc_word_ptr lock)
{
    int won = atomic_cmpxchg(lock, 0u, 1u) == 0u;
    mem_fence(CLK_GLOBAL_MEM_FENCE);
    return won;
}

DSPC_HEAP_FN int dspc_lock_release(dspc_word_ptr lock)
{
    mem_fence(CLK_GLOBAL_MEM_FENCE);
    return (int)atomic_xchg(lock, 0u);
}

#endif

#elif defined(__GNUC__)

DSPC_HEAP_FN int dspc_lock_try(dspc_word_ptr lock)
{
    return __atomic_exchange_n(lock, 1u, __ATOMIC_ACQUIRE) == 0u;
}

DSPC_HEAP_FN int dspc_lock_release(dspc_word_ptr lock)
{
    return (int)__atomic_exchange_n(lock, 0u, __ATOMIC_RELEASE);
}

#elif defined(__STDC_VERSION__) && __STDC_VERSION__ >= 201112L && !defined(__STDC_NO_ATOMICS__)

#include <stdatomic.h>

DSPC_HEAP_FN int dspc_lock_try(dspc_word_ptr lock)
{
    return atomic_exchange_explicit((_Atomic dspc_u32 *)lock, 1u, memory_order_acquire) == 0u;
}

DSPC_HEAP_FN int dspc_lock_release(dspc_word_ptr lock)
{
    return (int)atomic_exchange_explicit((_Atomic dspc_u32 *)lock, 0u, memory_order_release);
}

#else
#error "dspc_heap needs C11 atomics or the GCC/Clang __atomic built-ins on the host"
#endif

/* Runs STATEMENT under the lock; STATEMENT must not return, break, wait or meet a barrier. */
#define DSPC_HEAP_LOCKED(LOCK, STATEMENT)                                                          \
    do {                                                                                           \
        int dspc_done = 0;                                                                         \
        while (!dspc_done) {                                                                       \
            if (dspc_lock_try(LOCK)) {                                                             \
                STATEMENT;                                                                         \
                dspc_done = dspc_lock_release(LOCK);                                               \
            }                                                                                      \
        }                                                                                          \
    } while (0)

#endif
