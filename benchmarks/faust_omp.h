// What Faust's -omp code leaves out.
#include <algorithm>
using std::max;
using std::min;
