import { addDays, addMonths, isSiren, LocalDate, type Role } from '@probono/domain';
import { causes, firstNames, homeKinds, lastNames, places } from './places.js';
import type { Scene } from './scene.js';

/** An administration that lends agents, and who acts for it. */
export interface Home {
  readonly id: string;
  readonly zone: string;
  readonly hr: readonly string[];
  readonly representative: string;
  readonly authority: string;
}

/** An association that takes them in. */
export interface Host {
  readonly id: string;
  readonly site: (typeof places)[number];
  readonly cause: (typeof causes)[number];
  readonly representative: string;
  /** The last day of its accreditation, by administration. */
  readonly accreditedUntil: Map<string, LocalDate>;
}

const today = ({ now }: Scene): LocalDate => LocalDate.parse(new Date(now).toISOString().slice(0, 10));

/** Registers someone under a made-up name. */
export const registerPerson = (scene: Scene, officer: string, zone: string, personId = scene.id()): string => {
  const { random } = scene;
  const name = `${random.pick(firstNames)} ${random.pick(lastNames)}`;
  const email = `p${personId.slice(-12)}@example.org`;
  scene.give('RegisterPerson', { personId, locale: 'fr-FR', zone, name, email }, officer, 'programme_officer');
  return personId;
};

const siren = ({ random }: Scene): string => {
  const digits = String(10_000_000 + random.below(89_999_999));
  for (let check = 0; check < 10; check++) if (isSiren(`${digits}${check}`)) return `${digits}${check}`;
  throw new Error(`no check digit makes ${digits} a SIREN`);
};

const designate = (scene: Scene, officer: string, organisationId: string, zone: string, role: Role): string => {
  const personId = registerPerson(scene, officer, zone);
  scene.give('DesignateRepresentative', { organisationId, personId, role }, officer, 'programme_officer');
  return personId;
};

/** Registers the n-th administration with its people. */
export const foundHome = (scene: Scene, officer: string, n: number): Home => {
  const id = scene.id();
  // Most seats are in Paris; the others have a clock of their own.
  const { zone, holidayCalendar } = places[n % 3 === 2 ? 2 : 0] ?? scene.random.pick(places);
  const kind = homeKinds[n % homeKinds.length] ?? 'state';
  const details = { name: `Administration ${n + 1}`, kind, siren: siren(scene), purpose: 'service public' };
  const data = { organisationId: id, ...details, zone, holidayCalendar };
  scene.give('RegisterOrganisation', data, officer, 'programme_officer');
  const person = (role: Role): string => designate(scene, officer, id, zone, role);
  const [representative, authority] = [person('home_representative'), person('authority')];
  return { id, zone, representative, authority, hr: [person('hr'), person('hr')] };
};

/** Registers the n-th association with its representative and what it has to show. */
export const foundHost = (scene: Scene, officer: string, n: number): Host => {
  const id = scene.id();
  const site = places[n % places.length] ?? scene.random.pick(places);
  const cause = causes[n % causes.length] ?? scene.random.pick(causes);
  const details = {
    name: `Association ${n + 1}`,
    kind: 'association',
    declaredOn: '2009-05-04',
    purpose: cause.purpose,
  };
  const data = { organisationId: id, ...details, zone: site.zone, holidayCalendar: site.holidayCalendar };
  scene.give('RegisterOrganisation', data, officer, 'programme_officer');
  const representative = designate(scene, officer, id, site.zone, 'host_representative');
  const by = [representative, 'host_representative'] as const;
  scene.give('FileEligibilityEvidence', { organisationId: id, docHash: scene.random.hash() }, ...by);
  scene.give('RecordRepublicanCommitment', { organisationId: id, docHash: scene.random.hash() }, ...by);
  return { id, site, cause, representative, accreditedUntil: new Map() };
};

/** Has the host accredited by the administration, or accredited anew while there is time. */
export const accredit = (scene: Scene, officer: string, home: Home, host: Host): void => {
  const day = today(scene);
  const held = host.accreditedUntil.get(home.id);
  if (held !== undefined && held > addDays(day, 30)) return;
  const from = held === undefined || held < day ? day : addDays(held, 1);
  const until = addDays(addMonths(from, 36), -1);
  const data = { organisationId: host.id, administrationId: home.id, until };
  const later = held !== undefined && held >= day ? { effectiveOn: from } : {};
  scene.give('AccreditHost', data, officer, 'programme_officer', later);
  host.accreditedUntil.set(home.id, until);
};
