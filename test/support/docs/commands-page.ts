import { domain, Role } from '@probono/domain';
import { commandSchemas } from '../../../packages/cli/src/commands/schema.js';
import { fieldsOf } from './fields.js';
import { anchor, code, generated, page, table } from './markdown.js';
import { descriptions, rulesOfCommands } from './sources.js';

interface Described {
  readonly roles: readonly string[];
  readonly data: unknown;
}

const short: Readonly<Record<string, string>> = {
  programme_officer: 'officer',
  host_representative: 'host',
  home_representative: 'home',
  ethics_officer: 'ethics',
};

/** `docs/commands.md` */
export const commandsPage = (): string => {
  const { commands } = commandSchemas(domain) as { commands: Record<string, Described> }; // what it returns
  const categories = Object.values(domain.aggregates).map(({ category }) => category);
  const ofCategory = (category: string) =>
    Object.entries(domain.handlers)
      .filter(([, { aggregate }]) => aggregate.category === category)
      .map(([name]) => name);
  const roles = Role.options.filter((role) => Object.values(commands).some((command) => command.roles.includes(role)));
  const matrix = categories.flatMap((category) =>
    ofCategory(category).map((name) => [
      `[${name}](#${anchor(name)})`,
      ...roles.map((role) => (commands[name]?.roles.includes(role) ? '●' : '')),
    ]),
  );
  const section = (name: string): readonly string[] => [
    `### ${name}`,
    descriptions.get(name) ?? '',
    `By ${(commands[name]?.roles ?? []).map(code).join(', ')}.`,
    table(
      ['field', 'type', ''],
      fieldsOf(commands[name]?.data).map(({ path, type, optional }) => [code(path), type, optional ? 'optional' : '']),
    ),
    `Rules: ${[...(rulesOfCommands.get(name) ?? [])].sort().map(code).join(', ')}.`,
  ];
  return page(
    '# Commands',
    generated,
    'Who may give which command. Beside the role, the actor must be the one meant: the agent in person, the tutor of that host or mission, HR and manager of that employer, a party’s representative. A programme officer and the system are known by their role alone; an auditor gives no command.',
    table(['command', ...roles.map((role) => short[role] ?? role)], matrix),
    categories.flatMap((category) => [`## ${category}`, ...ofCategory(category).flatMap(section)]),
  );
};
