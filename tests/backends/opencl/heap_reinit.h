/* The heap as C99 on every base and size, and made anew under threads. heap_host.c includes this. */
#ifndef HEAP_REINIT_H
#define HEAP_REINIT_H

#include "heap_cases.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What a heap that should refuse everything did not refuse, counted. */
static unsigned not_refused(dspc_u32 *dspc_heap_ddr, void *inside)
{
    unsigned errors = 0;
    errors += __malloc_ddr(8) != NULL;
    errors += __calloc_ddr(1, 8) != NULL;
    errors += __memalign_ddr(64, 8) != NULL;
    errors += __realloc_ddr(NULL, 8) != NULL;
    errors += __realloc_ddr(inside, 16) != NULL;
    __free_ddr(inside);
    __realloc_ddr(inside, 0);
    return errors + (dspc_heap_check(dspc_heap_ddr) != DSPC_HEAP_NOT_READY);
}

/* A heap in use: one block takes all there is, and it is memory. */
static unsigned not_whole(dspc_u32 *dspc_heap_ddr, size_t bytes)
{
    dspc_u32 want = dspc_heap_room((dspc_u32)bytes) - DSPC_HEAP_BLOCK_BYTES;
    char *p = __malloc_ddr(want);
    if (!p)
        return 1;
    memset(p, 0x5a, want);
    unsigned errors = dspc_heap_check(dspc_heap_ddr) != DSPC_HEAP_SOUND;
    __free_ddr(p);
    return errors + (dspc_heap_check(dspc_heap_ddr) != DSPC_HEAP_SOUND);
}

/* `bytes` bytes, `residue` behind a multiple of 16, as a heap: with nothing around them, and over a
 * living heap, whose block `inside` is. */
static unsigned try_base(size_t residue, size_t bytes)
{
    char *exact = malloc(residue + (bytes ? bytes : 1)), *p = exact + residue;
    char *living = malloc(residue + 8192), *q = living + residue;
    dspc_u32 *dspc_heap_ddr = (dspc_u32 *)(void *)q;
    unsigned errors = 0;
    if (!exact || !living)
        exit(3);
    memset(exact, 0x64, residue + (bytes ? bytes : 1));
    memset(living, 0x68, residue + 8192);
    int sound = residue % 8 == 0 && bytes >= DSPC_HEAP_MIN;
    __heap_init_ddr(p, bytes);
    errors += sound ? not_whole((dspc_u32 *)(void *)p, bytes)
                    : not_refused((dspc_u32 *)(void *)p, p + bytes / 2);
    __heap_init_ddr(q, 8192);
    void *inside = __malloc_ddr(64);
    errors += (inside != NULL) != (residue % 8 == 0);
    __heap_init_ddr(q, bytes);
    errors += sound ? not_whole(dspc_heap_ddr, bytes) : not_refused(dspc_heap_ddr, inside);
    free(exact);
    free(living);
    return errors;
}

static int run_bases(size_t largest)
{
    unsigned errors = 0, tried = 0;
    for (size_t residue = 0; residue < 16; residue++)
        for (size_t bytes = 0; bytes <= largest; bytes++, tried++)
            errors += try_base(residue, bytes);
    printf("%u %u\n", tried, errors);
    return 0;
}

/* Threads that share one heap, and meet where it is made anew. */
#define MOST_THREADS 16u
#define KEPT 64u

struct renewal {
    pthread_barrier_t meet;
    dspc_u32 *heap;
    size_t bytes;
    unsigned threads, rounds;
    dspc_u32 largest;
    void *old[MOST_THREADS][KEPT], *now[MOST_THREADS][KEPT];
};

struct renewer {
    pthread_t thread;
    struct renewal *all;
    unsigned id;
    dspc_u32 errors, stale;
};

static int in_use(struct renewal *all, void *p)
{
    for (unsigned i = 0; i < all->threads * KEPT; i++)
        if (all->now[i / KEPT][i % KEPT] == p)
            return 1;
    return 0;
}

/* One life of the heap: blocks of this life, stale pointers of the last into it, then a look. */
static void live_once(struct renewer *me, unsigned round)
{
    struct renewal *all = me->all;
    dspc_u32 *dspc_heap_ddr = all->heap, tag = (round << 16) ^ (me->id << 8);
    dspc_u32 size[KEPT];
    for (unsigned k = 0; k < KEPT; k++) {
        size[k] = 4u * (1u + (round * 37u + k * 101u + me->id * 53u) % (all->largest / 4u));
        all->now[me->id][k] = __malloc_ddr(size[k]);
        if (all->now[me->id][k])
            case_fill(all->now[me->id][k], size[k], tag + k);
    }
    pthread_barrier_wait(&all->meet);
    for (unsigned k = 0; k < KEPT; k++) {
        void *p = all->old[me->id][k];
        if (!p || in_use(all, p))
            continue;
        me->stale++;
        if (k & 1u)
            __free_ddr(p);
        else
            me->errors += __realloc_ddr(p, 16) != NULL;
    }
    pthread_barrier_wait(&all->meet);
    for (unsigned k = 0; k < KEPT; k++) {
        void *p = all->now[me->id][k];
        if (p && !case_holds(p, size[k], tag + k))
            me->errors++;
        all->old[me->id][k] = p;
    }
}

static void *renew(void *argument)
{
    struct renewer *me = argument;
    struct renewal *all = me->all;
    for (unsigned round = 0; round < all->rounds; round++) {
        dspc_u32 bad = me->stale;
        live_once(me, round);
        bad = me->stale - bad;
        pthread_barrier_wait(&all->meet);
        if (me->id == 0) {
            me->errors += dspc_heap_check(all->heap) != DSPC_HEAP_SOUND;
            me->errors += all->heap[DSPC_HEAP_W_BADFREE] < bad;
            dspc_tlsf_init(all->heap, all->bytes);
        }
        pthread_barrier_wait(&all->meet);
    }
    return NULL;
}

/* Prints what went wrong, and how many stale pointers were handed back. */
static int run_renewals(char **args)
{
    static struct renewal all;
    struct renewer team[MOST_THREADS];
    unsigned errors = 0, stale = 0;
    memset(team, 0, sizeof team);
    all.threads = (unsigned)strtoul(args[0], NULL, 10);
    all.rounds = (unsigned)strtoul(args[1], NULL, 10);
    all.largest = (dspc_u32)strtoul(args[2], NULL, 10);
    all.bytes = strtoul(args[3], NULL, 10);
    all.heap = malloc(all.bytes);
    if (!all.heap || all.threads > MOST_THREADS ||
        pthread_barrier_init(&all.meet, NULL, all.threads))
        return 3;
    dspc_tlsf_init(all.heap, all.bytes);
    for (unsigned i = 0; i < all.threads; i++) {
        team[i].all = &all;
        team[i].id = i;
        if (pthread_create(&team[i].thread, NULL, renew, &team[i]))
            return 3;
    }
    for (unsigned i = 0; i < all.threads; i++) {
        pthread_join(team[i].thread, NULL);
        errors += team[i].errors;
        stale += team[i].stale;
    }
    printf("%u %u\n", errors, stale);
    free(all.heap);
    return 0;
}

#endif
