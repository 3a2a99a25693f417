/* The splitting methods, as data. Coefficients to more digits than a double holds. */
#include <hht/splitting.h>
#include <string.h>

#define COUNT(array) ((int)(sizeof(array) / sizeof(array)[0]))

/* G. Strang, SIAM J. Numer. Anal. 5 (1968) 506 */
static const double lie_v[] = {1, 0}, lie_t[] = {1};
static const double strang_v[] = {0.5, 0.5}, strang_t[] = {1};

/* H. Yoshida, Phys. Lett. A 150 (1990) 262: Strang with w, 1 - 2w, w; w = 1 / (2 - 2^(1/3)) */
#define W  1.35120719195965763404
#define W0 (-1.7024143839193152680)
static const double yoshida4_v[] = {W / 2, (W + W0) / 2, (W + W0) / 2, W / 2}, yoshida4_t[] = {W, W0, W};

/* M. Suzuki, Phys. Lett. A 146 (1990) 319: Strang with p, p, 1 - 4p, p, p; p = 1 / (4 - 4^(1/3)) */
#define P  0.41449077179437573714
#define P0 (-0.6579630871775029485)
static const double suzuki4_v[] = {P / 2, P, (P + P0) / 2, (P + P0) / 2, P, P / 2}, suzuki4_t[] = {P, P, P0, P, P};

/* S. Blanes, P. C. Moan, J. Comput. Appl. Math. 142 (2002) 313, table 2, S6 */
#define A1 0.0792036964311957
#define A2 0.353172906049774
#define A3 (-0.0420650803577195)
#define A4 (1 - 2 * (A1 + A2 + A3))
#define B1 0.209515106613362
#define B2 (-0.143851773179818)
#define B3 (0.5 - (B1 + B2))
static const double blanesmoan4_v[] = {A1, A2, A3, A4, A3, A2, A1}, blanesmoan4_t[] = {B1, B2, B3, B3, B2, B1};

#define METHOD(method, method_order, source) \
  { \
    .name = #method, .order = (method_order), .stages = COUNT(method##_t), .potential = method##_v, \
    .kinetic = method##_t, .reference = (source) \
  }

static const HHTSplitting methods[] = {
    METHOD(lie, 1, "Lie-Trotter"),
    METHOD(strang, 2, "Strang 1968"),
    METHOD(yoshida4, 4, "Yoshida 1990"),
    METHOD(suzuki4, 4, "Suzuki 1990"),
    METHOD(blanesmoan4, 4, "Blanes, Moan 2002, S6"),
};

PetscErrorCode HHTSplittingList(const HHTSplitting **table, int *n)
{
  PetscFunctionBeginUser;
  *table = methods;
  *n     = COUNT(methods);
  PetscFunctionReturn(0);
}

PetscErrorCode HHTSplittingFind(const char *name, const HHTSplitting **splitting)
{
  PetscFunctionBeginUser;
  *splitting = NULL;
  for (int i = 0; i < COUNT(methods); i++)
    if (!strcmp(methods[i].name, name)) *splitting = &methods[i];
  PetscFunctionReturn(0);
}
