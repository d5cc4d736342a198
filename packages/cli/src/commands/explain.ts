import type { Decision } from '@probono/domain';
import type { ProBono } from 'probono';
import { type ExitCode, exitCodes } from '../exit.js';
import { heard } from '../heard.js';
import { linesOf } from '../ndjson.js';
import type { Session } from '../session.js';
import { json } from '../terminal.js';
import { maxLineBytes, toldInvalid } from './execute.js';
import { lineChecker } from './line.js';

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
export const explain = async (
  session: Session,
  proBono: ProBono,
  input: AsyncIterable<Uint8Array>,
  asJson: boolean,
): Promise<ExitCode> => {
  const { out } = session.terminal;
  const check = lineChecker(proBono);
  let code: ExitCode = exitCodes.done;
  for await (const line of linesOf(input, maxLineBytes)) {
    await heard();
    if (session.signal.aborted) return exitCodes.failed;
    const checked = check(line);
    if ('invalid' in checked) {
      code = exitCodes.no;
      await out(asJson ? json(checked) : toldInvalid(checked));
      continue;
    }
    const decision = await proBono.application.explain(checked.command);
    if (!decision.accepted) code = exitCodes.no;
    await out(asJson ? json(resultOf(checked.line, decision)) : toldResult(checked.line, decision));
  }
  // A signal ends the input too: what it would still have held is not done.
  return session.signal.aborted ? exitCodes.failed : code;
};
