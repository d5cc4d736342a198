import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { traceIdOf } from '@probono/tracing';
import { type FreshDatabase, freshDatabase } from '../../../../test/support/databases.js';
import { type HeardSpans, hearSpans } from '../../../../test/support/spans.js';
import { beginBench } from '../../test/bench.js';
import { counted, tallies } from '../../test/tallies.js';

let spans: HeardSpans;
let database: FreshDatabase;
beforeAll(async () => {
  spans = hearSpans();
  database = await freshDatabase('pglite');
});
afterAll(async () => {
  await spans.stop();
  await database.drop();
});

test('a batch is a span, told of in the trace of each command that it took in; a rebuild is told of in none', async () => {
  const bench = await beginBench(database, 'postgres');
  const readModels = bench.open([tallies()]);
  await readModels.migrate();
  await bench.log.record('review-a', counted(1));
  await readModels.advance('tallies');
  expect(spans.taken()).toMatchObject([
    { name: 'project batch tallies', links: [], attributes: { 'probono.state': 'booting', 'probono.events': 1 } },
  ]);

  await bench.log.record('review-b', counted(2), counted(3));
  await readModels.advance('tallies');
  const [first, second, batch] = spans.taken();
  expect(batch).toMatchObject({
    attributes: {
      'probono.projection': 'tallies',
      'probono.state': 'live',
      'probono.from': 1,
      'probono.to': 3,
      'probono.events': 2,
      'probono.outcome': 'moved',
      'probono.lag_seconds': 60,
    },
  });
  // The log of these tests gives every event a correlation of its own.
  const traces = [2, 3].map((n) => traceIdOf(`00000000-0000-5000-8000-00000000000${n}`));
  expect([first, second].map((span) => [span?.name, span?.spanContext().traceId])).toEqual(
    traces.map((trace) => ['project tallies', trace]),
  );
  expect(batch?.links.map(({ context }) => context.traceId)).toEqual(traces);
});
