/* An emulation of TI's heap built-ins, written from their documented behaviour, so that the TI
 * branch of an OpenCL C source can run on a host whose address spaces are flat.
 *
 * What it imitates: one ddr and one msmc heap per device, sizes that pass through an int, best fit
 * with 8 bytes a block, malloc(0) is NULL, bad frees are silently ignored, memalign by no power of
 * two is malloc, init again silently resets, and freeing the last block looks at the word behind
 * the heap: unless that word's low bit is set, the heap loses its free memory.
 *
 * What it refuses, by ending the process with a message, since the device would fail at random: use
 * of a heap before its init, __malloc_l2 in a kernel that did not call __heap_init_l2, a shrinking
 * realloc (the device calls free while it holds the lock), a barrier in a group of several
 * work-items (work-items run one after another here).
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define POISON 0xA5
#define USED 1u

struct block {
    uint32_t bytes; /* payload, a multiple of 8, plus USED */
    uint32_t before; /* payload of the block before this one */
};

struct heap {
    const char *name;
    char *start, *end; /* NULL before init */
    int lost;          /* the free list was dropped */
};

static struct heap ddr = {"ddr", NULL, NULL, 0};
static struct heap msmc = {"msmc", NULL, NULL, 0};

static void fault(const char *what, const char *which)
{
    fprintf(stderr, "ti-sim: %s: %s\n", which, what);
    exit(70);
}

static struct block *next_of(struct block *b)
{
    return (struct block *)((char *)(b + 1) + (b->bytes & ~USED));
}

static void ready(const struct heap *heap)
{
    if (!heap->start)
        fault("used before its init", heap->name);
}

static void heap_init(struct heap *heap, char *p, int bytes)
{
    struct block *first = (struct block *)p;
    if (bytes < 16 || ((uintptr_t)p & 7))
        fault("init of an impossible area", heap->name);
    heap->start = p;
    heap->end = p + (bytes & ~7);
    heap->lost = 0;
    first->bytes = (uint32_t)(heap->end - p) - 8u;
    first->before = 0;
}

/* Bytes to skip in a free block before a payload at a multiple of `align`; the skipped part becomes
 * a block of its own, so it has at least 16 bytes or none. */
static uint32_t gap_of(const struct block *b, uint32_t align)
{
    uint32_t gap = (uint32_t)(0u - (uintptr_t)(b + 1)) & (align - 1u);
    return gap == 8u ? gap + align : gap;
}

static void *heap_alloc(struct heap *heap, int size, uint32_t align)
{
    struct block *b, *best = NULL, *rest;
    uint32_t want, gap, have;
    ready(heap);
    if (size <= 0 || size > INT32_MAX - 8 || heap->lost)
        return NULL;
    want = ((uint32_t)size + 7u) & ~7u;
    for (b = (struct block *)heap->start; (char *)b < heap->end; b = next_of(b))
        if (!(b->bytes & USED) && b->bytes >= (uint64_t)want + gap_of(b, align) &&
            (!best || b->bytes < best->bytes))
            best = b;
    if (!best)
        return NULL;
    gap = gap_of(best, align);
    if (gap) { /* split off the front */
        have = best->bytes - gap;
        best->bytes = gap - 8u;
        rest = next_of(best);
        rest->bytes = have;
        rest->before = best->bytes;
        best = rest;
    }
    have = best->bytes;
    if (have - want >= 16u) { /* and the back */
        best->bytes = want;
        rest = next_of(best);
        rest->bytes = have - want - 8u;
        rest->before = want;
        have = want;
        if ((char *)next_of(rest) < heap->end)
            next_of(rest)->before = rest->bytes;
    }
    best->bytes = have | USED;
    if ((char *)next_of(best) < heap->end)
        next_of(best)->before = have;
    return best + 1;
}

/* The block with this payload, or NULL. */
static struct block *find(const struct heap *heap, const void *p)
{
    struct block *b;
    for (b = (struct block *)heap->start; (char *)b < heap->end; b = next_of(b))
        if (b + 1 == p && (b->bytes & USED))
            return b;
    return NULL;
}

static void heap_free(struct heap *heap, void *p)
{
    struct block *b, *next, *before;
    ready(heap);
    b = p ? find(heap, p) : NULL;
    if (!b)
        return;
    b->bytes &= ~USED;
    next = next_of(b);
    if ((char *)next >= heap->end) {
        if (!(next->bytes & USED)) /* the word behind the heap */
            heap->lost = 1;
    } else if (!(next->bytes & USED)) {
        b->bytes += 8u + next->bytes;
    }
    if ((char *)b > heap->start) {
        before = (struct block *)((char *)b - b->before) - 1;
        if (!(before->bytes & USED)) {
            before->bytes += 8u + b->bytes;
            b = before;
        }
    }
    if ((char *)next_of(b) < heap->end)
        next_of(b)->before = b->bytes;
}

static void *heap_realloc(struct heap *heap, void *p, int size)
{
    struct block *b;
    void *to;
    ready(heap);
    if (!p)
        return heap_alloc(heap, size, 8u);
    if (size == 0) {
        heap_free(heap, p);
        return NULL;
    }
    b = find(heap, p);
    if (!b)
        return NULL;
    if (size > 0 && (((uint32_t)size + 7u) & ~7u) < (b->bytes & ~USED))
        fault("a shrinking realloc deadlocks on the device", heap->name);
    if (((uint32_t)size + 7u) / 8u == (b->bytes & ~USED) / 8u)
        return p;
    to = heap_alloc(heap, size, 8u);
    if (!to)
        return NULL;
    memcpy(to, p, b->bytes & ~USED);
    heap_free(heap, p);
    return to;
}

static void *heap_calloc(struct heap *heap, int count, int size)
{
    int total = (int)((unsigned)count * (unsigned)size); /* overflow is not checked */
    void *p = heap_alloc(heap, total, 8u);
    if (p)
        memset(p, 0, (size_t)total);
    return p;
}

static void *heap_memalign(struct heap *heap, int align, int size)
{
    int power = align > 8 && !(align & (align - 1));
    return heap_alloc(heap, size, power ? (uint32_t)align : 8u);
}

#define HEAP(NAME)                                                                                 \
    void __heap_init_##NAME(void *p, size_t bytes) { heap_init(&NAME, p, (int)bytes); }            \
    void *__malloc_##NAME(size_t size) { return heap_alloc(&NAME, (int)size, 8u); }                \
    void *__calloc_##NAME(size_t n, size_t s) { return heap_calloc(&NAME, (int)n, (int)s); }       \
    void *__realloc_##NAME(void *p, size_t s) { return heap_realloc(&NAME, p, (int)s); }           \
    void __free_##NAME(void *p) { heap_free(&NAME, p); }                                           \
    void *__memalign_##NAME(size_t a, size_t s) { return heap_memalign(&NAME, (int)a, (int)s); }

HEAP(ddr)
HEAP(msmc)

/* The l2 heap: a pointer and what is left behind it. */
static char *l2_area, *l2_free;
static size_t l2_bytes, l2_left;
static int l2_this_kernel;

void __heap_init_l2(void *p, size_t bytes)
{
    if ((uintptr_t)p & 7)
        fault("area not at a multiple of 8", "l2");
    l2_area = l2_free = p;
    l2_bytes = l2_left = bytes;
    l2_this_kernel = 1;
}

void *__malloc_l2(size_t size)
{
    size_t want = (size + 7) & ~(size_t)7;
    void *p = l2_free;
    if (!l2_this_kernel)
        fault("__malloc_l2 without __heap_init_l2 in this kernel: a stale pointer", "l2");
    if (want < size || l2_left < want)
        return NULL;
    l2_free += want;
    l2_left -= want;
    return p;
}

/* Called by the runner around each kernel launch. */
static size_t now[2][3], extent[2][3]; /* [0] global, [1] local */
static size_t group;

/* Copies by DMA: what a copy writes is garbage until somebody waits, and what it reads has to stay
 * until then. A wait ends all of them, as those may that one does not wait for. */
#define MOST_COPIES 4096
static struct {
    char *to;
    const char *from;
    size_t bytes;
} copying[MOST_COPIES];
static size_t copies;

void ti_sim_copy(void *to, const void *from, size_t bytes)
{
    if (copies == MOST_COPIES)
        fault("so many copies at once", "async_work_group_copy");
    memset(to, POISON, bytes);
    copying[copies].to = to;
    copying[copies].from = from;
    copying[copies++].bytes = bytes;
}

void ti_sim_wait_for_copies(void)
{
    size_t i;
    for (i = 0; i < copies; i++)
        memcpy(copying[i].to, copying[i].from, copying[i].bytes);
    copies = 0;
}

/* Dimension 1 of a launch has `parts` items, in groups of one. */
void ti_sim_kernel_begin(size_t items, size_t group_size, size_t parts)
{
    size_t i;
    for (i = 0; i < 3; i++)
        now[0][i] = now[1][i] = 0, extent[0][i] = extent[1][i] = 1;
    extent[0][0] = items;
    extent[1][0] = group_size;
    extent[0][1] = parts;
    l2_this_kernel = 0;
}

void ti_sim_item(size_t id, size_t part)
{
    now[0][0] = id;
    now[0][1] = part;
    now[1][0] = id % extent[1][0];
    group = id / extent[1][0];
    if (now[1][0] == 0)
        l2_this_kernel = 0; /* another core may run the group */
}

void ti_sim_kernel_end(void)
{
    if (copies)
        fault("nobody waited for a copy", "async_work_group_copy");
    if (l2_this_kernel)
        memset(l2_area, POISON, l2_bytes);
    l2_this_kernel = 0;
}

void ti_sim_poison(void *p, size_t bytes) { memset(p, POISON, bytes); }

/* What ti_runtime.cl asks: 0 global id, 1 local id, 2 global size, 3 local size, 4 group. */
size_t ti_sim_ask(unsigned what, unsigned dimension)
{
    if (dimension > 2)
        return what == 2 || what == 3;
    if (what == 4)
        return dimension == 0 ? group : now[0][dimension];
    return what < 2 ? now[what][dimension] : extent[what - 2][dimension];
}

void ti_sim_barrier(void)
{
    if (extent[1][0] > 1)
        fault("barrier in a group of several work-items", "kernel");
}
