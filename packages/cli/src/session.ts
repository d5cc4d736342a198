import {
  type Configuration,
  configurationFrom,
  configurationFromFile,
  openProBono,
  type ProBono,
  type ProBonoOptions,
  startTelemetry,
} from 'probono';
import type { Terminal } from './terminal.js';

/** Options that every command takes. */
export interface GlobalOptions {
  readonly store?: string;
  readonly config?: string;
  readonly json?: boolean;
  readonly debug?: boolean;
}

/** What a command is run with. */
export interface Session {
  readonly terminal: Terminal;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Aborted by Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
}

/** The configuration: `--store` over the environment over `--config`. */
export const configurationOf = async (session: Session, options: GlobalOptions): Promise<Configuration> => {
  const environment = {
    // A person at a terminal reads answers, not the log; those who want it say so.
    PROBONO_LOG_LEVEL: 'warn',
    ...session.environment,
    ...(options.store === undefined ? {} : { PROBONO_STORE: options.store }),
  };
  return options.config === undefined
    ? configurationFrom(environment)
    : configurationFromFile(options.config, environment);
};

/** Opens Pro Bono for the length of `work`, and closes it whatever happens. */
export const withProBono = async <T>(
  session: Session,
  options: GlobalOptions,
  work: (proBono: ProBono) => Promise<T>,
  openOptions: ProBonoOptions = {},
): Promise<T> => {
  const configuration = await configurationOf(session, options);
  const stopTelemetry = await startTelemetry('probono', session.environment);
  try {
    const proBono = await openProBono(configuration, openOptions);
    try {
      return await work(proBono);
    } finally {
      await proBono.close();
    }
  } finally {
    await stopTelemetry();
  }
};
