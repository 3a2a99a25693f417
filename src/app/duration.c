#include "duration.h"

#include <stdio.h>
#include <string.h>

int HHTDurationParse(const char *text, double *seconds)
{
  int days = 0, field[3] = {0}, at = 0, n;

  if (!*text || *text == '-' || strspn(text, "0123456789:-") != strlen(text)) return 1;
  if (sscanf(text, "%d-%n", &days, &at) != 1 || !at) days = at = 0;
  n = sscanf(text + at, "%d:%d:%d", &field[0], &field[1], &field[2]);
  if (n < 1) return 1;
  if (n == 3 || at)
    *seconds = 3600. * field[0] + 60. * field[1] + field[2];
  else
    *seconds = 60. * field[0] + field[1];
  *seconds += 86400. * days;
  return 0;
}
