import type { AgentRow, HomeRow, HostRow } from '../framework/columns.js';
import { holdsOn } from '../framework/validity.js';
import type { EmploymentId } from '../kernel/identifiers.js';
import { accreditationOn } from '../organisation/queries.js';
import type { OrganisationState } from '../organisation/state.js';
import { employedOn, employmentOf } from '../person/queries.js';
import type { Employment } from '../person/state.js';
import type { LocalDate } from '../time/types.js';
import type { Rules } from './standing.js';
import type { ConventionTerms } from './terms.js';
import type { Judged, TermsContext } from './terms-context.js';

const admitsHome = (row: HomeRow, { registered }: Readonly<OrganisationState>, day: LocalDate): boolean =>
  registered !== undefined &&
  holdsOn(row, day) &&
  row.kind === registered.kind &&
  (row.ownTaxation === undefined || registered.ownTaxation === true) &&
  (row.moreInhabitantsThan === undefined || (registered.inhabitants ?? 0) > row.moreInhabitantsThan);

/** How a host shows that a row admits it. */
const shown: Readonly<
  Record<NonNullable<HostRow['by']>[number], (host: Readonly<OrganisationState>, terms: ConventionTerms) => boolean>
> = {
  public_utility: ({ registered }) => registered?.publicUtility === true,
  category_238bis: ({ evidence }) => Object.values(evidence).some(({ category238bis }) => category238bis !== undefined),
  public_service_mission: (_host, { clauses }) => clauses.includes('public_service_mission'),
};

const admitsHost = (row: HostRow, host: Readonly<OrganisationState>, terms: ConventionTerms, day: LocalDate): boolean =>
  holdsOn(row, day) &&
  row.kind === host.registered?.kind &&
  (row.by === undefined || row.by.some((by) => shown[by](host, terms)));

const admitsAgent = (row: AgentRow, { status, branch }: Readonly<Employment>, day: LocalDate): boolean =>
  holdsOn(row, day) &&
  (row.status === undefined || row.status === status) &&
  (row.branch === undefined || row.branch === branch);

/** Looks at who may lend and who may host; true when the home administration may. */
export const judgeOrganisations = (
  rules: Rules,
  { terms, framework, day, today }: Judged,
  ctx: TermsContext,
): boolean => {
  const { homeId, hostId } = terms;
  const at = { framework: framework.id, day };
  const homeFits = rules.require(
    'convention.home-not-eligible',
    framework.homes.value.some((row) => admitsHome(row, ctx.home, day)),
    { ...at, organisationId: homeId, kind: ctx.home.registered?.kind ?? 'none' },
    { source: framework.homes.source },
  );
  const two = rules.require('convention.same-organisation', homeId !== hostId, { organisationId: homeId });
  if (!two) return homeFits;
  const hostFits = rules.require(
    'convention.host-not-eligible',
    framework.hosts.value.some((row) => admitsHost(row, ctx.host, terms, day)),
    { ...at, organisationId: hostId, kind: ctx.host.registered?.kind ?? 'none' },
    { source: framework.hosts.source },
  );
  if (hostFits && framework.accreditation.value) {
    const status = accreditationOn(ctx.host, homeId, today);
    const facts = { hostId, homeId, day: today, status };
    rules.require('convention.host-not-accredited', status === 'accredited', facts);
  }
  return homeFits;
};

/** Looks at whether the agents are the home administration's, and of a status that the framework admits. */
export const judgeAgents = (rules: Rules, { terms, framework, day }: Judged, ctx: TermsContext): void => {
  const employed = (personId: string, employmentId: EmploymentId): Readonly<Employment> | undefined => {
    const state = ctx.persons.get(personId);
    const employment = state && employmentOf(state, employmentId);
    const fits = employment?.employerId === terms.homeId && state && employedOn(state, employmentId, day);
    return fits ? employment : undefined;
  };
  const strangers: string[] = [];
  const refused: string[] = [];
  const doubtful: { personId: string; severity: 'justify' | 'warn'; source: string | undefined }[] = [];
  for (const { personId, employmentId } of terms.agents) {
    const employment = employed(personId, employmentId);
    const rows = employment ? framework.agents.value.filter((row) => admitsAgent(row, employment, day)) : [];
    const [mildest] = rows;
    if (employment === undefined) strangers.push(personId);
    else if (mildest === undefined) refused.push(personId);
    else if (rows.every(({ severity }) => severity !== undefined)) {
      const severity = rows.some((row) => row.severity === 'warn') ? 'warn' : 'justify';
      doubtful.push({ personId, severity, source: mildest.source });
    }
  }
  const none = strangers.length === 0;
  rules.require('convention.agent-not-of-home', none, { homeId: terms.homeId, day, personIds: strangers });
  const eligible = (
    personIds: readonly string[],
    severity: 'refuse' | 'justify' | 'warn',
    source = framework.agents.source,
  ): boolean =>
    rules.require(
      'convention.agent-not-eligible',
      personIds.length === 0,
      { framework: framework.id, day, personIds },
      { severity, source },
    );
  eligible(refused, 'refuse');
  for (const severity of ['justify', 'warn'] as const) {
    const some = doubtful.filter((agent) => agent.severity === severity);
    const personIds = some.map(({ personId }) => personId);
    if (some.length > 0) eligible(personIds, severity, some[0]?.source);
  }
};
