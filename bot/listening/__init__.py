"""Voice messages as text: a model in a folder of the installation, used by a program of its own on this machine."""
