// The set that any thread puts to and takes from.
#include "dspc/ready_set.h"

namespace {

constexpr int kItems = 70;  // more than a word has bits

struct Tasks {
    dspc::ReadySet<kItems> ready;
    void put(int number) { ready.put(number); }
    int take() { return ready.take(); }
    int steal() { return ready.take(); }
    bool looksEmpty() const { return ready.looksEmpty(); }
};

}  // namespace

#include "taken_once.h"
