import type { AmendmentDelta, ConventionTerms } from './terms.js';

/** The terms with what an amendment changes. */
export const amended = (terms: ConventionTerms, delta: AmendmentDelta): ConventionTerms => {
  const poolMinutes = delta.poolMinutes ?? terms.poolMinutes;
  const reimbursement = delta.reimbursement ?? terms.reimbursement;
  return {
    ...terms,
    agents: delta.agents ?? terms.agents,
    activities: delta.activities ?? terms.activities,
    site: delta.site ?? terms.site,
    to: delta.to ?? terms.to,
    quota: delta.quota ?? terms.quota,
    clauses: delta.clauses ?? terms.clauses,
    noticeDays: delta.noticeDays ?? terms.noticeDays,
    ...(poolMinutes === undefined ? {} : { poolMinutes }),
    ...(reimbursement === undefined ? {} : { reimbursement }),
  };
};
