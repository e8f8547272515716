// Every scene by its name: a data file's `scene` is one of these.
import { scenes as m1 } from './m1.mjs';
import { scenes as m2 } from './m2.mjs';
import { scenes as m3 } from './m3.mjs';
import { scenes as m4 } from './m4.mjs';

export const scenes = { ...m1, ...m2, ...m3, ...m4 };
