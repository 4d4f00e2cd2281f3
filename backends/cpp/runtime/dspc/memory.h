// The whole memory run-time of dspc. C++17, headers only, with or without exceptions.
#ifndef DSPC_MEMORY_H
#define DSPC_MEMORY_H

#include "dspc/arena.h"
#include "dspc/counting.h"
#include "dspc/factory.h"
#include "dspc/faulty.h"
#include "dspc/faust.h"
#include "dspc/tlsf.h"

#endif  // DSPC_MEMORY_H
