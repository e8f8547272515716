// Exported packets: zips whose entries are stored as they are.

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

const END = 0x06054b50;
const ENTRY = 0x02014b50;

/** Exports on the open screen of the records; answers with the file's name and bytes. */
export async function exported(page, words) {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: words.export }).click();
  const file = await download;
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

/** The files in a zip, by name, found by its directory. */
export function unpacked(zip) {
  let end = zip.length - 22;
  while (zip.readUInt32LE(end) !== END) end -= 1;
  const files = new Map();
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (zip.readUInt32LE(at) !== ENTRY) throw new Error('not a directory entry');
    const [name, extra, comment] = [28, 30, 32].map((field) => zip.readUInt16LE(at + field));
    if (zip.readUInt16LE(at + 10) !== 0) throw new Error('not stored');
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const content = zip.subarray(start, start + zip.readUInt32LE(at + 24));
    files.set(zip.toString('utf8', at + 46, at + 46 + name), content);
    at += 46 + name + extra + comment;
  }
  return files;
}

/** The lines of the records in a packet. */
export function recordLines(files) {
  return files.get('records.jsonl').toString('utf8').trimEnd().split('\n');
}

/** SHA-256 of a record's line; own records carry no signature yet, so the line is what is hashed. */
export function hashOf(line) {
  return createHash('sha256').update(line).digest('hex');
}
