import type { PlannedSession, Post } from './post.js';
import { startOf } from './post.js';
import { MINUTE, type Scene } from './scene.js';

type Data = Readonly<Record<string, unknown>>;

const often = 0.05;

/** What agents get wrong when they declare hours, and are told. */
export const mistakeAtDeclaring = (scene: Scene, post: Post, data: Data, next: PlannedSession | undefined): void => {
  const { random } = scene;
  if (!random.chance(often)) return;
  const { agent, minutes } = post;
  const { sessionId: _session, start, ...bare } = data;
  const as = (actor: string, expected: string, change: Data): void => {
    scene.give('DeclareHours', { ...bare, entryId: scene.id(), ...change }, actor, 'agent', { expected });
  };
  const mistakes = [
    () => as(agent.personId, 'hours.overlap', { start, minutes: 30 }),
    () => as(agent.personId, 'hours.not-positive', { start, minutes: 0 }),
    () => as(agent.personId, 'hours.daily-limit', { minutes: 660 }),
    () => as(agent.managerId, 'role.not-designated', { start, minutes: 30 }),
    () => {
      if (next !== undefined && startOf(post, next) + minutes * MINUTE > scene.now)
        as(agent.personId, 'hours.in-the-future', { workDate: next.date, start: next.start });
    },
  ];
  random.pick(mistakes)();
};

/** What goes wrong before a tutor confirms; `entry` names an entry that is declared. */
export const mistakeAtConfirming = (scene: Scene, { agent, cohort, field, minutes }: Post, entry: Data): void => {
  const { random } = scene;
  if (!random.chance(often)) return;
  const { personId, hr } = agent;
  const unknown = { ...entry, entryId: scene.id() };
  const tooMuch = { ...entry, deltaMinutes: -minutes - 1 };
  const mistakes = [
    ['ConfirmHours', entry, cohort.host.representative, 'tutor', 'role.not-designated'],
    ['ConfirmHours', entry, personId, 'agent', 'role.not-allowed'],
    ['ValidateHours', entry, hr, 'hr', 'hours.wrong-state'],
    ['ConfirmHours', unknown, field.tutor, 'tutor', 'hours.unknown-entry'],
    ['CorrectHours', tooMuch, personId, 'agent', 'hours.correction-below-zero'],
  ] as const;
  const [command, data, actor, role, expected] = random.pick(mistakes);
  scene.give(command, data, actor, role, { expected });
};
