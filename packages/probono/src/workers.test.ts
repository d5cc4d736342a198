import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { configurationFrom } from './configuration.js';
import { openProBono, type ProBono } from './pro-bono.js';

describe('an append', () => {
  let proBono: ProBono;
  let rung: string[];
  beforeEach(async () => {
    const settings = { PROBONO_STORE: 'memory:', PROBONO_MAIL: 'file:mail', PROBONO_LOG_LEVEL: 'silent' };
    proBono = await openProBono(configurationFrom(settings));
    rung = [];
    const queue = await proBono.queue();
    proBono.workers.ringThrough({ ...queue, bell: { ...queue.bell, ring: (topic) => void rung.push(topic) } });
  });
  afterEach(() => proBono.close());

  const appended = () => proBono.workers.appended(new Set(['HoursDeclared']));

  test('wakes the read models that want its events', () => {
    appended();
    expect(rung).toEqual(expect.arrayContaining(['projection.hours', 'projection.reminder_plan']));
    expect(rung).not.toContain('projection.missions');
  });

  test('wakes, in bulk, only those that a worker acts on; afterwards all again', async () => {
    await proBono.workers.inBulk(async () => appended());
    expect(rung).toContain('projection.reminder_plan');
    expect(rung).not.toContain('projection.hours');
    await expect(
      proBono.workers.inBulk(async () => {
        throw new Error('cut short');
      }),
    ).rejects.toThrow('cut short');
    appended();
    expect(rung).toContain('projection.hours');
  });
});
