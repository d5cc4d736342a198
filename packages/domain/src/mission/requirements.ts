import { sameFacts } from '../kernel/digest.js';
import type { MissionId } from '../kernel/identifiers.js';
import type { Judgement } from '../kernel/judgement.js';
import type { KernelRuleId } from '../kernel/rules.js';
import type { Zone } from '../time/types.js';
import type { MissionRuleId } from './rules.js';
import type { MissionState, MissionStatus } from './state.js';

/** The rules that decisions on missions may look at. */
export type RuleId = MissionRuleId | KernelRuleId;

/** The clock of the place where the mission is. */
export const siteZone = ({ proposed }: Readonly<MissionState>): Zone | undefined => proposed?.site.zone;

/** Looks at whether the mission stands where the command needs it. */
export const requireStatus = (
  judgement: Judgement<MissionRuleId>,
  missionId: MissionId,
  { status }: Readonly<MissionState>,
  expected: readonly MissionStatus[],
): boolean =>
  judgement.require('mission.wrong-state', expected.includes(status), { missionId, status, expected: [...expected] });

/** Looks at whether an id is new, or stands for the very same facts; returns whether it is already so. */
export const requireNew = (
  judgement: Judgement<MissionRuleId>,
  missionId: MissionId,
  id: string,
  known: unknown,
  facts: unknown,
): boolean => {
  const again = known !== undefined && sameFacts(known, facts);
  judgement.require('mission.wrong-state', known === undefined || again, {
    missionId,
    id,
    status: `${id} recorded`,
    expected: `${id} not recorded`,
  });
  return again;
};
