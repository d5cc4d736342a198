import { fileURLToPath } from 'node:url';
import { domain } from '@probono/domain';
import { Command, InvalidArgumentError } from 'commander';
import { completion } from './commands/completion.js';
import type { CopyOptions } from './commands/copy.js';
import { execute } from './commands/execute.js';
import { explain } from './commands/explain.js';
import { projectionActions, projectionsStatus } from './commands/projections.js';
import { reconcile } from './commands/reconcile.js';
import { remindersPreview, remindersStatus } from './commands/reminders.js';
import { asyncApi, commandSchemas, eventSchemas } from './commands/schema.js';
import { show, state } from './commands/show.js';
import { work } from './commands/work.js';
import { demo } from './demo/demo.js';
import { type ExitCode, exitCodes } from './exit.js';
import { inputOf } from './input.js';
import { type GlobalOptions, type Session, withProBono } from './session.js';
import { json } from './terminal.js';

/** The checkout this file lies in: packages/cli/dist/program.js. */
const root = fileURLToPath(new URL('../../..', import.meta.url));

const whole = (text: string): number => {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) throw new InvalidArgumentError('expected a whole number from 1');
  return number;
};

/** commander's complaint as one line that ends in what to do next. */
const oneLine = (text: string): string =>
  `probono: ${text
    .replace(/^error: /, '')
    .trim()
    .replace(/\.?\s*\n\s*/g, ' ')}; see probono --help`;

/** The whole command line. `ended` receives the exit code of the command that ran. */
export const programOf = (session: Session, ended: (code: ExitCode) => void): Command => {
  const program = new Command('probono')
    .description('Event-sourced mécénat de compétences: conventions, missions, hours; for people and scripts.')
    .exitOverride()
    .configureOutput({
      writeErr: (text) => session.terminal.note(text.trimEnd()),
      outputError: (text, write) => write(oneLine(text)),
    })
    .configureHelp({ showGlobalOptions: true })
    .showSuggestionAfterError()
    .option('--store <url>', 'the event log: pglite:DIR, postgres://…, memory: (or PROBONO_STORE)')
    .option('--config <file>', 'a JSON file of settings by their PROBONO_… names')
    .option('--json', 'print machine-readable output, and nothing else, on stdout')
    .option('--debug', 'print the stack of an unexpected error');
  const globals = (): GlobalOptions => program.opts<GlobalOptions>();

  program
    .command('execute <file>')
    .description('execute commands, one JSON object a line; - reads standard input')
    .option('--demonstration', 'create the store as a demonstration: meta.at then sets the clock')
    .action(async (file: string, { demonstration }: { demonstration?: boolean }) => {
      const input = await inputOf(file, session.signal);
      const run = withProBono(session, globals(), (p) => execute(session, p, input, globals().json === true), {
        ...(demonstration ? { demonstration } : {}),
      });
      ended(await run);
    });

  program
    .command('explain <file>')
    .description('decide without writing: every rule looked at, its outcome, facts and source')
    .action(async (file: string) => {
      const input = await inputOf(file, session.signal);
      ended(await withProBono(session, globals(), (p) => explain(session, p, input, globals().json === true)));
    });

  program
    .command('schema')
    .description('JSON Schema of every command and event version, or an AsyncAPI document')
    .option('--events', 'events only')
    .option('--commands', 'commands only')
    .option('--asyncapi', 'an AsyncAPI 3 document of the log')
    .action(async (wanted: { events?: boolean; commands?: boolean; asyncapi?: boolean }) => {
      const document = wanted.asyncapi
        ? asyncApi(domain)
        : {
            ...(wanted.events && !wanted.commands ? {} : commandSchemas(domain)),
            ...(wanted.commands && !wanted.events ? {} : eventSchemas(domain)),
          };
      await session.terminal.out(json(document, globals().json ? undefined : 2));
    });

  program
    .command('show <stream>')
    .description('the events of a stream, such as convention-ID, one a line')
    .action(async (stream: string) => ended(await withProBono(session, globals(), (p) => show(session, p, stream))));

  program
    .command('state <stream>')
    .description('the folded state of a stream, as of both axes of time')
    .option('--recorded <instant>', 'only what was recorded by then, such as 2026-03-02T09:00:00Z')
    .option('--effective <date>', 'only what is effective by then, such as 2026-03-02')
    .action(async (stream: string, asOf: { recorded?: string; effective?: string }) =>
      ended(await withProBono(session, globals(), (p) => state(session, p, stream, asOf))),
    );

  const projections = program.command('projections').description('the read models');
  projections
    .command('status')
    .description('state, position and lag of every read model')
    .action(async () =>
      ended(await withProBono(session, globals(), (p) => projectionsStatus(session, p, globals().json === true))),
    );
  for (const [action, description] of [
    ['rebuild', 'build a new generation beside the old one and switch to it'],
    ['retry', 'replay parked events, and let a failed read model go on'],
    ['pause', 'stop a read model where it is'],
    ['resume', 'let a paused read model go on'],
  ] as const)
    projections
      .command(`${action} <name>`)
      .description(description)
      .action(async (name: string) => {
        await withProBono(session, globals(), async (p) =>
          session.terminal.note(await projectionActions[action](p, name)),
        );
        ended(exitCodes.done);
      });

  const reminders = program.command('reminders').description('the reminders');
  reminders
    .command('status')
    .description('what is due, what was sent')
    .action(async () =>
      ended(await withProBono(session, globals(), (p) => remindersStatus(session, p, globals().json === true))),
    );
  reminders
    .command('preview')
    .description('what would be sent')
    .option('--until <instant>', 'up to this moment; by default a week from now')
    .action(async ({ until }: { until?: string }) =>
      ended(await withProBono(session, globals(), (p) => remindersPreview(session, p, until, globals().json === true))),
    );

  program
    .command('reconcile [names...]')
    .description('rebuild read models aside and compare them with what is read, row by row; all unless named')
    .action(async (names: readonly string[]) =>
      ended(await withProBono(session, globals(), (p) => reconcile(session, p, names, globals().json === true))),
    );

  program
    .command('work')
    .description('host the workers: read models, the clerk, reminders')
    .action(async () => ended(await withProBono(session, globals(), (p) => work(session, p), { hosting: true })));

  program
    .command('copy')
    .description('copy a log to another store, which is empty or an earlier copy, and verify it; again goes on')
    .requiredOption('--from <url>', 'the log to copy: pglite:DIR, postgres://… or esdb://…')
    .requiredOption('--to <url>', 'where to: pglite:DIR, postgres://… or esdb://…')
    .action(async (options: CopyOptions) => {
      // Loaded when it is asked for, with the clients of all stores.
      const { copy } = await import('./commands/copy.js');
      ended(await copy(session, options, globals().json === true));
    });

  program
    .command('simulate')
    .description('a realistic load, the same for the same seed')
    .requiredOption('--agents <n>', 'how many agents', whole)
    .requiredOption('--months <n>', 'over how many months', whole)
    .option('--seed <n>', 'the seed', whole, 1)
    .action(async (load: { agents: number; months: number; seed: number }) => {
      // Loaded when it is asked for: no other command needs it.
      const { simulate } = await import('./commands/simulate.js');
      ended(
        await withProBono(session, globals(), (p) => simulate(session, p, load, globals().json === true), {
          demonstration: true,
        }),
      );
    });

  program
    .command('demo')
    .description('the main job (npm start): the examples, executed on a clock that moves, with all workers')
    .option('--once', 'end after the job')
    .option('--all', 'play every story; without --once that is so unless told otherwise')
    .option('--no-all', 'play the three founding stories only; with --once that is so unless told otherwise')
    .option('--json', 'print one line of JSON')
    .action(async ({ once, all, json: own }: { once?: boolean; all?: boolean; json?: boolean }) =>
      ended(
        await demo(session, {
          root,
          ...(once ? { once } : {}),
          ...(all === undefined ? {} : { all }),
          ...(own || globals().json ? { json: true } : {}),
        }),
      ),
    );

  program
    .command('completion')
    .description('a completion script for bash: eval "$(probono completion)"')
    .action(async () => session.terminal.out(completion(program)));

  return program;
};
