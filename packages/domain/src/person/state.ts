import type * as z from 'zod';
import type { Aggregate } from '../kernel/aggregate.js';
import type { PersonId } from '../kernel/identifiers.js';
import type { Personal } from '../kernel/personal.js';
import type { LocalDate } from '../time/types.js';
import type {
  accident,
  contactPreferences,
  employment,
  keyDestruction,
  leave,
  PersonFact,
  personDetails,
  secondment,
} from './events.js';
import { personEvents } from './events.js';

/** A value that holds from a day on, until the next one. */
export interface From<T> {
  readonly from: LocalDate;
  readonly value: T;
}

/** One employment; a person may have several at once. */
export interface Employment extends z.output<typeof employment> {
  /** Last day employed. */
  endedOn?: LocalDate;
  /** Minutes of duty a week, in the order recorded. */
  readonly duties: From<number>[];
  /** Euro cents a year, charges included. */
  readonly costs: From<number>[];
  readonly managers: From<PersonId>[];
}

/** A period with one host under one convention. */
export type Secondment = z.output<typeof secondment>;
/** A leave that was granted; both ends are days of it. */
export type Leave = z.output<typeof leave>;

/** A person as their events left them; what is personal reads as erased once the key is gone. */
export interface PersonState {
  registered?: z.output<typeof personDetails>;
  readonly employments: Record<string, Employment>;
  skills?: Personal<readonly string[]>;
  careerStage?: Personal<string>;
  contact?: z.output<typeof contactPreferences>;
  /** By convention: the period as it was recorded last. */
  readonly secondments: Record<string, Secondment>;
  readonly leaves: Leave[];
  readonly accidents: z.output<typeof accident>[];
  /** Set once the key of the person was destroyed: what was personal cannot be read again. */
  keyDestroyed?: z.output<typeof keyDestruction>;
}

/** Someone the programme knows: agent, manager, tutor, representative or volunteer. */
export const person: Aggregate<PersonState, PersonFact> = {
  category: 'person',
  events: personEvents,
  initial: () => ({ employments: {}, secondments: {}, leaves: [], accidents: [] }),
  evolve(draft, event) {
    switch (event.type) {
      case 'PersonRegistered':
        draft.registered = event.data;
        return;
      case 'EmploymentStarted':
        draft.employments[event.data.employmentId] = { ...event.data, duties: [], costs: [], managers: [] };
        return;
      case 'EmploymentEnded': {
        const ended = draft.employments[event.data.employmentId];
        if (ended) ended.endedOn = event.data.on;
        return;
      }
      case 'ServiceDutySet': {
        const { employmentId, from, weeklyMinutes } = event.data;
        draft.employments[employmentId]?.duties.push({ from, value: weeklyMinutes });
        return;
      }
      case 'LoadedCostSet': {
        const { employmentId, from, centsPerYear } = event.data;
        draft.employments[employmentId]?.costs.push({ from, value: centsPerYear });
        return;
      }
      case 'ManagerSet': {
        const { employmentId, from, personId } = event.data;
        draft.employments[employmentId]?.managers.push({ from, value: personId });
        return;
      }
      case 'SkillsUpdated':
        draft.skills = event.data.skills;
        return;
      case 'CareerStageDeclared':
        draft.careerStage = event.data.stage;
        return;
      case 'ContactPreferencesChanged':
        draft.contact = event.data;
        return;
      case 'SecondmentRecorded':
        draft.secondments[event.data.conventionId] = event.data;
        return;
      case 'LeaveGranted':
        draft.leaves.push(event.data);
        return;
      case 'AccidentReported':
        draft.accidents.push(event.data);
        return;
      case 'SubjectKeyDestroyed':
        draft.keyDestroyed = event.data;
        return;
      default:
        event satisfies never;
    }
  },
};
