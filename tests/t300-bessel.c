/* K_0 and K_1, seen through the symbols of the softened Coulomb potential, against their power series in 60 digits. */
#include <hht/potential.h>

#include "test.h"

static const struct {
  double z, k0, k1;
} exact[] = {{1e-8, 1.85366122596107784094e+1, 9.99999999999999048169e+7},
             {0.01, 4.72124473016109496514, 9.99738941182962476430e+1},
             {0.1, 2.42706902470201661252, 9.85384478087060613485},
             {1, 4.21024438240708333336e-1, 6.01907230197234574738e-1},
             {2, 1.13893872749533435653e-1, 1.39865881816522427285e-1},
             {5, 3.69109833404259427474e-3, 4.04461344545216420837e-3},
             {10, 1.77800623161676518113e-5, 1.86487734538255845968e-5},
             {20, 5.74123781533652429272e-10, 5.88305796955703817765e-10}};

/* The symbol of the plummer potential of softening 1 at |k| = z: 2 K_0(z) for d = 1, 4 pi K_1(z)/z for d = 3. */
static double symbol(int dim, double z)
{
  HHTGrid            grid   = {.dim = dim};
  HHTPotentialParams params = {.type = "plummer", .strength = 1, .softening = 1};
  const double       k[]    = {z, 0, 0};
  HHTPotential       potential;
  double             value;

  for (int j = 0; j < dim; j++) {
    grid.nx[j] = grid.nv[j] = 4;
    grid.x_length[j] = grid.v_max[j] = 1;
  }
  TestCall(HHTGridSetUp(&grid));
  TestCall(HHTPotentialCreate(&grid, &params, &potential));
  TestCall(HHTPotentialSymbol(potential, k, &value));
  TestCall(HHTPotentialDestroy(&potential));
  return value;
}

int main(int argc, char **argv)
{
  TestBegin(&argc, &argv);
  for (size_t i = 0; i < sizeof exact / sizeof *exact; i++) {
    const double z = exact[i].z;
    TestClose(symbol(1, z) / 2 / exact[i].k0, 1, 1e-14, "K_0");
    TestClose(symbol(3, z) * z / (4 * PETSC_PI) / exact[i].k1, 1, 1e-14, "K_1");
  }
  TestCheck(symbol(1, 800) == 0, "K_0(800) underflows");
  return TestEnd();
}
