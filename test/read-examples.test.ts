import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  campaigns,
  contributionsByYear,
  listCampaigns,
  listPartnerships,
  openReadModels,
  partnerships,
  partnershipTrajectory,
} from '../packages/read-models/src/index.js';
import { engines, type FreshDatabase, freshDatabase } from './support/databases.js';
import { linesOf } from './support/example-files.js';
import { openExamples } from './support/examples.js';

// Written by hand from what the stories tell; nothing here is computed.
const YEARS = [
  [2015, 'financial', 1_500_000, 0],
  [2016, 'financial', 1_500_000, 0],
  [2016, 'in_kind', 240_000, 0],
  [2017, 'financial', 1_000_000, 0],
  [2017, 'in_kind', 360_000, 0],
  [2018, 'in_kind', 0, 0],
  [2018, 'skills', 378_000, 5_040],
  [2019, 'skills', 0, 8_400],
];
const STAGES = [
  { stage: 'opened', on: '2015-06-15' },
  { stage: 'financial', on: '2015-06-15' },
  { stage: 'in_kind', on: '2016-11-15' },
  { stage: 'skills', on: '2018-10-19' },
];
const WAY = [
  'opened',
  'financial',
  '→ financial',
  'financial',
  'in_kind',
  '→ in_kind',
  'financial',
  'in_kind',
  'in_kind',
];
const FACTORY = {
  ...{ region: '11', cause: 'Lever les freins à l’emploi', on: '2026-10-23', occasion: 'pro_bono_week' },
  ...{ missions: 20, hosts: 20, volunteers: 200, placed: 200, seats: 200, seatsTaken: 200 },
  ...{ minutes: 0, validatedMinutes: 0, deliverables: 20 },
  closed: { missions: 20, hosts: 20, volunteers: 200, placed: 200 },
};

describe.each(engines)('the stories, as read models tell them on %s', (engine) => {
  let database: FreshDatabase;
  const sql = () => database.client;
  beforeAll(async () => {
    database = await freshDatabase(engine);
    const { give, store, codec } = openExamples();
    for (const file of ['more/5-paris-la-defense.ndjson', 'more/6-probono-factory.ndjson']) await give(linesOf(file));
    const now = () => new Date(0);
    const readModels = openReadModels({ sql: sql(), store, codec, projections: [partnerships, campaigns], now });
    await readModels.migrate();
    for (const name of readModels.names) expect(await readModels.advance(name)).toBe('idle');
  }, 120_000);
  afterAll(() => database.drop());

  test('Paris La Défense goes from money in 2015 over gifts in kind to skills', async () => {
    const [partnership, ...others] = await listPartnerships(sql(), {});
    expect(others).toEqual([]);
    expect(partnership).toMatchObject({ stage: 'skills', stages: STAGES });
    const given = await contributionsByYear(sql(), {});
    expect(given.map(({ year, kind, cents, minutes }) => [year, kind, cents, minutes])).toEqual(YEARS);
    const way = await partnershipTrajectory(sql(), {});
    const told = way.map(({ step, stage, kind }) => (step === 'advanced' ? `→ ${stage}` : (kind ?? stage)));
    expect(told).toEqual([...WAY, 'skills', '→ skills', 'skills']);
  });

  test('the Probono Factory seats two hundred volunteers at twenty associations', async () => {
    expect(await listCampaigns(sql(), {})).toMatchObject([FACTORY]);
  });
});
