/* Durations as SLURM writes them. */
#ifndef HHT_DURATION_H
#define HHT_DURATION_H

/*
  Seconds of minutes, minutes:seconds or hours:minutes:seconds; and of days-hours, days-hours:minutes or days-hours:minutes:seconds.
  Returns 0, or nonzero for any other text. Not collective.
*/
int HHTDurationParse(const char *text, double *seconds);

#endif
