import { type Past, past, scenarios } from '@probono/testing';
import { assignmentRules } from '../src/assignment/index.js';
import { CampaignOpened, MissionJoinedCampaign } from '../src/campaign/events.js';
import { campaignHandlersFor, campaignRules } from '../src/campaign/index.js';
import { benevolatLibre } from '../src/framework/benevolat-libre.js';
import { frameworks } from '../src/framework/frameworks.js';
import { kernelRules } from '../src/kernel/rules.js';
import { MissionApproved, MissionProposed } from '../src/mission/events.js';
import { missionHandlers, missionRules } from '../src/mission/index.js';
import { PersonRegistered } from '../src/person/events.js';
import { personRules } from '../src/person/index.js';
import * as L from './lending.js';

export const campaignId = L.uuid(80);
export const onCampaign = `campaign-${campaignId}` as const;
/** A volunteer, a mission, an organisation or an assignment, told apart by its number. */
export const volunteer = (n: number): string => L.uuid(1000 + n);
export const mission = (n: number): string => L.uuid(2000 + n);
export const host = (n: number): string => L.uuid(3000 + n);
export const seat = (n: number): string => L.uuid(4000 + n);

export const rules = { ...kernelRules, ...missionRules, ...assignmentRules, ...personRules, ...campaignRules };
export const { given } = scenarios({
  handlers: [...campaignHandlersFor([...frameworks, { ...benevolatLibre, version: 2 }]), ...missionHandlers],
  rules,
});

/** In Île-de-France, on Friday 22 October 2027. */
export const details = {
  region: '11',
  cause: "Lever les freins à l'emploi",
  on: '2027-10-22',
  zone: 'Europe/Paris',
  occasion: 'pro_bono_week' as const,
};
export const opened = past(onCampaign, CampaignOpened.parse(details));
export const joined = (n: number): Past =>
  past(onCampaign, MissionJoinedCampaign.parse({ missionId: mission(n), hostId: host(n) }));
/** An approved mission. */
export const approved = (n: number, change: { seats?: number; hostId?: string; campaignId?: string } = {}) => [
  past(`mission-${mission(n)}`, MissionProposed.parse({ ...L.proposal, hostId: host(n), seats: 10, ...change })),
  past(`mission-${mission(n)}`, MissionApproved.parse({ withinPurpose: true, skillsUseful: true })),
];
export const known = (n: number): Past =>
  past(
    `person-${volunteer(n)}`,
    PersonRegistered.parse({ locale: 'fr', zone: 'Europe/Paris', name: `Volontaire ${n}`, email: `v${n}@example.org` }),
  );

/** Who acts, a week before, unless another day is said. */
export const officer = (date = '2027-10-15') => ({ actor: L.officer.actor, at: `${date}T09:00:00Z` });
export const inPerson = (n: number, date = '2027-10-15') => ({
  actor: { id: volunteer(n), role: 'agent' },
  at: `${date}T09:00:00Z`,
});
