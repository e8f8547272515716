//! Records on their way: today the packet, a file that carries them between devices.

pub mod packet;
