//! The checksum of zip entries. `rawzip` has one too, many times as fast and with 16 KB of tables
//! that every start of the app would wait for; a packet of a few megabytes can do without.

/// CRC-32 as zip uses it (reflected, polynomial `0xEDB88320`), four bits at a time.
pub fn crc32(bytes: &[u8]) -> u32 {
    const fn table() -> [u32; 16] {
        let mut table = [0; 16];
        let mut at = 0;
        let mut first = 0;
        while at < 16 {
            let mut crc: u32 = first;
            let mut bit = 0;
            while bit < 4 {
                crc = if crc & 1 == 1 {
                    crc >> 1 ^ 0xedb8_8320
                } else {
                    crc >> 1
                };
                bit += 1;
            }
            table[at] = crc;
            at += 1;
            first += 1;
        }
        table
    }
    static TABLE: [u32; 16] = table();
    let step = |crc: u32, bits: u32| crc >> 4 ^ TABLE[((crc ^ bits) & 15) as usize];
    let byte = |crc, byte: &u8| {
        let byte = u32::from(*byte);
        step(step(crc, byte), byte >> 4)
    };
    !bytes.iter().fold(!0, byte)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_is_the_checksum_of_zip(bytes: Vec<u8>) {
            prop_assert_eq!(super::crc32(&bytes), rawzip::crc32(&bytes));
        }
    }
}
