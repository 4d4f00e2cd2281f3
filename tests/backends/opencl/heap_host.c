/* The heap as C99: `heap_host trace DDR MSMC RESIDUE_DDR RESIDUE_MSMC < ops > out` runs a trace,
 * `heap_host threads N ROUNDS LARGEST BYTES` storms one heap from N threads, `heap_host renew` the
 * same, made anew between rounds; `heap_host bases LARGEST` tries every alignment and size. */
#define _POSIX_C_SOURCE 200112L /* barriers */

#include "heap_cases.h"

#include "heap_reinit.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static dspc_u32 *buffer(size_t bytes, size_t residue, void **whole)
{
    *whole = malloc(bytes + residue + 65536u);
    if (!*whole)
        exit(3);
    uintptr_t start = ((uintptr_t)*whole + 65535u) & ~(uintptr_t)65535u;
    return (dspc_u32 *)(start + residue);
}

static int run_trace(char **args)
{
    size_t bytes[2] = {strtoul(args[0], NULL, 10), strtoul(args[1], NULL, 10)};
    void *whole[2];
    dspc_u32 *ddr = buffer(bytes[0], strtoul(args[2], NULL, 10), &whole[0]);
    dspc_u32 *msmc = buffer(bytes[1], strtoul(args[3], NULL, 10), &whole[1]);
    dspc_u32 count = 0;
    if (fread(&count, 4, 1, stdin) != 1)
        return 2;
    dspc_u32 *ops = malloc(16u * (size_t)count + 16u);
    dspc_u32 *results = calloc(count + 1u, 4);
    dspc_u32 *slots = calloc(SLOT_COUNT, 4u * SLOT_WORDS);
    if (!ops || !results || !slots || fread(ops, 16, count, stdin) != count)
        return 2;
    __heap_init_ddr(ddr, bytes[0]);
    __heap_init_msmc(msmc, bytes[1]);
    case_trace(ops, count, slots, results, ddr, msmc);
    fwrite(results, 4, count, stdout);
    fwrite(ddr, 1, DSPC_HEAP_HEADER_BYTES, stdout);
    free(ops);
    free(results);
    free(slots);
    free(whole[0]);
    free(whole[1]);
    return 0;
}

struct job {
    pthread_t thread;
    dspc_u32 id, rounds, largest, errors;
    dspc_u32 *heap;
};

static void *run_job(void *argument)
{
    struct job *job = argument;
    job->errors = case_storm(job->id, job->rounds, job->largest, job->heap, NULL);
    return NULL;
}

static int run_threads(char **args)
{
    struct job jobs[64];
    unsigned count = (unsigned)strtoul(args[0], NULL, 10), i, errors = 0;
    size_t bytes = strtoul(args[3], NULL, 10);
    void *whole;
    dspc_u32 *heap = buffer(bytes, 0, &whole);
    memset(jobs, 0, sizeof jobs);
    __heap_init_ddr(heap, bytes);
    for (i = 0; i < count && i < 64; i++) {
        jobs[i].id = i;
        jobs[i].rounds = (dspc_u32)strtoul(args[1], NULL, 10);
        jobs[i].largest = (dspc_u32)strtoul(args[2], NULL, 10);
        jobs[i].heap = heap;
        if (pthread_create(&jobs[i].thread, NULL, run_job, &jobs[i]))
            return 3;
    }
    for (i = 0; i < count && i < 64; i++) {
        pthread_join(jobs[i].thread, NULL);
        errors += jobs[i].errors;
    }
    printf("%u %d %u %u %u %u\n", errors, dspc_heap_check(heap), heap[DSPC_HEAP_W_NALLOC],
           heap[DSPC_HEAP_W_NFREE], heap[DSPC_HEAP_W_IN_USE], heap[DSPC_HEAP_W_BADFREE]);
    free(whole);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 3 && !strcmp(argv[1], "bases"))
        return run_bases((size_t)strtoul(argv[2], NULL, 10));
    if (argc == 6 && !strcmp(argv[1], "renew"))
        return run_renewals(argv + 2);
    if (argc == 6 && !strcmp(argv[1], "trace"))
        return run_trace(argv + 2);
    if (argc == 6 && !strcmp(argv[1], "threads"))
        return run_threads(argv + 2);
    return 2;
}
