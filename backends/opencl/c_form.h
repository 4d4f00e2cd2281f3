/* The words of OpenCL C that generated code uses, in C99. */
#include <limits.h>
#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <tgmath.h>
#define DSPC_C
#define DSPC_TI
#define uint unsigned int
#define ulong unsigned long long
#define global
#define local
#define constant const
#define kernel
#define event_t int /* what copies by DMA have; memcpy has none */
#define get_global_id(d) ((d) ? dspc_part : dspc_item)
#define get_global_size(d) ((d) ? dspc_parts : dspc_items)
#ifndef DSPC_VOICES
#define DSPC_VOICES 1 /* how many voices the heaps have room for */
#endif
static inline int min(int a, int b) { return b < a ? b : a; }
static inline int max(int a, int b) { return a < b ? b : a; }
