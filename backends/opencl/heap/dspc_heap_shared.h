/* dspc_heap_shared.h: malloc, calloc, realloc, free and memalign on one heap, for any number of
 * work-items or threads. `h` is the heap's buffer; a heap that is not ready yields NULL. */
#ifndef DSPC_HEAP_SHARED_H
#define DSPC_HEAP_SHARED_H

#include "dspc_heap_tlsf.h"

DSPC_HEAP_FN DSPC_P(void) dspc_heap_pointer(DSPC_P(dspc_u32) h, dspc_u32 offset)
{
    return offset ? (DSPC_P(void))((DSPC_P(char))h + offset) : (DSPC_P(void))0;
}

/* The payload offset that p stands for, or 1, which no block has, where p is outside the heap or
 * between words. */
DSPC_HEAP_FN dspc_u32 dspc_heap_offset(DSPC_P(dspc_u32) h, DSPC_P(void) p)
{
    uintptr_t distance = (uintptr_t)p - (uintptr_t)h;
    return distance < h[DSPC_HEAP_W_END] ? (dspc_u32)distance : 1u;
}

/* `align` bytes of alignment where that is a power of two above 8; 8 otherwise. */
DSPC_HEAP_FN DSPC_P(void) dspc_heap_memalign(DSPC_P(dspc_u32) h, size_t align, size_t size)
{
    dspc_u32 p = 0u;
    if (size == 0 || !dspc_tlsf_ready(h))
        return (DSPC_P(void))0;
    if (align & (align - 1))
        align = 8;
    DSPC_HEAP_LOCKED(h + DSPC_HEAP_W_LOCK, p = dspc_tlsf_alloc(h, size, align));
    return dspc_heap_pointer(h, p);
}

DSPC_HEAP_FN DSPC_P(void) dspc_heap_malloc(DSPC_P(dspc_u32) h, size_t size)
{
    return dspc_heap_memalign(h, 8, size);
}

/* Zeroed memory; NULL where count * size is 0 or does not fit. */
DSPC_HEAP_FN DSPC_P(void) dspc_heap_calloc(DSPC_P(dspc_u32) h, size_t count, size_t size)
{
    DSPC_P(dspc_u32) words;
    size_t i;
    if (size && count > DSPC_HEAP_MAX / size)
        return dspc_heap_malloc(h, ~(size_t)0); /* fails, and is counted as a failure */
    words = (DSPC_P(dspc_u32))dspc_heap_malloc(h, count * size);
    if (words)
        for (i = 0; i < (count * size + 3) / 4; i++)
            words[i] = 0u;
    return (DSPC_P(void))words;
}

/* NULL is ignored; what is not a block in use is ignored too, and counted. */
DSPC_HEAP_FN void dspc_heap_free(DSPC_P(dspc_u32) h, DSPC_P(void) p)
{
    dspc_u32 offset;
    if (!p || !dspc_tlsf_ready(h))
        return;
    offset = dspc_heap_offset(h, p);
    DSPC_HEAP_LOCKED(h + DSPC_HEAP_W_LOCK, dspc_tlsf_free(h, offset));
}

/* The outcome of the locked part of realloc. */
#define DSPC_REALLOC_FAILED 0
#define DSPC_REALLOC_IN_PLACE 1
#define DSPC_REALLOC_MOVED 2

/* Resizes the block at payload offset p in place, or else allocates its successor at *to. *old is
 * the size it had. */
DSPC_HEAP_FN int dspc_realloc_locked(dspc_word_ptr h, dspc_u32 p, size_t size, dspc_u32 *old,
                                     dspc_u32 *to)
{
    if (!dspc_tlsf_owns(h, p)) {
        h[DSPC_HEAP_W_BADFREE] += 1u;
        return DSPC_REALLOC_FAILED;
    }
    *old = dspc_blk_size(h, p - DSPC_HEAP_BLOCK_BYTES);
    if (dspc_tlsf_resize(h, p, size))
        return DSPC_REALLOC_IN_PLACE;
    *to = dspc_tlsf_alloc(h, size, 8);
    return *to ? DSPC_REALLOC_MOVED : DSPC_REALLOC_FAILED;
}

/* NULL: as malloc. Size 0: as free, result NULL. Shrinking stays in place and never fails. Growing
 * uses free memory behind the block, else moves it (then alignment above 8 is lost). On failure the
 * result is NULL and the block stays as it was; so also where p is no block (counted as bad free).
 */
DSPC_HEAP_FN DSPC_P(void) dspc_heap_realloc(DSPC_P(dspc_u32) h, DSPC_P(void) p, size_t size)
{
    dspc_u32 offset, i, old = 0u, to = 0u;
    int outcome = DSPC_REALLOC_FAILED;
    if (!p)
        return dspc_heap_malloc(h, size);
    if (size == 0) {
        dspc_heap_free(h, p);
        return (DSPC_P(void))0;
    }
    if (!dspc_tlsf_ready(h))
        return (DSPC_P(void))0;
    offset = dspc_heap_offset(h, p);
    DSPC_HEAP_LOCKED(h + DSPC_HEAP_W_LOCK,
                     outcome = dspc_realloc_locked(h, offset, size, &old, &to));
    if (outcome == DSPC_REALLOC_IN_PLACE)
        return p;
    if (outcome == DSPC_REALLOC_FAILED)
        return (DSPC_P(void))0;
    /* The copy needs no lock: both blocks are the caller's. */
    for (i = 0u; i < old; i += 4u)
        DSPC_HEAP_AT(h, to + i) = DSPC_HEAP_AT(h, offset + i);
    dspc_heap_free(h, p);
    return dspc_heap_pointer(h, to);
}

#endif
