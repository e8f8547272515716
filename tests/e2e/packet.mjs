// Exported packets: zips whose entries are stored as they are.

import { createHash, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { canonical } from './chain.mjs';

const END = 0x06054b50;
const ENTRY = 0x02014b50;

/** Exports on the open screen of the records; answers with the file's name and bytes. */
export async function exported(page, words) {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: words.export }).click();
  const file = await download;
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

/** Chooses packets on the open screen of the records, and takes them in when it has shown what they hold. */
export async function takeIn(page, words, files) {
  await page.getByLabel(words.import, { exact: true }).setInputFiles(files);
  await page.getByRole('button', { name: words.takeIn, exact: true }).click();
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

/** SHA-256 of bytes, or of a record's line without the signature that it may carry. */
export function hashOf(content) {
  const signed = typeof content === 'string' && content.includes('"signature":');
  const { signature, ...record } = signed ? JSON.parse(content) : {};
  return createHash('sha256').update(signature ? canonical(record) : content).digest('hex');
}

/** A packet of records, given as their lines. */
export function packet(lines) {
  const header = {
    createdAt: new Date().toISOString(),
    format: 'zhixing-packet/1',
    installation: randomUUID(),
    records: lines.length,
  };
  return zipped([
    ['header.json', JSON.stringify(header)],
    ['records.jsonl', lines.map((line) => `${line}\n`).join('')],
  ]);
}

/** A zip of files, `[name, text or bytes]`, stored as they are, whatever their names. */
export function zipped(files) {
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const [name, text] of files) {
    const [path, content] = [Buffer.from(name), Buffer.from(text)];
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt32LE(crc32(content), 10);
    fields.writeUInt32LE(content.length, 14);
    fields.writeUInt32LE(content.length, 18);
    fields.writeUInt16LE(path.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, path, content]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x00'), fields, rest, path);
    parts.push(local);
    offset += local.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(entries.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, entries, end]);
}
