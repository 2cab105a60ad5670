"""How dates are written where Django reads badly. FORMAT_MODULE_PATH names this folder."""
