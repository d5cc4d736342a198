import type { Command } from 'commander';

const words = (command: Command): string =>
  [...command.commands.map((sub) => sub.name()), ...command.options.map(({ long }) => long)].join(' ');

/** A bash completion script for a command and its subcommands, two levels deep. */
export const completion = (program: Command): string => {
  const word = (index: string): string => `"\${COMP_WORDS[${index}]}"`;
  const cases = program.commands.map((sub) => `    ${sub.name()}) words="${words(sub)}" ;;`);
  return [
    '_probono() {',
    '  local words',
    `  case ${word('1')} in`,
    ...cases,
    `    *) words="${words(program)}" ;;`,
    '  esac',
    `  COMPREPLY=($(compgen -W "$words" -- ${word('COMP_CWORD')}))`,
    '}',
    'complete -o default -F _probono probono',
  ].join('\n');
};
