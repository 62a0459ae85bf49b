//! Stories of the store, on real disks.
