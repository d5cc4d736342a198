import { runHost } from '@probono/queue';
import { clearFailure, configurationFrom, openProBono } from 'probono';
import { type Setting, settingName } from './setting.js';
import { poisoned, witnessOf } from './witness.js';

// A worker as the product composes it, but for its clock, its lease, and the mistake that was planted in it.
const setting = JSON.parse(process.env[settingName] ?? '') as Setting; // what startWorker() wrote
let now = setting.now;
let moved = (): void => {};
process.on('message', (told: number) => {
  now = told;
  moved();
});
process.on('disconnect', () => process.exit(0));

try {
  const proBono = await openProBono(configurationFrom(process.env), {
    clock: () => new Date(now + setting.offsetMs),
    reminderLeaseMs: setting.leaseMs,
    hosting: true,
    projections: (own) =>
      [...own, witnessOf(setting.types)].map((projection) =>
        setting.poison?.projection === projection.name ? poisoned(projection, setting.poison) : projection,
      ),
  });
  moved = () => proBono.workers.clockMoved();
  try {
    await runHost({
      loops: proBono.workers.loops.map((loop) => ({ ...loop, tickMs: setting.tickMs })),
      queue: await proBono.queue(),
      logger: proBono.logger,
      onReady: () => process.send?.('up'),
    });
  } finally {
    await proBono.close();
  }
  process.exit(0);
} catch (error) {
  const clear = clearFailure(error);
  process.stderr.write(`${clear ?? (error instanceof Error ? error.stack : String(error))}\n`);
  process.exit(clear === undefined ? 70 : 2);
}
