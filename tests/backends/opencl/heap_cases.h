/* What the heap tests run, as functions that are OpenCL C and C99 alike. */
#ifndef HEAP_CASES_H
#define HEAP_CASES_H

#include "dspc_heap.h"

/* One step of a trace is four words: operation (plus 16 for the msmc heap), slot, a, b. */
#define OP_MALLOC 0   /* a bytes; sizes are ints, so that negative ones are tried */
#define OP_CALLOC 1   /* a times b bytes */
#define OP_REALLOC 2  /* the slot's block to a bytes */
#define OP_FREE 3     /* the slot's block */
#define OP_MEMALIGN 4 /* b bytes at a multiple of a */
#define OP_CHECK 5    /* integrity walk */
#define OP_FREE_AT 6  /* frees the address a bytes into the heap */
#define OP_FOREIGN 7  /* frees an address that is in no heap */
#define OP_POKE 8     /* the heap's word at byte a becomes b */
#define OP_INIT 9     /* the heap anew, of a bytes */
#define OP_RENEW 10   /* the heap anew, of a bytes; its slots' blocks become stale */
#define OP_STALE 11   /* frees (a = 0) or resizes the slot's stale block: the bad frees it counts */

/* Result of a step that found a block's content damaged; no payload is at an odd offset. */
#define DAMAGED 0xbadu

/* The content of a slot's block: every whole word holds `tag` plus its index. */
DSPC_HEAP_FN void case_fill(DSPC_P(dspc_u32) p, dspc_u32 bytes, dspc_u32 tag)
{
    dspc_u32 i;
    for (i = 0u; i < bytes / 4u; i++)
        p[i] = tag + i;
}

DSPC_HEAP_FN int case_holds(DSPC_P(dspc_u32) p, dspc_u32 bytes, dspc_u32 tag)
{
    dspc_u32 i;
    for (i = 0u; i < bytes / 4u; i++)
        if (p[i] != tag + i)
            return 0;
    return 1;
}

DSPC_HEAP_FN int case_zero(DSPC_P(dspc_u32) p, dspc_u32 bytes)
{
    dspc_u32 i;
    for (i = 0u; i < bytes / 4u; i++)
        if (p[i] != 0u)
            return 0;
    return 1;
}

/* A slot is three words: handle, size, and the handle of a block from before the last OP_RENEW. The
 * result is a payload offset, or a check's. Every fourth slot is the msmc heap's. */
#define SLOT_WORDS 3u
#define SLOT_COUNT 4096u

/* Result of OP_STALE where the slot has no stale block, or an equal pointer is valid again. */
#define NOT_STALE 99u

DSPC_HEAP_FN dspc_u32 case_new(DSPC_P(dspc_u32) slot, DSPC_P(dspc_u32) p, dspc_u32 bytes,
                               dspc_u32 tag DSPC_HEAP_PARAMS)
{
    slot[0] = (dspc_u32)DSPC_DDR_HANDLE(p);
    slot[1] = bytes;
    (void)dspc_heap_msmc;
    if (p)
        case_fill(p, bytes, tag);
    return slot[0];
}

DSPC_HEAP_FN dspc_u32 case_realloc(DSPC_P(dspc_u32) slot, int size, dspc_u32 tag DSPC_HEAP_PARAMS)
{
    DSPC_P(dspc_u32) old = DSPC_DDR_POINTER(dspc_u32, slot[0]);
    dspc_u32 had = old ? slot[1] : 0u;
    DSPC_P(dspc_u32) p;
    if (old && !case_holds(old, had, tag))
        return DAMAGED;
    p = (DSPC_P(dspc_u32))__realloc_ddr(old, size);
    if (!p) {
        if (size == 0)
            slot[0] = 0u;
        return 0u;
    }
    if (!case_holds(p, (dspc_u32)size < had ? (dspc_u32)size : had, tag))
        return DAMAGED;
    return case_new(slot, p, (dspc_u32)size, tag DSPC_HEAP_ARGS);
}

DSPC_HEAP_FN dspc_u32 case_free(DSPC_P(dspc_u32) slot, dspc_u32 tag DSPC_HEAP_PARAMS)
{
    DSPC_P(dspc_u32) old = DSPC_DDR_POINTER(dspc_u32, slot[0]);
    (void)dspc_heap_msmc;
    if (old && !case_holds(old, slot[1], tag))
        return DAMAGED;
    __free_ddr(old);
    slot[0] = 0u;
    return 0u;
}

/* One step on the ddr heap. */
DSPC_HEAP_FN dspc_u32 case_step(dspc_u32 op, DSPC_P(dspc_u32) slot, dspc_u32 a, dspc_u32 b,
                                dspc_u32 tag DSPC_HEAP_PARAMS)
{
    DSPC_P(dspc_u32) p;
    if (op == OP_MALLOC) {
        p = (DSPC_P(dspc_u32))__malloc_ddr((int)a);
        return case_new(slot, p, a, tag DSPC_HEAP_ARGS);
    }
    if (op == OP_CALLOC) {
        p = (DSPC_P(dspc_u32))__calloc_ddr((int)a, (int)b);
        if (p && !case_zero(p, a * b))
            return DAMAGED;
        return case_new(slot, p, a * b, tag DSPC_HEAP_ARGS);
    }
    if (op == OP_REALLOC)
        return case_realloc(slot, (int)a, tag DSPC_HEAP_ARGS);
    if (op == OP_FREE)
        return case_free(slot, tag DSPC_HEAP_ARGS);
    if (op == OP_MEMALIGN) {
        p = (DSPC_P(dspc_u32))__memalign_ddr((int)a, (int)b);
        return case_new(slot, p, b, tag DSPC_HEAP_ARGS);
    }
    if (op == OP_CHECK)
        return (dspc_u32)dspc_heap_check(dspc_heap_ddr);
    if (op == OP_FREE_AT)
        __free_ddr((DSPC_P(void))((DSPC_P(char))dspc_heap_ddr + a));
    if (op == OP_FOREIGN)
        __free_ddr((DSPC_P(void))slot);
    if (op == OP_POKE)
        dspc_heap_ddr[a / 4u] = b;
    if (op == OP_INIT)
        __heap_init_ddr(dspc_heap_ddr, (int)a);
    return 0u;
}

/* Makes the heap of slot `first` and every fourth from there anew; their blocks become stale. */
DSPC_HEAP_FN void case_renew(DSPC_P(dspc_u32) slots, dspc_u32 first,
                             dspc_u32 bytes DSPC_HEAP_PARAMS)
{
    dspc_u32 i;
    __heap_init_ddr(dspc_heap_ddr, bytes);
    for (i = 0u; i < SLOT_COUNT; i++)
        if ((i & 3u) == 3u ? first == 3u : first != 3u) {
            DSPC_P(dspc_u32) slot = slots + SLOT_WORDS * i;
            if (slot[0])
                slot[2] = slot[0];
            slot[0] = 0u;
        }
    (void)dspc_heap_msmc;
}

/* Frees or resizes slot `own`'s stale block; how many bad frees that counted. */
DSPC_HEAP_FN dspc_u32 case_stale(DSPC_P(dspc_u32) slots, dspc_u32 own,
                                 dspc_u32 bytes DSPC_HEAP_PARAMS)
{
    dspc_u32 i, bad = dspc_heap_ddr[DSPC_HEAP_W_BADFREE];
    dspc_u32 stale = slots[SLOT_WORDS * own + 2u];
    (void)dspc_heap_msmc;
    for (i = 0u; i < SLOT_COUNT; i++)
        if (((i & 3u) == 3u) == ((own & 3u) == 3u) && slots[SLOT_WORDS * i] == stale)
            return NOT_STALE;
    if (!stale)
        return NOT_STALE;
    if (bytes == 0u)
        __free_ddr(DSPC_DDR_POINTER(dspc_u32, stale));
    else if (__realloc_ddr(DSPC_DDR_POINTER(dspc_u32, stale), bytes))
        return DAMAGED;
    return dspc_heap_ddr[DSPC_HEAP_W_BADFREE] - bad;
}

/* Runs `count` steps and stores each one's result. */
DSPC_HEAP_FN void case_trace(DSPC_P(const dspc_u32) ops, dspc_u32 count, DSPC_P(dspc_u32) slots,
                             DSPC_P(dspc_u32) results DSPC_HEAP_PARAMS)
{
    dspc_u32 i;
    for (i = 0u; i < count; i++) {
        dspc_u32 op = ops[4u * i] & 15u, slot = ops[4u * i + 1u];
        dspc_u32 a = ops[4u * i + 2u], b = ops[4u * i + 3u], tag = slot << 20;
        DSPC_P(dspc_u32) at = slots + SLOT_WORDS * slot;
        DSPC_P(dspc_u32) h = ops[4u * i] & 16u ? dspc_heap_msmc : dspc_heap_ddr;
        DSPC_P(dspc_u32) other = ops[4u * i] & 16u ? dspc_heap_ddr : dspc_heap_msmc;
        results[i] = 0u;
        if (op == OP_RENEW)
            case_renew(slots, slot & 3u, a, h, other);
        else if (op == OP_STALE)
            results[i] = case_stale(slots, slot, a, h, other);
        else
            results[i] = case_step(op, at, a, b, tag, h, other);
    }
}

/* `rounds` random operations of one work-item on four blocks of its own; returns what went wrong,
 * counted. All is free at the end. */
DSPC_HEAP_FN dspc_u32 case_storm(dspc_u32 id, dspc_u32 rounds, dspc_u32 largest DSPC_HEAP_PARAMS)
{
    DSPC_P(dspc_u32) live[4] = {0, 0, 0, 0};
    dspc_u32 size[4] = {0u, 0u, 0u, 0u};
    dspc_u32 r, errors = 0u, random = id * 2654435761u + 12345u;
    for (r = 0u; r < rounds + 4u; r++) {
        dspc_u32 s = r & 3u, tag = (id << 12) ^ (s << 8), want, kind;
        DSPC_P(dspc_u32) p = live[s];
        random ^= random << 13;
        random ^= random >> 17;
        random ^= random << 5;
        want = 4u * (1u + (random >> 8) % (largest / 4u));
        kind = random & 3u;
        if (p && !case_holds(p, size[s], tag))
            errors++;
        if (p && kind == 3u && r < rounds) { /* resize, keeping what fits */
            DSPC_P(dspc_u32) q = (DSPC_P(dspc_u32))__realloc_ddr(p, want);
            if (!q)
                continue;
            if (!case_holds(q, want < size[s] ? want : size[s], tag))
                errors++;
            p = q;
        } else {
            if (p)
                __free_ddr(p);
            p = 0;
            if (r < rounds && kind == 0u)
                p = (DSPC_P(dspc_u32))__malloc_ddr(want);
            if (r < rounds && kind == 1u) {
                p = (DSPC_P(dspc_u32))__calloc_ddr(want / 4u, 4);
                if (p && !case_zero(p, want))
                    errors++;
            }
            if (r < rounds && kind >= 2u) {
                p = (DSPC_P(dspc_u32))__memalign_ddr(64, want);
                if (p && (DSPC_HEAP_ADDRESS(p) & 63u))
                    errors++;
            }
        }
        live[s] = p;
        size[s] = want;
        if (p)
            case_fill(p, want, tag);
    }
    (void)dspc_heap_msmc;
    return errors;
}

#endif
