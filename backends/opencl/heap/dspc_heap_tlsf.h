/* dspc_heap_tlsf.h: the allocator, without lock and without names of TI's.
 *
 * Two-level segregated fit, after the paper: M. Masmano, I. Ripoll, A. Crespo, J. Real, "TLSF: a new
 * dynamic memory allocator for real-time systems", ECRTS 2004. Every operation here is O(1).
 *
 * All state lives in the heap's own buffer and every link is a byte offset from its start, so the
 * heap survives from kernel to kernel, and the buffer may move between them.
 *
 * The buffer:  header | block | block | ... | block | end mark | map
 * A block:     word 0  payload size in bytes (a multiple of 8), plus 1 while in use
 *              word 1  offset of the block before it in memory, 0 for the first
 *              payload, at least 8 bytes; while free: next and previous block of its free list
 * The end mark is a block in use of size 0. Two free blocks never touch.
 * The map:     one bit for every 8 bytes of blocks, set where a block in use starts
 *
 * A pointer that is handed back is looked up in the map: what stands in memory at the pointer may be
 * a user's data or left from before the last init, and proves nothing.
 *
 * A "block" below is the offset of its word 0; offset 0 stands for none.
 */
#ifndef DSPC_HEAP_TLSF_H
#define DSPC_HEAP_TLSF_H

#include "dspc_heap_port.h"

/* Words of the header. */
#define DSPC_HEAP_W_MAGIC 0
#define DSPC_HEAP_W_LOCK 1
#define DSPC_HEAP_W_END 2     /* the end mark's offset */
#define DSPC_HEAP_W_NALLOC 3  /* successful allocations, a moving realloc among them */
#define DSPC_HEAP_W_NFREE 4   /* successful frees, a moving realloc's among them */
#define DSPC_HEAP_W_NFAIL 5   /* requests of more than 0 bytes that got NULL */
#define DSPC_HEAP_W_IN_USE 6  /* payload bytes in use */
#define DSPC_HEAP_W_PEAK 7    /* largest value that IN_USE has had */
#define DSPC_HEAP_W_BADFREE 8 /* frees (or reallocs) of what is not a block in use */
#define DSPC_HEAP_W_FL 9      /* bit f: some list of first level f is not empty */
#define DSPC_HEAP_W_SL 10     /* one word a first level, bit s: list s is not empty */
#define DSPC_HEAP_FL_COUNT 25u
#define DSPC_HEAP_SL_LOG2 4u
#define DSPC_HEAP_SL_COUNT 16u
#define DSPC_HEAP_W_LISTS (DSPC_HEAP_W_SL + 26) /* first blocks of the 25 * 16 lists */

#define DSPC_HEAP_HEADER_BYTES (4u * (DSPC_HEAP_W_LISTS + DSPC_HEAP_FL_COUNT * DSPC_HEAP_SL_COUNT))
#define DSPC_HEAP_BLOCK_BYTES 8u /* a block's words 0 and 1 */
/* The smallest buffer: header, one block of 8 bytes, end mark, one word of the map. */
#define DSPC_HEAP_MIN (DSPC_HEAP_HEADER_BYTES + 3u * DSPC_HEAP_BLOCK_BYTES + 4u)
#define DSPC_HEAP_MAGIC 0x64737068u
#define DSPC_HEAP_MAX 0x7ffffff8u /* sizes pass through an int on TI devices */
/* Below this size lists hold one size each, 8 bytes apart; from it on 16 lists a power of two. */
#define DSPC_HEAP_LINEAR 128u

#define DSPC_HEAP_AT(h, offset) ((h)[(offset) >> 2])

DSPC_HEAP_FN dspc_u32 dspc_blk_size(dspc_word_ptr h, dspc_u32 b)
{
    return DSPC_HEAP_AT(h, b) & ~7u;
}

DSPC_HEAP_FN int dspc_blk_used(dspc_word_ptr h, dspc_u32 b)
{
    return (int)(DSPC_HEAP_AT(h, b) & 1u);
}

DSPC_HEAP_FN dspc_u32 dspc_blk_prev(dspc_word_ptr h, dspc_u32 b)
{
    return DSPC_HEAP_AT(h, b + 4u);
}

/* The block behind b in memory; b is not the end mark. */
DSPC_HEAP_FN dspc_u32 dspc_blk_next(dspc_word_ptr h, dspc_u32 b)
{
    return b + DSPC_HEAP_BLOCK_BYTES + dspc_blk_size(h, b);
}

/* Writes b's header and the link back to it from the block behind it. */
DSPC_HEAP_FN void dspc_blk_set(dspc_word_ptr h, dspc_u32 b, dspc_u32 size, dspc_u32 used,
                               dspc_u32 prev)
{
    DSPC_HEAP_AT(h, b) = size | used;
    DSPC_HEAP_AT(h, b + 4u) = prev;
    DSPC_HEAP_AT(h, b + DSPC_HEAP_BLOCK_BYTES + size + 4u) = b;
}

/* The list, numbered fl * 16 + sl, in which a free block of this size belongs. */
DSPC_HEAP_FN dspc_u32 dspc_list_of(dspc_u32 size)
{
    dspc_u32 log2;
    if (size < DSPC_HEAP_LINEAR)
        return size >> 3;
    log2 = 31u - DSPC_HEAP_CLZ(size);
    return ((log2 - 6u) << DSPC_HEAP_SL_LOG2) | ((size >> (log2 - DSPC_HEAP_SL_LOG2)) & 15u);
}

DSPC_HEAP_FN dspc_u32 dspc_lowest_bit(dspc_u32 x)
{
    return 31u - DSPC_HEAP_CLZ(x & (0u - x));
}

DSPC_HEAP_FN void dspc_list_insert(dspc_word_ptr h, dspc_u32 b)
{
    dspc_u32 list = dspc_list_of(dspc_blk_size(h, b));
    dspc_u32 first = h[DSPC_HEAP_W_LISTS + list];
    DSPC_HEAP_AT(h, b + 8u) = first;
    DSPC_HEAP_AT(h, b + 12u) = 0u;
    if (first)
        DSPC_HEAP_AT(h, first + 12u) = b;
    h[DSPC_HEAP_W_LISTS + list] = b;
    h[DSPC_HEAP_W_SL + (list >> 4)] |= 1u << (list & 15u);
    h[DSPC_HEAP_W_FL] |= 1u << (list >> 4);
}

DSPC_HEAP_FN void dspc_list_remove(dspc_word_ptr h, dspc_u32 b)
{
    dspc_u32 next = DSPC_HEAP_AT(h, b + 8u);
    dspc_u32 prev = DSPC_HEAP_AT(h, b + 12u);
    dspc_u32 list;
    if (next)
        DSPC_HEAP_AT(h, next + 12u) = prev;
    if (prev) {
        DSPC_HEAP_AT(h, prev + 8u) = next;
        return;
    }
    list = dspc_list_of(dspc_blk_size(h, b));
    h[DSPC_HEAP_W_LISTS + list] = next;
    if (next)
        return;
    h[DSPC_HEAP_W_SL + (list >> 4)] &= ~(1u << (list & 15u));
    if (!h[DSPC_HEAP_W_SL + (list >> 4)])
        h[DSPC_HEAP_W_FL] &= ~(1u << (list >> 4));
}

/* Some free block of at least `size` bytes, or 0. Still in its list. */
DSPC_HEAP_FN dspc_u32 dspc_list_find(dspc_word_ptr h, dspc_u32 size)
{
    dspc_u32 own = dspc_list_of(size);
    dspc_u32 list = own;
    dspc_u32 fl, bits, b;
    if (size >= DSPC_HEAP_LINEAR) /* round up: any block of the list found must do */
        list = dspc_list_of(size + (1u << (27u - DSPC_HEAP_CLZ(size))) - 1u);
    fl = list >> 4;
    if (fl < DSPC_HEAP_FL_COUNT) {
        bits = h[DSPC_HEAP_W_SL + fl] & (~0u << (list & 15u));
        if (!bits) {
            bits = h[DSPC_HEAP_W_FL] & (~0u << fl << 1);
            if (bits) {
                fl = dspc_lowest_bit(bits);
                bits = h[DSPC_HEAP_W_SL + fl];
            }
        }
        if (bits)
            return h[DSPC_HEAP_W_LISTS + fl * DSPC_HEAP_SL_COUNT + dspc_lowest_bit(bits)];
    }
    /* Rounding up passed over the size's own list: its first block may still be large enough, and
     * is when one block is all there is. */
    b = h[DSPC_HEAP_W_LISTS + own];
    return b && dspc_blk_size(h, b) >= size ? b : 0u;
}

/* Bytes of blocks in a heap of `bytes` bytes: a word of the map serves 256 of them. */
DSPC_HEAP_FN dspc_u32 dspc_heap_room(dspc_u32 bytes)
{
    dspc_u32 both = bytes - DSPC_HEAP_HEADER_BYTES - DSPC_HEAP_BLOCK_BYTES; /* blocks and map */
    dspc_u32 rest = both % 260u;
    return both / 260u * 256u + (rest < 4u ? 0u : (rest - 4u) & ~7u);
}

/* The word of the map in which block b's bit is, and that bit. */
DSPC_HEAP_FN dspc_word_ptr dspc_map_word(dspc_word_ptr h, dspc_u32 b)
{
    dspc_u32 map = h[DSPC_HEAP_W_END] + DSPC_HEAP_BLOCK_BYTES;
    return &DSPC_HEAP_AT(h, map) + ((b - DSPC_HEAP_HEADER_BYTES) >> 8);
}

DSPC_HEAP_FN dspc_u32 dspc_map_bit(dspc_u32 b)
{
    return 1u << (((b - DSPC_HEAP_HEADER_BYTES) >> 3) & 31u);
}

/* Makes a free block of `size` payload bytes at b, merged with a free neighbour behind it. */
DSPC_HEAP_FN void dspc_blk_release(dspc_word_ptr h, dspc_u32 b, dspc_u32 size, dspc_u32 prev)
{
    dspc_u32 next = b + DSPC_HEAP_BLOCK_BYTES + size;
    if (!dspc_blk_used(h, next)) {
        dspc_list_remove(h, next);
        size += DSPC_HEAP_BLOCK_BYTES + dspc_blk_size(h, next);
    }
    dspc_blk_set(h, b, size, 0u, prev);
    dspc_list_insert(h, b);
}

/* Marks b, which is in no list and has `have` bytes, in use with `size`; frees the rest. */
DSPC_HEAP_FN void dspc_blk_take(dspc_word_ptr h, dspc_u32 b, dspc_u32 have, dspc_u32 size,
                                dspc_u32 prev)
{
    if (have - size < 2u * DSPC_HEAP_BLOCK_BYTES) {
        dspc_blk_set(h, b, have, 1u, prev);
        return;
    }
    dspc_blk_release(h, b + DSPC_HEAP_BLOCK_BYTES + size, have - size - DSPC_HEAP_BLOCK_BYTES, b);
    dspc_blk_set(h, b, size, 1u, prev);
}

DSPC_HEAP_FN void dspc_count_use(dspc_word_ptr h, dspc_u32 more, dspc_u32 less)
{
    dspc_u32 use = h[DSPC_HEAP_W_IN_USE] + more - less;
    h[DSPC_HEAP_W_IN_USE] = use;
    if (use > h[DSPC_HEAP_W_PEAK])
        h[DSPC_HEAP_W_PEAK] = use;
}

/* A request in bytes, rounded up to a multiple of 8; 0 where it is more than any heap has. */
DSPC_HEAP_FN dspc_u32 dspc_round_size(size_t size)
{
    return size > DSPC_HEAP_MAX ? 0u : ((dspc_u32)size + 7u) & ~7u;
}

/* Payload offset of a new block of `size` bytes (not 0) whose address is a multiple of `align` (a
 * power of two), or 0. */
DSPC_HEAP_FN dspc_u32 dspc_tlsf_alloc(dspc_word_ptr h, size_t size, size_t align)
{
    dspc_u32 want = dspc_round_size(size);
    dspc_u32 room = want;
    dspc_u32 b, have, prev, gap = 0u;
    if (align > 8u) /* a gap in front, if any, must have room for a block of its own */
        room = align > DSPC_HEAP_MAX || want > DSPC_HEAP_MAX - 8u - (dspc_u32)align
                   ? 0u
                   : want + (dspc_u32)align + 8u;
    b = want && room ? dspc_list_find(h, room) : 0u;
    if (!b) {
        h[DSPC_HEAP_W_NFAIL] += 1u;
        return 0u;
    }
    dspc_list_remove(h, b);
    have = dspc_blk_size(h, b);
    prev = dspc_blk_prev(h, b);
    if (align > 8u) {
        gap = (0u - DSPC_HEAP_ADDRESS(h) - b - DSPC_HEAP_BLOCK_BYTES) & ((dspc_u32)align - 1u);
        if (gap == 8u)
            gap += (dspc_u32)align;
    }
    if (gap) {
        dspc_blk_set(h, b, gap - DSPC_HEAP_BLOCK_BYTES, 0u, prev);
        dspc_list_insert(h, b);
        prev = b;
        b += gap;
        have -= gap;
    }
    dspc_blk_take(h, b, have, want, prev);
    *dspc_map_word(h, b) |= dspc_map_bit(b);
    h[DSPC_HEAP_W_NALLOC] += 1u;
    dspc_count_use(h, dspc_blk_size(h, b), 0u);
    return b + DSPC_HEAP_BLOCK_BYTES;
}

/* Whether payload offset p is that of a block in use. O(1): the map has its bit, and the block's
 * header and both of its neighbours agree, so that an overrun header does no further damage. A
 * second free is seen unless the same place was allocated again. */
DSPC_HEAP_FN int dspc_tlsf_owns(dspc_word_ptr h, dspc_u32 p)
{
    dspc_u32 end = h[DSPC_HEAP_W_END];
    dspc_u32 b = p - DSPC_HEAP_BLOCK_BYTES;
    dspc_u32 word, prev;
    if ((p & 7u) || p < DSPC_HEAP_HEADER_BYTES + DSPC_HEAP_BLOCK_BYTES || p >= end ||
        !(*dspc_map_word(h, b) & dspc_map_bit(b)))
        return 0;
    word = DSPC_HEAP_AT(h, b);
    if ((word & 7u) != 1u || (word & ~7u) > end - p || word == 1u)
        return 0;
    if (dspc_blk_prev(h, p + (word & ~7u)) != b)
        return 0;
    prev = dspc_blk_prev(h, b);
    if (!prev)
        return b == DSPC_HEAP_HEADER_BYTES;
    return !(prev & 7u) && prev >= DSPC_HEAP_HEADER_BYTES && prev < b &&
           dspc_blk_next(h, prev) == b;
}

/* Frees the block with payload offset p; counts a bad free where it is none. */
DSPC_HEAP_FN void dspc_tlsf_free(dspc_word_ptr h, dspc_u32 p)
{
    dspc_u32 b = p - DSPC_HEAP_BLOCK_BYTES;
    dspc_u32 size, prev;
    if (!dspc_tlsf_owns(h, p)) {
        h[DSPC_HEAP_W_BADFREE] += 1u;
        return;
    }
    size = dspc_blk_size(h, b);
    prev = dspc_blk_prev(h, b);
    h[DSPC_HEAP_W_NFREE] += 1u;
    dspc_count_use(h, 0u, size);
    *dspc_map_word(h, b) &= ~dspc_map_bit(b);
    if (prev && !dspc_blk_used(h, prev)) {
        dspc_list_remove(h, prev);
        size += DSPC_HEAP_BLOCK_BYTES + dspc_blk_size(h, prev);
        b = prev;
        prev = dspc_blk_prev(h, b);
    }
    dspc_blk_release(h, b, size, prev);
}

/* Gives the block in use with payload offset p `size` bytes where it is. 1 if that was possible. */
DSPC_HEAP_FN int dspc_tlsf_resize(dspc_word_ptr h, dspc_u32 p, size_t size)
{
    dspc_u32 b = p - DSPC_HEAP_BLOCK_BYTES;
    dspc_u32 want = dspc_round_size(size);
    dspc_u32 old = dspc_blk_size(h, b);
    dspc_u32 have = old;
    dspc_u32 next = dspc_blk_next(h, b);
    int merge = !dspc_blk_used(h, next);
    if (merge)
        have += DSPC_HEAP_BLOCK_BYTES + dspc_blk_size(h, next);
    if (!want || have < want)
        return 0;
    if (merge)
        dspc_list_remove(h, next);
    dspc_blk_take(h, b, have, want, dspc_blk_prev(h, b));
    dspc_count_use(h, dspc_blk_size(h, b), old);
    return 1;
}

/* The first byte of the heap's magic word. */
#define DSPC_HEAP_FIRST_BYTE(h) (*(dspc_byte_ptr)(h))

/* 1 if h is a heap that was initialised. Of a base that is misaligned nothing is read, and of one
 * whose init failed only the first byte: there may be no more. */
DSPC_HEAP_FN int dspc_tlsf_ready(dspc_word_ptr h)
{
    return h && !(DSPC_HEAP_ADDRESS(h) & 7u) && DSPC_HEAP_FIRST_BYTE(h) &&
           h[DSPC_HEAP_W_MAGIC] == DSPC_HEAP_MAGIC;
}

/* Makes the buffer h of `bytes` bytes one empty heap, forgetting what it held: 1, or 0 where the
 * buffer is too small, too large (INT_MAX), or does not start at a multiple of 8. Time is
 * proportional to `bytes` / 64, the size of the map. */
DSPC_HEAP_FN int dspc_tlsf_init(dspc_word_ptr h, size_t bytes)
{
    dspc_u32 i, end;
    if (!h || (DSPC_HEAP_ADDRESS(h) & 7u))
        return 0;
    DSPC_HEAP_FIRST_BYTE(h) = 0u; /* a failed init leaves no heap: every request gets NULL */
    if (bytes > 0x7fffffffu || bytes < DSPC_HEAP_MIN)
        return 0;
    for (i = 0u; i < DSPC_HEAP_HEADER_BYTES / 4u; i++)
        h[i] = 0u;
    end = DSPC_HEAP_HEADER_BYTES + dspc_heap_room((dspc_u32)bytes);
    h[DSPC_HEAP_W_END] = end;
    DSPC_HEAP_AT(h, end) = 1u;
    for (i = DSPC_HEAP_HEADER_BYTES; i < end; i += 256u)
        *dspc_map_word(h, i) = 0u;
    dspc_blk_release(h, DSPC_HEAP_HEADER_BYTES,
                     end - DSPC_HEAP_HEADER_BYTES - DSPC_HEAP_BLOCK_BYTES, 0u);
    h[DSPC_HEAP_W_MAGIC] = DSPC_HEAP_MAGIC;
    return 1;
}

#endif
