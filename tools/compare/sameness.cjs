/**
 * Loaded before a program (`node --require`), so that two runs of it see the same time and make ids
 * in the same order.
 *
 * The clock is the number of milliseconds in the file that COMPARE_CLOCK names; timers still run in
 * real time. Random bytes hold a count, as ids of one millisecond are sorted by their chance.
 */
const crypto = require('node:crypto');
const { openSync, readSync } = require('node:fs');
const { syncBuiltinESMExports } = require('node:module');

const file = openSync(process.env.COMPARE_CLOCK ?? '', 'r');
const digits = Buffer.alloc(13);

function now() {
  readSync(file, digits, 0, digits.length, 0);
  return Number(digits.toString('latin1'));
}

const SystemDate = Date;
SystemDate.now = now;
globalThis.Date = new Proxy(SystemDate, {
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length > 0 ? args : [now()], newTarget),
  apply: (target) => new target(now()).toString(),
});

const { randomBytes } = crypto;
let drawn = 0;

crypto.randomBytes = (size, callback) => {
  if (callback || size < 16) return randomBytes(size, callback);
  const bytes = randomBytes(size);
  drawn += 1;
  // An id takes five bits of a byte for a letter; the library draws its last letter first.
  for (let at = 0; at < 5; at += 1) {
    const letter = ((drawn >> (5 * (4 - at))) & 31) << 3;
    bytes[at] = letter;
    bytes[15 - at] = letter;
  }
  return bytes;
};
syncBuiltinESMExports();
