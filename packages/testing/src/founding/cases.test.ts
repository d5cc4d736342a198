import { describe, expect, test } from '@jest/globals';
import {
  type AgentTimeState,
  type ConventionState,
  DeclareHours,
  domain,
  forceOn,
  LocalDate,
  type MissionState,
  PersonId,
  type ScheduleState,
  standingEntries,
  streamName,
} from '@probono/domain';
import { idOf } from '../cast.js';
import { commandOf } from '../given-command.js';
import { scenarios } from '../scenario.js';
import { hoursOf } from '../steps-lending.js';
import { stages } from './case.js';
import { driee } from './driee.js';
import { julien } from './julien.js';
import { valerie } from './valerie.js';

const { given } = scenarios({ handlers: Object.values(domain.handlers), rules: domain.rules });

describe.each([
  ['Claire at France Nature Environnement', driee, 12],
  ['Julien, who tutors', julien, 47],
  ['Valérie, before she retires', valerie, 12],
])('%s', (_, tell, sessions) => {
  test.each(stages)('is told up to where it is %s, every command of it accepted', (stage) => {
    const { commands, history, at } = tell(stage);
    expect(commands.length).toBeGreaterThan(10);
    expect(history.length).toBeGreaterThanOrEqual(commands.length);
    expect(commands.at(-1)?.meta.at).toBe(at);
    expect(new Set(commands.map(({ meta }) => meta.commandId)).size).toBe(commands.length);
  });

  test('goes on, from stage to stage, where it stopped', () => {
    for (const [index, stage] of stages.entries()) {
      const before = tell(stages[index - 1] ?? stage).commands;
      expect(tell(stage).commands.slice(0, before.length)).toEqual(before);
    }
  });

  test('is in force once assigned, and takes the hours that the agent declares', () => {
    const { history, agent, lending, place } = tell();
    const told = given(...history);
    const convention = told.state(streamName('convention', lending.conventionId)) as ConventionState;
    expect(forceOn(convention, PersonId.parse(agent.id), LocalDate.parse(lending.from))).toBe('in_force');
    const mission = told.state(streamName('mission', place.host.missionId)) as MissionState;
    expect(mission.seatsTaken).toBe(1);
    const data = hoursOf(place, { entryId: idOf(1), workDate: '2026-02-03', minutes: 120 });
    const { command, meta } = commandOf(DeclareHours, agent, '2026-02-04T09:00:00Z', data);
    told.when(command, data, meta).expectFindings();
  });

  test('has its sessions planned, and its first hours validated', () => {
    const { history, agent, place, entryId } = tell('validated');
    const told = given(...history);
    const schedule = told.state(streamName('schedule', place.assignmentId)) as ScheduleState;
    expect(Object.keys(schedule.sessions)).toHaveLength(sessions);
    const time = told.state(streamName('agenttime', agent.id)) as AgentTimeState;
    expect(standingEntries(time)).toMatchObject([{ status: 'validated' }]);
    expect(Object.keys(time.entries)).toEqual([entryId]);
  });
});

test('the cases can be told side by side, in one log', () => {
  const all = [driee('validated'), julien('validated'), valerie('validated')].flatMap(({ history }) => history);
  expect(new Set(all.map(({ stream }) => stream)).size).toBeGreaterThan(20);
  expect(given(...all).history).toHaveLength(all.length);
});
