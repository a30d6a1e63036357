"""Importing processes and generating standard ones."""

from motcua.process.services.importing import import_file, import_processes
from motcua.process.services.loading import load_published
from motcua.process.services.standards import generate_standard, generate_standards

__all__ = ["generate_standard", "generate_standards", "import_file", "import_processes", "load_published"]
