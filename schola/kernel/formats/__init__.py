"""How dates are written, where a language's own way in Django reads badly. See FORMAT_MODULE_PATH."""
