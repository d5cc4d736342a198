import { domain } from '@probono/domain';
import { code, generated, page, table } from './markdown.js';
import { rulesOfCommands } from './sources.js';

const prefixOf = (rule: string): string => rule.slice(0, rule.indexOf('.'));

const byEveryCommand = new Set(['role.not-allowed', 'command.id-reused']);

const commandsOf = (rule: string): string => {
  if (byEveryCommand.has(rule)) return 'every command';
  const commands = [...rulesOfCommands].filter(([, rules]) => rules.has(rule)).map(([command]) => command);
  return commands.sort().map(code).join(', ');
};

const section = (prefix: string): readonly string[] => [
  `## ${prefix}`,
  ...Object.entries(domain.rules)
    .filter(([id]) => prefixOf(id) === prefix)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([id, { severity, message, source }]) => [
      `### ${id}`,
      [
        `- **${severity}**${source === undefined ? '' : ` · ${source}`}`,
        `- fr: ${message.fr}`,
        `- en: ${message.en}`,
        `- looked at by ${commandsOf(id)}`,
      ].join('\n'),
    ]),
];

/** `docs/rules.md` */
export const rulesPage = (): string => {
  const prefixes = [...new Set(Object.keys(domain.rules).map(prefixOf))].sort();
  const counts = (severity: string) => Object.values(domain.rules).filter((rule) => rule.severity === severity).length;
  return page(
    '# Rules',
    generated,
    'Every rule that a decision may look at, by its stable id. A refusal gives all its reasons at once; `explain` lists what was looked at for accepted commands too. In the messages `{name}` stands for the fact of that name.',
    table(
      ['severity', 'meaning', 'rules'],
      [
        ['`refuse`', 'not allowed', String(counts('refuse'))],
        ['`justify`', 'allowed with a written justification, which the event then carries', String(counts('justify'))],
        ['`warn`', 'allowed, and the event carries the finding', String(counts('warn'))],
      ],
    ),
    'The severity is the one by default: a [legal framework](frameworks.md) may be milder, and names its own source. _Looked at by_ is read from the code: the commands whose decision, or what it calls, names the rule.',
    prefixes.flatMap(section),
  );
};
