import { expect, test } from '@jest/globals';
import type { Command } from 'commander';
import { programOf } from './program.js';

const silent = { out: async () => {}, note: () => {}, interactive: false };
const program = programOf({ terminal: silent, environment: {}, signal: AbortSignal.abort() }, () => {});
const withSubcommands = (command: Command): readonly Command[] => [
  command,
  ...command.commands.flatMap(withSubcommands),
];

test('every command and option says what it does, and every help names the options that all take', () => {
  const commands = withSubcommands(program);
  expect(commands.length).toBeGreaterThan(15);
  for (const command of commands) {
    expect([command.name(), command.description()]).toEqual([command.name(), expect.stringMatching(/./)]);
    for (const { long, description } of command.options)
      expect([long, description]).toEqual([long, expect.stringMatching(/./)]);
    expect(command.helpInformation()).toMatch(/^Usage: probono.*--store <url>.*--json/s);
  }
});
