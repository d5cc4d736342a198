import { answer, decideWith, domain, parseCommand } from '../../packages/domain/dist/index.js';
import { agentTimeLog, folded, id } from './agent-time-log.mjs';
import { alternate, perSecond } from './measure.mjs';

const times = 2000;

/** One decision on a state of 1,000 events, against checking the form of its command. */
export const decide = async () => {
  const state = await folded(agentTimeLog(1000));
  const input = {
    command: 'ConfirmHours',
    data: { personId: id(1), entryId: id(10_332) },
    meta: { actor: { id: id(7), role: 'tutor' } },
  };
  const defaults = { recordedAt: '2026-03-02T09:00:00.000Z', commandId: id(5) };
  const declare = {
    ...input,
    command: 'DeclareHours',
    data: {
      ...{ personId: id(1), entryId: id(9), assignmentId: id(3), workDate: '2020-12-01', minutes: 60 },
      activity: 'atelier',
    },
    meta: { actor: { id: id(1), role: 'agent' } },
  };
  const results = [];
  for (const one of [input, declare]) {
    const parsed = parseCommand(domain, one, defaults);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.invalid));
    const handler = domain.handlers[one.command];
    const others = new Map();
    const stateOf = ({ aggregate }) => {
      if (aggregate.category === 'agenttime') return state;
      if (!others.has(aggregate.category)) others.set(aggregate.category, aggregate.initial());
      return others.get(aggregate.category);
    };
    const work = () => {
      for (let n = 0; n < times; n++) answer(decideWith(handler, domain.rules, parsed.command), stateOf);
    };
    const check = () => {
      for (let n = 0; n < times; n++) parseCommand(domain, one, defaults);
    };
    results.push(
      await alternate({
        ...{ name: `decide ${one.command}`, unit: 'decisions/s' },
        subject: () => perSecond(times, work),
        floor: () => perSecond(times, check),
      }),
    );
  }
  return results;
};
