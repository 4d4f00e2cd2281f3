// The generated classes of a batch, as batch.cpp sees them.
#pragma once

typedef dsp* (*BatchEntry)();
extern const BatchEntry batch_entries[];
extern const int batch_count;
