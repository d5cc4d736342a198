import type { ProBono } from 'probono';
import { type ExitCode, exitCodes } from '../exit.js';
import type { Session } from '../session.js';
import { json } from '../terminal.js';
import { known } from './projections.js';

/** The name under which the reminders' ledger is reported, beside the projections. */
const ledgerName = 'reminder_ledger';

/** One line of `reconcile --json`. */
export interface ReconciledLine {
  readonly name: string;
  readonly rows: number;
  readonly missing: number;
  readonly extra: number;
  readonly different: number;
  readonly sound: boolean;
  /** Of a projection. */
  readonly position?: bigint | null;
  readonly state?: string;
  readonly parked?: number;
  readonly unfoldable?: number;
  readonly differences: readonly {
    readonly table: string;
    readonly key: readonly string[];
    readonly finding: string;
    readonly columns?: readonly string[];
  }[];
}

const reconciled = async (proBono: ProBono, name: string, signal: AbortSignal): Promise<ReconciledLine> => {
  if (name === ledgerName) {
    const { differences, ...counts } = await proBono.workers.reminders.reconcile(signal);
    return {
      name,
      missing: 0,
      ...counts,
      differences: differences.map(({ reminderId, personId, finding }) => ({
        table: 'claims',
        key: [reminderId, personId],
        finding,
      })),
    };
  }
  const { position = null, ...line } = await proBono.readModels.reconcile(name, { signal });
  return { ...line, position };
};

/**
 * Rebuilds read models aside and compares them with what is read; the reminders' ledger is held against the log.
 * The answer is "no" when a row differs, an event waits, or a projection has stopped or is paused.
 */
export const reconcile = async (
  { terminal, signal }: Session,
  proBono: ProBono,
  names: readonly string[],
  asJson: boolean,
): Promise<ExitCode> => {
  const all = [...proBono.readModels.names, ledgerName];
  const wanted = names.length === 0 ? all : [...new Set(names)].map((name) => known(all, name));
  const lines: ReconciledLine[] = [];
  for (const name of wanted) {
    const line = await reconciled(proBono, name, signal);
    lines.push(line);
    if (asJson) continue;
    await terminal.out(told(line));
    for (const { table, key, finding, columns } of line.differences)
      await terminal.out(
        `  ${table} ${key.join(' ')}: ${finding}${columns === undefined ? '' : ` (${columns.join(', ')})`}`,
      );
  }
  if (asJson) await terminal.out(json(lines));
  return lines.every(({ sound }) => sound) ? exitCodes.done : exitCodes.no;
};

const told = ({
  name,
  position,
  state,
  rows,
  missing,
  extra,
  different,
  parked = 0,
  unfoldable = 0,
  sound,
}: ReconciledLine) => {
  const place = position === undefined ? '' : ` at ${position ?? 'the beginning'}`;
  const troubles = [
    ...[`${missing} missing`, `${extra} too many`, `${different} different`],
    ...(parked > 0 ? [`${parked} events parked`] : []),
    ...(unfoldable > 0 ? [`${unfoldable} streams that cannot be rebuilt`] : []),
    ...(state === undefined || state === 'live' || state === 'booting' ? [] : [state]),
  ];
  return `${name}${place}: ${rows} rows, ${sound ? 'as the log has them' : troubles.join(', ')}`;
};
