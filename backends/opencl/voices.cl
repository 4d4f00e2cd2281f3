/* How voices lie in memory, and which work-item computes which.
 *
 * Voices lie in tiles: element k of voice v of a tile is at k * DSPC_TILE + v, and one tile follows
 * the other. A work-item of compute takes DSPC_LANES neighbouring voices: on CPUs a tile, which are
 * as many as a vector has lanes; on GPUs one voice of a tile, which is a work-group's, so that
 * work-items in lock step read neighbouring words. Apart (TI's devices, and where l2 is used): a
 * tile is one voice, and a work-group is one work-item, which loops over the voices.
 * The host may define both; the number of voices is a multiple of DSPC_TILE. */
#ifdef DSPC_TI
#define DSPC_APART
#endif
#ifdef DSPC_APART
#undef DSPC_LANES
#undef DSPC_TILE
#endif
#ifndef DSPC_LANES
#define DSPC_LANES 1
#endif
#ifndef DSPC_TILE
#define DSPC_TILE DSPC_LANES
#endif
/* Of a tile's memory, where voice's begins; `extent` counts the elements of one voice. */
#define DSPC_START(extent) (voice / DSPC_TILE * DSPC_TILE * (extent) + voice % DSPC_TILE)
#ifdef DSPC_APART
#ifdef DSPC_C
#define DSPC_ITEMS
#else
#define DSPC_ITEMS __attribute__((reqd_work_group_size(1, 1, 1)))
#endif
#define DSPC_EACH_VOICE(voices)                                                                    \
    for (int voice = (int)get_global_id(0); voice < (voices); voice += (int)get_global_size(0))
#define DSPC_EACH_GROUP(voices) DSPC_EACH_VOICE(voices)
#else
#define DSPC_ITEMS
#define DSPC_EACH_VOICE(voices) const int voice = (int)get_global_id(0);
#define DSPC_EACH_GROUP(voices) const int voice = (int)get_global_id(0) * DSPC_LANES;
#endif
/* Voices touch memory of their own, or read what nobody writes: their order is free. */
#if DSPC_LANES > 1 && defined(__clang__)
#define DSPC_EACH_LANE                                                                             \
    _Pragma("clang loop vectorize(assume_safety) vectorize_width(DSPC_LANES)")                     \
    for (int lane = 0; lane < DSPC_LANES; ++lane)
#else
#define DSPC_EACH_LANE for (int lane = 0; lane < DSPC_LANES; ++lane)
#endif
#ifdef __clang__
#define DSPC_FREE_LOOP _Pragma("clang loop vectorize(assume_safety)")
#else
#define DSPC_FREE_LOOP
#endif
/* Where piece `at` of a loop begins, of as many as the work-items that share it. */
#define DSPC_PIECE(low, high, at) ((low) + (int)((ulong)((high) - (low)) * (ulong)(at) / (ulong)parts))
/* Inputs that all voices share are those of one voice. */
#define DSPC_IN_STEP (in_voices == 1 ? 1 : DSPC_TILE)
#define DSPC_IN_LANE (in_voices == 1 ? 0 : 1)
#define DSPC_IN_START(extent) (in_voices == 1 ? 0 : DSPC_START(extent))
/* A request in bytes for all voices, and as many as `gap` more to keep arrays from meeting in a
 * cache; 0, which no heap grants, where it does not fit an int. */
#ifdef DSPC_TI
#define DSPC_GAP(gap) 0u
#else
#define DSPC_GAP(gap) gap##u
#endif
#define DSPC_BYTES(voices, bytes, gap)                                                             \
    ((ulong)(voices) * (ulong)(bytes) + DSPC_GAP(gap) < 0x7ffffff0ul                               \
         ? (uint)(voices) * (uint)(bytes) + DSPC_GAP(gap)                                          \
         : 0u)
