import type { LogRecord } from './log.js';
import type { Streams } from './protocol.js';

/** A server-side filter of the whole log. */
export interface Filter {
  passes(record: LogRecord): boolean;
  /** A checkpoint is sent each time so many events were considered. */
  readonly checkpointEvery: number;
}

const defaultWindow = 32;

/** The filter of a read; undefined when everything is asked for. */
export const filterOf = (options: Streams.ReadReq.Options): Filter | undefined => {
  const filter = options.getFilter();
  if (filter === undefined) return undefined;
  const onStream = filter.getStreamIdentifier();
  const expression = onStream ?? filter.getEventType();
  if (expression === undefined) return undefined;
  const subjectOf = (record: LogRecord) => (onStream === undefined ? record.type : record.stream);
  const matches = matcherOf(expression);
  const window = filter.hasMax() ? filter.getMax() : defaultWindow;
  return {
    passes: (record) => matches(subjectOf(record)),
    checkpointEvery: window * Math.max(1, filter.getCheckpointintervalmultiplier()),
  };
};

const matcherOf = (expression: Streams.ReadReq.Options.FilterOptions.Expression): ((value: string) => boolean) => {
  const prefixes = expression.getPrefixList();
  if (prefixes.length > 0) return (value) => prefixes.some((prefix) => value.startsWith(prefix));
  const regex = new RegExp(expression.getRegex(), 'u');
  return (value) => regex.test(value);
};
