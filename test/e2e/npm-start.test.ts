import { afterEach, expect, jest, test } from '@jest/globals';
import { type Ended, endProcesses, jsonLines, type Running, start } from '../support/processes.js';

// These use the checkout's own var/demo: end a demonstration of yours first.
jest.setTimeout(400_000);
const job = (): Running => start('packages/cli/bin/start.mjs', ['--once', '--json'], { input: '' });
const stay = (): Running => start('packages/cli/bin/start.mjs', ['--json'], { input: '' });
const end = (running: Running): Promise<Ended> => running.ended(180_000);

afterEach(endProcesses);

test('npm start stops on Ctrl-C, keeps others away while it runs, and after all that does its job', async () => {
  const interrupted = job();
  await interrupted.said(/50 of \d+ commands/, 120_000);
  interrupted.signal('SIGSTOP'); // it is still there when the second comes, however slow the machine

  const second = await end(job());
  expect([second.code, second.stdout]).toEqual([2, '']);
  const complaints = second.stderr.split('\n').filter((line) => line !== '' && !/^probono: (built|waiting)/.test(line));
  expect(complaints).toEqual([
    expect.stringMatching(/^probono: The database in .* is open in process \d+ .* Stop that process/),
  ]);

  interrupted.signal('SIGINT');
  interrupted.signal('SIGCONT');
  const stopped = await end(interrupted);
  expect([stopped.code, stopped.stdout]).toEqual([2, '']);

  const { code, stdout } = await end(job());
  expect(code).toBe(0);
  const [summary, ...more] = jsonLines(stdout);
  expect(more).toEqual([]);
  expect(summary).toEqual({
    profile: 'embedded',
    commands: expect.any(Number),
    events: expect.any(Number),
    conventions: 3,
    conventionsInForce: 3,
    missions: 3,
    assignments: 3,
    sessionsPlanned: expect.any(Number),
    minutesValidated: 4140 + 4405 + 4110,
    remindersSent: expect.any(Number),
    mailbox: expect.stringMatching(/var\/demo\/mail$/),
    projections: expect.any(Array),
    sealed: null,
    verified: null,
    elapsedMs: expect.any(Number),
  });
  const { remindersSent, events, commands, projections } = summary as {
    // checked above, name by name
    readonly [figure in 'remindersSent' | 'events' | 'commands']: number;
  } & {
    readonly projections: readonly { readonly name: string; readonly position: number; readonly lagEvents: number }[];
  };
  expect(remindersSent).toBeGreaterThan(0);
  expect(events).toBeGreaterThanOrEqual(commands);
  expect(projections.length).toBeGreaterThan(5);
  for (const projection of projections)
    expect(projection).toEqual({ name: expect.any(String), position: expect.any(Number), lagEvents: 0 });
});

test('npm start without --once plays every story, stays up with its workers, and ends well on Ctrl-C', async () => {
  const staying = stay();
  await staying.said(/workers stay up: \S+healthz/, 380_000);
  staying.signal('SIGINT');
  const { code, stdout } = await end(staying);
  expect(code).toBe(0);
  const [summary] = jsonLines(stdout);
  // On 26 October 2026 one convention of the five is in force: Hélène's.
  expect(summary).toMatchObject({ conventions: 5, conventionsInForce: 1, missions: 26, assignments: 10 });
});
