/* dspc_heap_check.h: the integrity walk, O(blocks): for tests and for hunting overruns. */
#ifndef DSPC_HEAP_CHECK_H
#define DSPC_HEAP_CHECK_H

#include "dspc_heap_tlsf.h"

/* What the walk found first; 0 is a sound heap. */
#define DSPC_HEAP_SOUND 0
#define DSPC_HEAP_NOT_READY 1   /* never initialised, or its header overwritten */
#define DSPC_HEAP_BAD_SIZE 2    /* a block's size is impossible: usually an overrun before it */
#define DSPC_HEAP_BAD_LINK 3    /* a block does not name the one before it */
#define DSPC_HEAP_UNMERGED 4    /* two free blocks touch */
#define DSPC_HEAP_BAD_END 5     /* the walk missed the end mark, or the mark is overwritten */
#define DSPC_HEAP_BAD_LIST 6    /* a free list is broken or holds what does not belong there */
#define DSPC_HEAP_BAD_BITMAP 7  /* a bit does not tell whether its list is empty */
#define DSPC_HEAP_BAD_COUNT 8   /* blocks found and counters disagree */
#define DSPC_HEAP_BAD_MAP 9     /* the map does not show the blocks in use, or shows others */

/* Follows list number `list`: adds the blocks found to *found; a fault or 0. `limit` free blocks
 * exist, so a walk past it is a cycle. */
DSPC_HEAP_FN int dspc_check_list(dspc_word_ptr h, dspc_u32 list, dspc_u32 limit, dspc_u32 *found)
{
    dspc_u32 before = 0u;
    dspc_u32 b = h[DSPC_HEAP_W_LISTS + list];
    dspc_u32 bit = (h[DSPC_HEAP_W_SL + (list >> 4)] >> (list & 15u)) & 1u;
    if (bit != (b ? 1u : 0u))
        return DSPC_HEAP_BAD_BITMAP;
    while (b) {
        if ((b & 7u) || b < DSPC_HEAP_HEADER_BYTES || b >= h[DSPC_HEAP_W_END])
            return DSPC_HEAP_BAD_LIST;
        if (dspc_blk_used(h, b) || dspc_list_of(dspc_blk_size(h, b)) != list ||
            DSPC_HEAP_AT(h, b + 12u) != before || *found == limit)
            return DSPC_HEAP_BAD_LIST;
        *found += 1u;
        before = b;
        b = DSPC_HEAP_AT(h, b + 8u);
    }
    return DSPC_HEAP_SOUND;
}

DSPC_HEAP_FN int dspc_check_lists(dspc_word_ptr h, dspc_u32 free_blocks)
{
    dspc_u32 list, fl, found = 0u;
    for (list = 0u; list < DSPC_HEAP_FL_COUNT * DSPC_HEAP_SL_COUNT; list++) {
        int fault = dspc_check_list(h, list, free_blocks, &found);
        if (fault)
            return fault;
    }
    for (fl = 0u; fl < DSPC_HEAP_FL_COUNT; fl++)
        if (((h[DSPC_HEAP_W_FL] >> fl) & 1u) != (h[DSPC_HEAP_W_SL + fl] ? 1u : 0u))
            return DSPC_HEAP_BAD_BITMAP;
    return found == free_blocks ? DSPC_HEAP_SOUND : DSPC_HEAP_BAD_LIST;
}

/* Whether exactly `used_blocks` bits of the map are set; the walk found that each block's own is. */
DSPC_HEAP_FN int dspc_check_map(dspc_word_ptr h, dspc_u32 used_blocks)
{
    dspc_u32 b, bits, found = 0u;
    for (b = DSPC_HEAP_HEADER_BYTES; b < h[DSPC_HEAP_W_END]; b += 256u)
        for (bits = *dspc_map_word(h, b); bits; bits &= bits - 1u)
            found++;
    return found == used_blocks ? DSPC_HEAP_SOUND : DSPC_HEAP_BAD_MAP;
}

/* The walk over memory, then over the map, the lists and the counters. Nobody else may use the heap.
 */
DSPC_HEAP_FN int dspc_tlsf_check(dspc_word_ptr h)
{
    dspc_u32 b = DSPC_HEAP_HEADER_BYTES;
    dspc_u32 prev = 0u, used_blocks = 0u, used_bytes = 0u, free_blocks = 0u;
    dspc_u32 end;
    int fault, was_free = 0;
    if (!dspc_tlsf_ready(h))
        return DSPC_HEAP_NOT_READY;
    end = h[DSPC_HEAP_W_END];
    while (b < end) {
        dspc_u32 word = DSPC_HEAP_AT(h, b);
        dspc_u32 size = word & ~7u;
        if ((word & 6u) || size == 0u || size > end - b - DSPC_HEAP_BLOCK_BYTES)
            return DSPC_HEAP_BAD_SIZE;
        if (dspc_blk_prev(h, b) != prev)
            return DSPC_HEAP_BAD_LINK;
        if (was_free && !(word & 1u))
            return DSPC_HEAP_UNMERGED;
        was_free = !(word & 1u);
        if (was_free) {
            free_blocks++;
        } else {
            used_blocks++;
            used_bytes += size;
            if (!(*dspc_map_word(h, b) & dspc_map_bit(b)))
                return DSPC_HEAP_BAD_MAP;
        }
        prev = b;
        b += DSPC_HEAP_BLOCK_BYTES + size;
    }
    if (b != end || DSPC_HEAP_AT(h, end) != 1u || dspc_blk_prev(h, end) != prev)
        return DSPC_HEAP_BAD_END;
    fault = dspc_check_map(h, used_blocks);
    if (!fault)
        fault = dspc_check_lists(h, free_blocks);
    if (fault)
        return fault;
    if (used_bytes != h[DSPC_HEAP_W_IN_USE] || used_bytes > h[DSPC_HEAP_W_PEAK] ||
        used_blocks != h[DSPC_HEAP_W_NALLOC] - h[DSPC_HEAP_W_NFREE])
        return DSPC_HEAP_BAD_COUNT;
    return DSPC_HEAP_SOUND;
}

/* The same while others may use the heap: under its lock, so keep it out of hot code. */
DSPC_HEAP_FN int dspc_heap_check(dspc_word_ptr h)
{
    int fault = DSPC_HEAP_NOT_READY;
    if (dspc_tlsf_ready(h))
        DSPC_HEAP_LOCKED(h + DSPC_HEAP_W_LOCK, fault = dspc_tlsf_check(h));
    return fault;
}

#endif
