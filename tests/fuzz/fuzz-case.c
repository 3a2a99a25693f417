/*
  A case file: the check of its text, PETSc's reader, every option, and used_parameters.yaml, which must read back as the same case.
*/
#include "../../src/app/commands.h"
#include "fuzz.h"
#include <hht/case.h>
#include <hht/expression.h>
#include <string.h>

static const char first[] =
    "grid: {dim: 2, nx: [8, 16], nv: 8, x_min: -pi, x_length: 2*pi, v_max: 6}\n"
    "potential: {type: yukawa, strength: -1, kappa: 1/3, boundary: free}\n"
    "initial:\n  type: bump_on_tail\n  wavenumber: auto\n  drift: 4.5 # u\n  beam_fraction: 0.1\n  phase: 'x*vy'\n";
static const char second[] =
    "initial: {type: gaussian, m: [1, 2+0.5i, 3e-1-1e-1i, 4], kappa: [0.1, -0.7], center: &c 0}\n"
    "grid_dim: 1\nts: {dt: 0.1, max_time: 3, max_steps: unlimited, type: rk, rk_type: 5bs, monitor: }\n"
    "output: {dir: \"a\\\"b\\\\c\", overwrite: true, snapshot_interval: 1}\ncheckpoint: {interval: 3, final: off}\n";
static const char third[] =
    "initial: {type: expression, f: 'exp(-vx^2/2)*(1+0.1*cos(x)) > 0 ? max(x, 1) : -sum(1, v, e)', phase: \"x*v\"}\n"
    "state_numbers: complex\nfft: {rigor: measure, wisdom: ''}\nwatchdog_limit: 1e3\n";

static const char *const seeds[] = {first, second, third};

void FuzzBegin(void) {}

const uint8_t *FuzzSeed(int i, size_t *size)
{
  if (i >= (int)(sizeof(seeds) / sizeof(seeds[0]))) return NULL;
  *size = strlen(seeds[i]);
  return (const uint8_t *)seeds[i];
}

/* What the case check accepts, PETSc's reader accepts too. */
static int read_case(const char *text, HHTCase *c)
{
  FuzzCall(PetscOptionsClear(NULL));
  if (!FuzzAccepts(HHTCaseTextCheck(PETSC_COMM_SELF, "case.yaml", text), HHT_EXIT_USAGE)) return 0;
  FuzzCall(PetscOptionsInsertStringYAML(NULL, text));
  return FuzzAccepts(HHTCaseFromOptions("case.yaml", c), HHT_EXIT_USAGE);
}

static void check_formula(const char *formula)
{
  static const char *const names[]   = {"x", "vx", "v"};
  const double             values[3] = {0.3, -1.2, -1.2};
  HHTExpression            e         = NULL;
  double                   result;

  if (!formula[0]) return;
  if (!FuzzAccepts(HHTExpressionCreate("initial_f", formula, 3, names, &e), HHT_EXIT_USAGE)) return;
  (void)FuzzAccepts(HHTExpressionEvaluate(e, values, &result), HHT_EXIT_USAGE);
  FuzzCall(HHTExpressionDestroy(&e));
}

static void check_read_back(const HHTCase *c)
{
  static HHTCase again;
  char          *text;

  FuzzCall(HHTCaseToYAML(c, &text));
  if (!read_case(text, &again) || memcmp(c, &again, sizeof(*c)) != 0) {
    fprintf(stderr, "this does not read back as the same case:\n%s\n", text);
    abort();
  }
  FuzzCall(PetscFree(text));
}

void FuzzOne(const uint8_t *data, size_t size)
{
  static HHTCase c;
  char          *text = malloc(size + 1);

  if (!text) abort();
  memcpy(text, data, size);
  text[size] = 0;
  if (read_case(text, &c)) {
    check_formula(c.initial.f);
    check_formula(c.initial.alpha);
    check_formula(c.initial.phase);
    check_read_back(&c);
  }
  free(text);
}
