import type { ProposeMission, RegisterOrganisation, Role, StartEmployment } from '@probono/domain';
import type * as z from 'zod';
import type { Who } from './given-command.js';

/** What is registered of an organisation, but for its id. */
export type OrganisationDetails = Omit<z.input<typeof RegisterOrganisation.schema>, 'organisationId'>;
/** What is proposed as a mission, but for its id and its host's. */
export type MissionDetails = Omit<z.input<typeof ProposeMission.schema>, 'missionId' | 'hostId'>;

/** An administration that lends, with those who act for it. */
export interface Home {
  readonly organisationId: string;
  readonly details: OrganisationDetails;
  readonly representative: Who;
  readonly hr: Who;
  readonly authority: Who;
  /** The manager of everyone employed there. */
  readonly manager: Who;
}

/** An association with those who act for it, and one mission. */
export interface Host {
  readonly organisationId: string;
  readonly details: OrganisationDetails;
  readonly representative: Who;
  readonly tutor: Who;
  readonly missionId: string;
  readonly mission: MissionDetails;
}

/** Someone employed by an administration. */
export interface Agent extends Who {
  readonly home: Home;
  readonly name: string;
  readonly employmentId: string;
  readonly employment: Pick<z.input<typeof StartEmployment.schema>, 'branch' | 'status' | 'from'>;
}

/** A made-up UUIDv7, told apart by its number. */
export const idOf = (n: number): string => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`;

const as = (n: number, role: Role): Who => ({ id: idOf(n), role });

/** The officer of the programme. */
export const officer: Who = as(9000, 'programme_officer');
/** The worker that issues dated commands. */
export const clerk: Who = { id: 'system:clerk', role: 'system' };

/** Where the made-up people are: in Paris, with the holidays of mainland France. */
export const paris = { place: 'Paris', zone: 'Europe/Paris', holidayCalendar: 'fr' } as const;
const seat = { zone: 'Europe/Paris', holidayCalendar: 'fr' } as const;

/** An administration by its number (0 to 99), a service of the State unless told otherwise. */
export const homeOf = (n: number, details: Partial<OrganisationDetails> = {}): Home => ({
  organisationId: idOf(10_000 + 10 * n),
  details: { kind: 'state', purpose: 'service public', ...seat, ...details },
  representative: as(10_001 + 10 * n, 'home_representative'),
  hr: as(10_002 + 10 * n, 'hr'),
  authority: as(10_003 + 10 * n, 'authority'),
  manager: as(10_004 + 10 * n, 'manager'),
});

/** An association by its number (0 to 99), with a mission of five seats, in Paris, unless told otherwise. */
export const hostOf = (
  n: number,
  {
    details = {},
    mission = {},
  }: { readonly details?: Partial<OrganisationDetails>; readonly mission?: Partial<MissionDetails> } = {},
): Host => ({
  organisationId: idOf(20_000 + 10 * n),
  details: { kind: 'association', purpose: 'insertion', ...seat, ...details },
  representative: as(20_001 + 10 * n, 'host_representative'),
  tutor: as(20_002 + 10 * n, 'tutor'),
  missionId: idOf(20_003 + 10 * n),
  mission: {
    ...{ kind: 'skilled', title: 'Atelier', activities: 'Tutorat', skills: [], beneficiaries: 'demandeurs d’emploi' },
    ...{ rhythm: { count: 2, per: 'week' }, site: paris, seats: 5 },
    ...mission,
  },
});

/** Someone by their number (0 to 99), tenured in the State's service since 2015 unless told otherwise. */
export const agentOf = (
  n: number,
  home: Home,
  { name = `Personne ${n}`, ...employment }: Partial<Agent['employment']> & { readonly name?: string } = {},
): Agent => ({
  ...as(30_000 + 10 * n, 'agent'),
  home,
  name,
  employmentId: idOf(30_001 + 10 * n),
  employment: { branch: 'state', status: 'tenured', from: '2015-01-01', ...employment },
});
