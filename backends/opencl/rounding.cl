/* PoCL rounds in some twenty instructions, through integers, where the processor has one. */
#if defined(POCL_DEVICE_ADDRESS_BITS) && defined(__SSE4_1__) && defined(__has_builtin)
#if __has_builtin(__builtin_elementwise_floor)
#define floor(x) __builtin_elementwise_floor(x)
#endif
#if __has_builtin(__builtin_elementwise_ceil)
#define ceil(x) __builtin_elementwise_ceil(x)
#endif
#if __has_builtin(__builtin_elementwise_trunc)
#define trunc(x) __builtin_elementwise_trunc(x)
#endif
#endif
