/* used_parameters.yaml read again gives the same case to the last bit, for every type of option and awkward texts. */
#include "test.h"

#include <hht/case.h>
#include <string.h>

static void read_case(HHTCase *c) { TestCall(HHTCaseFromOptions("cases/some.case.yaml", c)); }

/* Writes the case, starts from an empty database, reads what was written. */
static void read_back(const HHTCase *c, HHTCase *again)
{
  char *text;

  TestCall(HHTCaseToYAML(c, &text));
  TestCall(PetscOptionsClear(NULL));
  TestCall(PetscOptionsInsertStringYAML(NULL, text));
  read_case(again);
  TestCall(PetscFree(text));
}

static void check_round_trip(const char *options)
{
  HHTCase c, again;

  TestCall(PetscOptionsClear(NULL));
  TestCall(PetscOptionsInsertString(NULL, options));
  read_case(&c);
  read_back(&c, &again);
  /* memset() in HHTCaseFromOptions() zeroes what lies between the members. */
  TestCheck(!memcmp(&c, &again, sizeof(c)), "%s: the case that was read back differs", options);
}

static void check_values(void)
{
  HHTCase c;

  TestCall(PetscOptionsClear(NULL));
  TestCall(PetscOptionsInsertString(NULL, "-grid_dim 2 -grid_nx 8,12 -grid_x_length 2*pi -initial_type gaussian "
                                          "-initial_m 1,2+0.5i,3e-1-1e-1i,4 -ts_max_steps 7"));
  read_case(&c);
  TestCheck(c.grid.nx[0] == 8 && c.grid.nx[1] == 12 && c.grid.nx[2] == 1, "nx is %td,%td,%td", c.grid.nx[0],
            c.grid.nx[1], c.grid.nx[2]);
  TestClose(c.grid.x_length[1], 2 * PETSC_PI, 0, "one value for both dimensions, from a formula");
  TestCheck(c.grid.n_rows == 96, "the grid is set up");
  TestClose(creal(c.initial.m[10]), 0.3, 0, "real part on the diagonal");
  TestClose(cimag(c.initial.m[10]), -0.1, 0, "imaginary part on the diagonal");
  TestCheck(c.initial.m[1] == 0 && c.initial.m[11] == 0, "zero beside the diagonal");
  TestCheck(c.max_steps == 7, "max_steps is %d", (int)c.max_steps);
  TestCheck(!strcmp(c.output_dir, "runs/some.case"), "output_dir is %s", c.output_dir);
}

int main(int argc, char **argv)
{
  TestBegin(&argc, &argv);
  check_values();
  check_round_trip("");
  check_round_trip("-grid_dim 3 -grid_nx 4,6,8 -grid_nv 10 -grid_x_min -1/3,0.1,1e-300 -ts_dt pi/97 -ts_max_steps 12");
  check_round_trip("-potential_type yukawa -potential_kappa 1/7 -potential_boundary free -initial_mass 1/3");
  check_round_trip("-initial_amplitude 1/3 -compare_amplitude 1/7 -compare_phase sin(x)*v");
  check_round_trip("-compare_type gaussian -compare_m 0.5 -compare_mass 2 -initial_temperature 3");
  check_round_trip("-state_precision single -state_numbers complex");
  check_round_trip("-equation_type vlasov");
  check_round_trip("-initial_type bump_on_tail -initial_drift -4.2 -initial_wavenumber auto -output_overwrite");
  check_round_trip("-initial_type gaussian -initial_m 0.1+0.2i,1e-17-3e-5i,1e-17-3e-5i,7 -initial_kappa 0.1,-0.7");
  check_round_trip(
      "-initial_type expression -initial_f exp(-vx^2/2)*(1+0.1*cos(x)) -output_dir a\"b\\c:#'{x} -fft_rigor measure");
  check_round_trip(
      "-transpose_type fftw -field_type distributed -ts_type rk -ts_rk_type 4 -ts_monitor -ts_adapt_type none");
  return TestEnd();
}
