//! Stories of nodes on loopback: Ada, Bo, Cleo, and Mallory, who means no good.
//!
//! Real sockets, real time; every wait is for a condition and none is for a moment.

mod admission;
mod connecting;
mod gossiping;
mod requesting;
mod world;
