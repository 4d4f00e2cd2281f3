/* A host of a compiled program: prints its zones, then what it plays on a ramp. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "osc.h"

int main(void)
{
	enum { frames = 100 };
	static osc_real in[frames], out[2][frames];
	osc_real *inputs[1] = {in}, *outputs[2] = {out[0], out[1]};
	char *instance = calloc(1, osc_size);
	osc_init(instance, 48000);
	for (const struct osc_zone *zone = osc_zones; zone->path; ++zone) {
		osc_real *value = (osc_real *)(instance + zone->offset);
		printf("%s %s %g %g %g %g %g\n", zone->path, zone->kind, (double)*value, zone->init,
			   zone->min, zone->max, zone->step);
		if (!strcmp(zone->path, "/osc/gain")) *value = 0.5;
	}
	for (int i = 0; i < frames; ++i) in[i] = i / (osc_real)frames;
	osc_compute(instance, 40, inputs, outputs);
	for (int i = 0; i < 2; ++i) outputs[i] += 40;
	inputs[0] += 40;
	osc_compute(instance, frames - 40, inputs, outputs);
	for (int i = 0; i < frames; ++i) printf("%.17g %.17g\n", (double)out[0][i], (double)out[1][i]);
	free(instance);
	return 0;
}
