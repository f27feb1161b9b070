"""The commands of `yashu`. They import what they need when they run, so that `yashu --help` is instant."""
