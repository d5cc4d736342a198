import { addDays, type LocalDate, lastDayOfMonths } from '@probono/domain';
import { type Agent, engage } from './agents.js';
import { bindConvention } from './convention.js';
import { endCohort } from './ending.js';
import { proposeMissions } from './mission.js';
import { accredit, type Home, type Host, registerPerson } from './organisations.js';
import { placeAgent } from './placement.js';
import { DAY, HOUR, MINUTE, type Scene, utc } from './scene.js';

/** Two parties that make one convention after the other, for so many agents at a time. */
export interface Partnership {
  readonly home: Home;
  readonly host: Host;
  readonly officer: string;
  /** Another officer: who settles a contest did not take part in it. */
  readonly otherOfficer: string;
  readonly size: number;
}

/** A mission as its agents need to know it. */
export interface Field {
  readonly missionId: string;
  readonly tutor: string;
  readonly rhythm: { readonly count: number; readonly per: 'week' | 'fortnight' | 'month'; readonly minutes?: number };
}

/** The agents whom one convention lends, and when. */
export interface Cohort extends Partnership {
  readonly conventionId: string;
  readonly from: LocalDate;
  readonly to: LocalDate;
  /** Of the text that is signed. */
  readonly version: number;
  readonly noticeDays: number;
  readonly pooled: boolean;
  readonly agents: readonly Agent[];
}

const months = 6;
const allotted = 9000;
const placesPerMission = 8;

const managersFor = (scene: Scene, { home, officer, size }: Partnership): readonly string[] =>
  Array.from({ length: Math.ceil(size / 8) }, () => registerPerson(scene, officer, home.zone));

/**
 * Begins a cohort on `day`: people, missions, convention, applications; in force five days later, for six months. When
 * it is over the next one follows, with other agents.
 */
export const beginCohort = (scene: Scene, parties: Partnership, day: LocalDate): void => {
  const { random } = scene;
  const { home, host, officer } = parties;
  const managers = managersFor(scene, parties);
  const agents = Array.from({ length: parties.size }, () => engage(scene, officer, home, random.pick(managers)));
  const from = addDays(day, 5);
  const cohort: Cohort = {
    ...parties,
    conventionId: scene.id(),
    from,
    to: lastDayOfMonths(from, months),
    version: random.chance(0.15) ? 2 : 1,
    noticeDays: random.pick([14, 28]),
    pooled: random.chance(0.2),
    agents,
  };
  accredit(scene, officer, home, host);
  const fields = proposeMissions(scene, cohort, Math.ceil(parties.size / placesPerMission), placesPerMission);
  bindConvention(scene, cohort, day, cohort.pooled ? allotted * agents.length : undefined);
  agents.forEach((agent, i) => {
    const field = fields[i % fields.length];
    if (field === undefined) return;
    scene.later(utc(addDays(day, 1), '08:00') + random.below(180) * MINUTE, () =>
      placeAgent(scene, cohort, agent, field, cohort.pooled ? allotted : undefined),
    );
  });
  endCohort(scene, cohort, fields);
  scene.later(utc(cohort.to) + (3 + random.below(10)) * DAY + random.below(4) * HOUR, () =>
    beginCohort(scene, parties, addDays(cohort.to, 14)),
  );
};
