// The task scheduler of generated classes: instances whose tasks several threads run. C++17,
// headers only.
#ifndef DSPC_SCHEDULER_H
#define DSPC_SCHEDULER_H

#include "dspc/task_graph.h"

#endif  // DSPC_SCHEDULER_H
