//! Records on their way: the packet, a file that carries them between devices; statements for
//! any Learning Record Store; plain JSON for any REST backend.

pub mod packet;
pub mod plain;
pub mod port;
pub mod xapi;
