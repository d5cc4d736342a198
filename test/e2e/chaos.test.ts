import { describe, expect, jest, test } from '@jest/globals';
import { postgresUrl, redisUrl } from '../support/databases.js';
import { start } from '../support/processes.js';

const patienceMs = 540_000;
jest.setTimeout(patienceMs);
// It kills its servers, so it starts its own: the run's only tell that this machine has the programs.
const withServers = postgresUrl === undefined || redisUrl === undefined ? describe.skip : describe;
const { POSTGRES_URL, REDIS_URL } = process.env;
const given = POSTGRES_URL !== undefined || REDIS_URL !== undefined;

(given ? describe.skip : withServers)('chaos', () => {
  test('for two rounds loses nothing, does nothing twice, and leaves read models as the log has them', async () => {
    const chaos = start('test/chaos/dist/chaos/main.js', ['--rounds', '2', '--seed', '1', '--json']);
    const { code, stdout, stderr } = await chaos.ended(patienceMs);
    const { faults, commandsAcknowledged, eventsFound, mailsSent, mailsTwice, ...figures } = JSON.parse(stdout);
    expect({ figures, code, stderr }).toEqual({
      figures: { rounds: 2, lost: 0, duplicated: 0, outOfOrder: 0, projectionsDiverged: 0 },
      code: 0,
      stderr: expect.any(String),
    });
    expect(Object.keys(faults).length).toBeGreaterThan(4);
    expect(commandsAcknowledged).toBeGreaterThan(300);
    expect(eventsFound).toBeGreaterThan(commandsAcknowledged);
    expect(mailsSent).toBeGreaterThan(mailsTwice);
  });
});
