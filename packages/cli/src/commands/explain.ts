import type { Decision } from '@probono/domain';
import type { ProBono } from 'probono';
import { type ExitCode, exitCodes } from '../exit.js';
import type { Session } from '../session.js';
import { json } from '../terminal.js';
import { eachCommand } from './each-command.js';

const resultOf = (line: number, decision: Decision): Record<string, unknown> =>
  decision.accepted
    ? {
        line,
        accepted: true,
        events: decision.events.map(({ type, stream }) => ({ type, stream })),
        warnings: decision.findings,
        examined: decision.examined,
      }
    : { line, accepted: false, refusals: decision.refusals, examined: decision.examined };

const marks = { holds: '  ✓', warn: '  !', justify: '  ?', refuse: '  ✗', 'not-examined': '  –' } as const;

const toldResult = (line: number, decision: Decision): string => {
  const head = decision.accepted
    ? `line ${line}: would be accepted: ${decision.events.map(({ type }) => type).join(', ') || 'already so'}`
    : `line ${line}: would be refused`;
  const rules = decision.examined.map(({ rule, outcome, message, facts, source }) => {
    const why = outcome === 'holds' ? '' : ` — ${message.fr} / ${message.en}`;
    return `${marks[outcome]} ${rule} ${json(facts)}${why}${source === undefined ? '' : ` [${source}]`}`;
  });
  return [head, ...rules].join('\n');
};

/** Decides each line on the store as it stands, writes nothing, and tells every rule that was looked at. */
export const explain = (
  session: Session,
  proBono: ProBono,
  input: AsyncIterable<Uint8Array>,
  asJson: boolean,
): Promise<ExitCode> =>
  eachCommand(session, proBono, input, asJson, async (line, command) => {
    const decision = await proBono.application.explain(command);
    await session.terminal.out(asJson ? json(resultOf(line, decision)) : toldResult(line, decision));
    return decision.accepted ? exitCodes.done : exitCodes.no;
  });
