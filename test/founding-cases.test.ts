import { describe, expect, test } from '@jest/globals';
import { type AssignmentState, type ConventionState, LocalDate, statusOn } from '@probono/domain';
import { driee, type GivenCommand, julien, valerie } from '@probono/testing';
import { type ExampleLine, linesOf } from './support/example-files.js';
import { openScene } from './support/scene.js';

type Written = Pick<ExampleLine | GivenCommand, 'command' | 'data'>;
type Data = Readonly<Record<string, unknown>> & { readonly terms?: Readonly<Record<string, unknown>> };

/** What makes a case that case, wherever it is written down. */
const gist = (lines: readonly Written[]) => {
  const firstOf = (command: string): Data => {
    const line = lines.find((one) => one.command === command);
    if (line === undefined) throw new Error(`there is no ${command}`);
    return line.data as Data; // of a form that the schemas checked
  };
  const [home, host] = lines
    .filter(({ command }) => command === 'RegisterOrganisation')
    .map(({ data }) => data as Data);
  const { name } = firstOf('RegisterPerson');
  const { branch, status, from: employedFrom } = firstOf('StartEmployment');
  const { kind, title, rhythm, skills, beneficiaries, site, seats } = firstOf('ProposeMission');
  const { framework, from, to, quota, reimbursement, noticeDays } = firstOf('DraftConvention').terms ?? {};
  const { start, minutes, from: firstSession, to: lastSession } = firstOf('PlanSessionSeries');
  const { workDate, minutes: worked } = firstOf('DeclareHours');
  return {
    organisations: [home?.name, home?.kind, home?.purpose, host?.name, host?.kind, host?.purpose],
    agent: { name, branch, status, employedFrom },
    mission: { kind, title, rhythm, skills, beneficiaries, site, seats },
    convention: { framework, from, to, quota, reimbursement, noticeDays },
    sessions: { start, minutes, firstSession, lastSession },
    hours: { workDate, worked },
  };
};

describe.each([
  ['1-driee-fne.ndjson', driee],
  ['2-julien.ndjson', julien],
  ['3-valerie.ndjson', valerie],
])('the case of %s', (file, tell) => {
  test('is built with the parties, terms and days that the examples tell it with', () => {
    expect(gist(tell('validated').commands)).toEqual(gist(linesOf(file)));
  });

  test('given as commands to an application, it leaves an agent at work under a convention in force', async () => {
    const { commands, agent, lending, place } = tell('validated');
    const scene = openScene();
    await scene.all(commands);
    const convention = await scene.state<ConventionState>(`convention-${lending.conventionId}`);
    expect(statusOn(convention, LocalDate.parse(lending.from))).toBe('in_force');
    const assignment = await scene.state<AssignmentState>(`assignment-${place.assignmentId}`);
    expect(assignment).toMatchObject({
      status: 'assigned',
      applied: { personId: agent.id },
    });
  });
});
