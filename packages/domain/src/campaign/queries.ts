import type { CampaignTotals } from './events.js';
import type { CampaignState } from './state.js';

/** Where a campaign stands. */
export type CampaignStatus = 'none' | 'open' | 'closed';

/** Where the campaign stands. */
export const campaignStatus = ({ opened, closed }: Readonly<CampaignState>): CampaignStatus =>
  closed !== undefined ? 'closed' : opened !== undefined ? 'open' : 'none';

/**
 * What the campaign comes to so far: those who withdrew are not counted, nor are missions that were cancelled, which
 * place nobody.
 */
export const campaignTotals = (
  { missions, volunteers }: Readonly<CampaignState>,
  cancelled: ReadonlySet<string>,
): CampaignTotals => {
  const held = Object.entries(missions).filter(([missionId]) => !cancelled.has(missionId));
  const placements = Object.values(volunteers);
  return {
    missions: held.length,
    hosts: new Set(held.map(([, hostId]) => hostId)).size,
    volunteers: placements.length,
    placed: placements.filter((placement) => placement !== null && !cancelled.has(placement.missionId)).length,
  };
};
