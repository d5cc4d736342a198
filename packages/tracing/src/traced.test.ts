import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type HeardSpans, hearSpans } from '../../../test/support/spans.js';
import { traced, traceIdOf } from './index.js';

const one = '0190a000-0000-7000-8000-00000000000A';
const other = '0190a000-0000-7000-8000-00000000000b';
const by = 'test';

test('without an SDK the work is done, and nobody hears', async () => {
  expect(await traced({ by, name: 'work' }, async ({ heard }) => heard)).toBe(false);
});

describe('a span', () => {
  let spans: HeardSpans;
  beforeAll(() => {
    spans = hearSpans();
  });
  afterAll(() => spans.stop());

  test('stands in the trace of its correlation id, as what is done in it does', async () => {
    await traced({ by, name: 'outer', trace: { correlationId: one } }, () =>
      traced({ by, name: 'inner' }, async (span) => span.say({ count: 2 })),
    );
    const [inner, outer] = spans.taken();
    expect(inner).toMatchObject({ name: 'inner', attributes: { count: 2 } });
    expect(inner?.parentSpanContext?.spanId).toBe(outer?.spanContext().spanId);
    expect(outer?.spanContext().traceId).toBe('0190a00000007000800000000000000a');
    expect(traceIdOf(one)).toBe(outer?.spanContext().traceId);
  });

  test('begun under another links to it, and does not join its trace', async () => {
    await traced({ by, name: 'request', trace: 'own' }, () =>
      traced({ by, name: 'command', trace: { correlationId: one } }, async () => {}),
    );
    const [command, request] = spans.taken();
    expect(command?.spanContext().traceId).toBe(traceIdOf(one));
    expect(command?.links.map(({ context }) => context.spanId)).toEqual([request?.spanContext().spanId]);
  });

  test('of a batch links to every command once, and is told of in the trace of each', async () => {
    await traced({ by, name: 'batch', trace: 'own', links: [one, other, one] }, async (span) =>
      span.tell('part', [one, other, one]),
    );
    const [first, second, batch] = spans.taken();
    expect(batch?.links.map(({ context }) => context.traceId)).toEqual([one, other].map(traceIdOf));
    expect([first, second].map((span) => span?.spanContext().traceId)).toEqual([one, other].map(traceIdOf));
    expect(first?.links.map(({ context }) => context.spanId)).toEqual([batch?.spanContext().spanId]);
  });

  test('that fails says which error, not what it quotes', async () => {
    const work = async () => {
      throw new RangeError('Jeanne Martin is not a number');
    };
    await expect(traced({ by, name: 'work' }, work)).rejects.toThrow(RangeError);
    const [span] = spans.taken();
    expect(span?.status).toEqual({ code: 2, message: 'RangeError' });
    expect(span?.events).toEqual([]);
  });
});
