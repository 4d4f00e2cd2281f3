// A shared library with instances in it, as a host loads and unloads them.
#include "random_tasks.h"

namespace {
const RandomGraph& graph() {
    static const RandomGraph one(7);
    return one;
}
}  // namespace

extern "C" {
void* make() {
    auto* mixer = new Mixer(graph());
    mixer->prepare();
    return mixer;
}
int threads(void* mixer) { return static_cast<Mixer*>(mixer)->threads(); }
void compute(void* mixer) { static_cast<Mixer*>(mixer)->compute(2); }
int agrees(void* mixer, int times) {
    Mixer alone(graph());
    alone.computeSerially(2 * times);
    return *static_cast<Mixer*>(mixer) == alone ? 1 : 0;
}
void destroy(void* mixer) { delete static_cast<Mixer*>(mixer); }
}
