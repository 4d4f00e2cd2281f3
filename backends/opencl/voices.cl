/* How voices lie in memory, and which work-item computes which.
 *
 * Interleaved: element k of voice v is at k * voices + v, one voice a work-item, so that work-items
 * in lock step read neighbouring words. Apart (TI's devices, and where l2 is used): a voice's
 * elements are adjacent, and a work-group is one work-item, which loops over the voices.
 * DSPC_VOICES, if the host defines it, is the number of voices, known when compiling. */
#ifdef DSPC_TI
#define DSPC_APART
#endif
#ifdef DSPC_VOICES
#define DSPC_COUNT(voices) DSPC_VOICES
#else
#define DSPC_COUNT(voices) (voices)
#endif
#ifdef DSPC_APART
#define DSPC_STEP(voices) 1
#define DSPC_START(extent) (voice * (extent))
#define DSPC_ITEMS __attribute__((reqd_work_group_size(1, 1, 1)))
#define DSPC_EACH_VOICE(voices)                                                                    \
    for (int voice = (int)get_global_id(0); voice < (voices); voice += (int)get_global_size(0))
#else
#define DSPC_STEP(voices) DSPC_COUNT(voices)
#define DSPC_START(extent) voice
#define DSPC_ITEMS
#define DSPC_EACH_VOICE(voices) const int voice = (int)get_global_id(0);
#endif
/* Inputs that all voices share are those of one voice. */
#define DSPC_IN_STEP (in_voices == 1 ? 1 : DSPC_STEP(voices))
#define DSPC_IN_START(extent) (in_voices == 1 ? 0 : DSPC_START(extent))
/* A request in bytes for all voices; 0, which no heap grants, where it does not fit an int. */
#define DSPC_BYTES(voices, bytes)                                                                  \
    ((ulong)(voices) * (ulong)(bytes) < 0x7ffffff0ul ? (uint)(voices) * (uint)(bytes) : 0u)
