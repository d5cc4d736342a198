import type { CampaignTotals } from './events.js';
import type { CampaignState } from './state.js';

/** Where a campaign stands. */
export type CampaignStatus = 'none' | 'open' | 'closed';

/** Where the campaign stands. */
export const campaignStatus = ({ opened, closed }: Readonly<CampaignState>): CampaignStatus =>
  closed !== undefined ? 'closed' : opened !== undefined ? 'open' : 'none';

/** What the campaign comes to so far: those who withdrew are not counted. */
export const campaignTotals = ({ missions, volunteers }: Readonly<CampaignState>): CampaignTotals => {
  const placements = Object.values(volunteers);
  return {
    missions: Object.keys(missions).length,
    hosts: new Set(Object.values(missions)).size,
    volunteers: placements.length,
    placed: placements.filter((placement) => placement !== null).length,
  };
};
