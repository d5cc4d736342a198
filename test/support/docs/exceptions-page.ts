import { exceptionCodes } from '../../../packages/read-models/src/index.js';
import { code, generated, page, table } from './markdown.js';

/** `docs/exceptions.md` */
export const exceptionsPage = (): string =>
  page(
    '# Exceptions',
    generated,
    'What an auditor looks into: the closed set of codes that the read model `exceptions` notes, asked for with `listExceptions` of `@probono/read-models`. An exception is no fault. It is what the rules let pass, or could not see, and somebody should look at; it stays when what it tells of is put right later. Each names the event that showed it, with its stream, revision and position, who acted in which role, and both axes of time: when it was recorded, and the day on which it takes effect.',
    Object.entries(exceptionCodes).flatMap(([id, { what, subject, facts }]) => [
      `## ${id}`,
      what,
      table(
        ['field', 'what it is'],
        [['`subject`', subject], ...Object.entries<string>(facts).map(([fact, meaning]) => [code(fact), meaning])],
      ),
    ]),
  );
