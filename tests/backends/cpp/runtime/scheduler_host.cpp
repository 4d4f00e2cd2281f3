// Loads and unloads a plugin, with and without destroying its instances, forks, and exits with
// instances alive.
//   scheduler_host PLUGIN ROUNDS
#include "check.h"

#include <dirent.h>
#include <dlfcn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

int threadsOfProcess() {
    DIR* const folder = opendir("/proc/self/task");
    CHECK(folder != nullptr);
    int found = 0;
    while (const dirent* entry = readdir(folder)) found += entry->d_name[0] != '.' ? 1 : 0;
    closedir(folder);
    return found;
}

struct Plugin {
    explicit Plugin(const char* path) : library(dlopen(path, RTLD_NOW | RTLD_LOCAL)) {
        if (library == nullptr) std::fprintf(stderr, "%s\n", dlerror());
        CHECK(library != nullptr);
        find(make, "make");
        find(threads, "threads");
        find(compute, "compute");
        find(agrees, "agrees");
        find(destroy, "destroy");
    }

    template <class Function>
    void find(Function& function, const char* name) {
        function = reinterpret_cast<Function>(dlsym(library, name));
        CHECK(function != nullptr);
    }

    void* library;
    void* (*make)() = nullptr;
    int (*threads)(void*) = nullptr;
    void (*compute)(void*) = nullptr;
    int (*agrees)(void*, int) = nullptr;
    void (*destroy)(void*) = nullptr;
};

void play(const Plugin& plugin, void* instance, int before, int times) {
    for (int i = 0; i < times; ++i) plugin.compute(instance);
    CHECK(plugin.agrees(instance, before + times));
}

void loadAndUnload(const char* path, int rounds) {
    const int threads = threadsOfProcess();
    for (int round = 0; round < rounds; ++round) {
        const Plugin plugin(path);
        void* const one = plugin.make();
        void* const other = plugin.make();
        CHECK(plugin.threads(one) == 3);
        CHECK(threadsOfProcess() == threads + 2);
        play(plugin, one, 0, 5);
        play(plugin, other, 0, 3);
        plugin.destroy(one);
        play(plugin, other, 3, 3);
        if (round % 2 == 0) plugin.destroy(other);  // else it is forgotten
        CHECK(dlclose(plugin.library) == 0);
        CHECK(dlopen(path, RTLD_NOW | RTLD_NOLOAD) == nullptr);
        CHECK(threadsOfProcess() == threads);
    }
}

// In the child the threads are gone: what was made before goes on alone, what is made has new ones.
void forkAndPlay(const Plugin& plugin, void* instance) {
    const pid_t child = fork();
    CHECK(child >= 0);
    if (child != 0) {
        int status = 0;
        CHECK(waitpid(child, &status, 0) == child && status == 0);
        return;
    }
    play(plugin, instance, 4, 4);
    void* const mine = plugin.make();
    CHECK(plugin.threads(mine) == 3);
    play(plugin, mine, 0, 4);
    plugin.destroy(mine);
    plugin.destroy(instance);
    std::exit(0);
}

}  // namespace

int main(int count, char** arguments) {
    CHECK(count > 2);
    setenv("DSPC_NUM_THREADS", "3", 1);
    loadAndUnload(arguments[1], std::atoi(arguments[2]));
    const Plugin plugin(arguments[1]);
    void* const instance = plugin.make();
    play(plugin, instance, 0, 4);
    forkAndPlay(plugin, instance);
    play(plugin, instance, 4, 4);
    std::puts("ok");
    return 0;  // with an instance alive
}
