// Records as other installations make them: each tied to the one before.

import { createHash, randomUUID } from 'node:crypto';

/** The learner, as long as nobody is signed in. */
export const LEARNER = { homePage: 'tag:zhixing.example,2026:local', name: 'another-device' };

/** Somebody of the class. */
const ofClass = (name) => ({ homePage: 'tag:zhixing.example,2026:class', name });

/** Records of one installation, each tied to the one before; `actor` is a name of the class, or an actor. */
export function* chain(count, body, installation = randomUUID()) {
  let prev = null;
  for (let seq = 1; seq <= count; seq += 1) {
    const { kind, audience, registration, actor, at, ...rest } = body(seq);
    const record = {
      actor: typeof actor === 'string' ? ofClass(actor) : actor,
      audience,
      body: rest.body,
      id: randomUUID(),
      installation,
      kind,
      prev,
      recordedAt: new Date(at).toISOString(),
      registration,
      seq,
      v: 1,
    };
    const line = canonical(record);
    prev = createHash('sha256').update(line).digest('hex');
    yield line;
  }
}

/** RFC 8785 for what stands in a record: members sorted by name. */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.keys(value).sort();
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}`;
}
