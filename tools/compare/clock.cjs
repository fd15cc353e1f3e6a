/**
 * Loaded before a program (`node --require`): its clock is the number of milliseconds in the file
 * that COMPARE_CLOCK names, so that two runs see the same time. Timers still run in real time.
 */
const { openSync, readSync } = require('node:fs');

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
