"""An invented district for the demo and for trying an import: places with boundaries, units and people from a seed."""
