//! Ships nothing: the targets beside this file doubt the other crates from outside.
