import { agentTimeLog, folded } from './agent-time-log.mjs';
import { alternate, perSecond } from './measure.mjs';

const [events, times] = [1000, 60];

/** Bytes to state, against `JSON.parse` alone of the same bytes. */
export const fold = async () => {
  const stored = agentTimeLog(events);
  const state = await folded(stored);
  const entries = Object.values(state.entries);
  if (entries.length !== 333 || entries.some(({ status }) => status !== 'validated')) throw new Error('folded wrongly');
  const parse = () => {
    for (let n = 0; n < times; n++)
      for (const { body } of stored)
        JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8'));
  };
  const work = async () => {
    for (let n = 0; n < times; n++) await folded(stored);
  };
  const all = events * times;
  return [
    await alternate({
      ...{ name: 'fold', unit: 'events/s', rounds: 11 },
      subject: () => perSecond(all, work),
      floor: () => perSecond(all, parse),
    }),
  ];
};
