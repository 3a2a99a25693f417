/* All public headers of the library; case.h belongs to the program. */
#ifndef HHT_HHT_H
#define HHT_HHT_H

#include <hht/bounds.h>
#include <hht/checkpoint.h>
#include <hht/diagnostics.h>
#include <hht/error.h>
#include <hht/exact.h>
#include <hht/expression.h>
#include <hht/fit.h>
#include <hht/flow.h>
#include <hht/grid.h>
#include <hht/initial.h>
#include <hht/interpolate.h>
#include <hht/log.h>
#include <hht/mean_field.h>
#include <hht/numbers.h>
#include <hht/output.h>
#include <hht/potential.h>
#include <hht/splitting.h>
#include <hht/state.h>
#include <hht/sum.h>
#include <hht/transform.h>
#include <hht/transpose_timing.h>
#include <hht/watchdog.h>

#endif
