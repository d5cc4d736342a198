import type { Round } from './round.js';

/** What `pnpm chaos --json` prints. */
export interface Figures {
  readonly rounds: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly commandsAcknowledged: number;
  readonly eventsFound: number;
  readonly lost: number;
  readonly duplicated: number;
  readonly outOfOrder: number;
  readonly mailsSent: number;
  readonly mailsTwice: number;
  readonly projectionsDiverged: number;
}

/** Sums rounds up, and tells on stderr how each went. */
export interface Report {
  add(
    played: Round | { readonly failed: string },
    of: { readonly seed: number; readonly round: number; readonly ms: number },
  ): void;
  figures(): Figures;
  told(): string;
  /** True when all rounds came to their ends and nothing was found. */
  sound(): boolean;
}

export const openReport = (): Report => {
  const faults = new Map<string, number>();
  const sums = {
    rounds: 0,
    ...{ commandsAcknowledged: 0, eventsFound: 0, lost: 0, duplicated: 0, outOfOrder: 0 },
    ...{ mailsSent: 0, mailsTwice: 0, projectionsDiverged: 0 },
  };
  let sound = true;
  const note = (line: string): void => void process.stderr.write(`${line}\n`);
  const fail = (lines: readonly string[], seed: number, round: number): void => {
    sound = false;
    for (const line of lines) note(`  ${line}`);
    note(`  again: pnpm chaos --seed ${seed} --first ${round} --rounds 1`);
  };
  const figures = (): Figures => ({ ...sums, faults: Object.fromEntries([...faults].sort()) });

  return {
    add(played, { seed, round, ms }) {
      sums.rounds += 1;
      const time = `${(ms / 1000).toFixed(1)} s`;
      if ('failed' in played) {
        note(`round ${round}: ${time}, did not come to its end`);
        return fail([played.failed], seed, round);
      }
      for (const [kind, count] of played.faults) faults.set(kind, (faults.get(kind) ?? 0) + count);
      sums.commandsAcknowledged += played.commandsAcknowledged;
      sums.eventsFound += played.eventsFound;
      sums.lost += played.lost.length;
      sums.duplicated += played.duplicated.length;
      sums.outOfOrder += played.outOfOrder.length;
      sums.mailsSent += played.mailsSent;
      sums.mailsTwice += played.mailsTwice.length;
      sums.projectionsDiverged += played.projectionsDiverged.length;
      const done = [...played.faults].map(([kind, count]) => `${count} ${kind}`).join(', ');
      note(`round ${round}: ${time}, ${played.commandsAcknowledged} commands, ${played.mailsSent} mails; ${done}`);
      if (played.excused > 0)
        note(`  ${played.excused} mails went out twice: their sender was cut off right after the server's 250`);
      const wrong = [
        ...[...played.lost, ...played.duplicated, ...played.outOfOrder, ...played.projectionsDiverged],
        ...(played.mailsTwice.length > played.excused ? played.mailsTwice.map((id) => `twice: ${id}`) : []),
        ...played.troubles,
      ];
      if (wrong.length > 0) fail(wrong, seed, round);
    },
    figures,
    told: () =>
      Object.entries(figures())
        .map(([name, figure]) => `${name}: ${typeof figure === 'object' ? JSON.stringify(figure) : figure}`)
        .join('\n'),
    sound: () => sound,
  };
};
