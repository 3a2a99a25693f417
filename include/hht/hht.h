/* All public headers of the library; case.h belongs to the program. */
#ifndef HHT_HHT_H
#define HHT_HHT_H

#include <hht/bounds.h>
#include <hht/characteristics.h>
#include <hht/checkpoint.h>
#include <hht/counting.h>
#include <hht/derivatives.h>
#include <hht/diagnostics.h>
#include <hht/distribution.h>
#include <hht/error.h>
#include <hht/exact.h>
#include <hht/exchange.h>
#include <hht/expression.h>
#include <hht/field.h>
#include <hht/fit.h>
#include <hht/flow.h>
#include <hht/grid.h>
#include <hht/initial.h>
#include <hht/interpolate.h>
#include <hht/log.h>
#include <hht/mean_field.h>
#include <hht/mean_field_solution.h>
#include <hht/monte_carlo.h>
#include <hht/nbody.h>
#include <hht/numbers.h>
#include <hht/output.h>
#include <hht/pair_force.h>
#include <hht/particle_bounds.h>
#include <hht/particle_field.h>
#include <hht/particle_initial.h>
#include <hht/potential.h>
#include <hht/random.h>
#include <hht/splitting.h>
#include <hht/state.h>
#include <hht/sum.h>
#include <hht/transform.h>
#include <hht/transpose_timing.h>
#include <hht/unknown.h>
#include <hht/watchdog.h>

#endif
