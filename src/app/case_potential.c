/* The potential of a case: one, or the sum of several. */
#include "problem.h"
#include <hht/error.h>
#include <hht/radial_table.h>
#include <stdio.h>
#include <string.h>

const HHTPotentialParams *HHTCasePotentialTerm(const HHTCase *c, int i)
{
  return i ? &c->potential_others[i - 1] : &c->potential;
}

void HHTCaseFormatPotential(const HHTCase *c, char *text, size_t size)
{
  size_t at = 0;

  for (int i = 0; i < PetscMax(1, c->potential_terms) && at < size; i++) {
    const HHTPotentialParams *p = HHTCasePotentialTerm(c, i);

    at += (size_t)snprintf(text + at, size - at, "%s%s, strength %g", i ? " + " : "", p->type, p->strength);
  }
  if (at < size) (void)snprintf(text + at, size - at, ", %s", c->potential.boundary == HHT_FREE ? "free" : "periodic");
}

static PetscErrorCode create_from_table(MPI_Comm comm, const HHTCase *c, HHTPotentialParams *params, HHTPotential *term)
{
  HHTRadialTable table;
  PetscErrorCode ierr;

  PetscFunctionBeginUser;
  PetscCall(HHTRadialTableRead(comm, c->potential_file, c->potential_dataset, &table));
  params->table = &table;
  ierr          = HHTPotentialCreate(&c->grid, params, term);
  PetscCall(HHTRadialTableDestroy(&table));
  PetscFunctionReturn(ierr);
}

static PetscErrorCode create_term(MPI_Comm comm, const HHTCase *c, int i, HHTPotential *term)
{
  HHTPotentialParams params = *HHTCasePotentialTerm(c, i);

  PetscFunctionBeginUser;
  /* What has one value holds for all. */
  params.boundary    = c->potential.boundary;
  params.convolution = c->potential.convolution;
  PetscCall(PetscStrncpy(params.formula, c->potential.formula, sizeof params.formula));
  if (strcmp(params.type, "table"))
    PetscCall(HHTPotentialCreate(&c->grid, &params, term));
  else
    PetscCall(create_from_table(comm, c, &params, term));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTCaseCreatePotential(MPI_Comm comm, const HHTCase *c, HHTPotential *potential)
{
  HHTPotential   term;
  PetscErrorCode ierr;

  PetscFunctionBeginUser;
  PetscCall(create_term(comm, c, 0, potential));
  for (int i = 1; i < c->potential_terms; i++) {
    ierr = create_term(comm, c, i, &term);
    if (ierr) PetscCall(HHTPotentialDestroy(potential));
    if (ierr) PetscFunctionReturn(ierr);
    PetscCall(HHTPotentialAdd(*potential, &term));
  }
  PetscFunctionReturn(0);
}
