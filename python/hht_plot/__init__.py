"""Plots of runs of hht."""
