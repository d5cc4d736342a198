import { addDays, idOf, type OrganisationFact, type Recorded } from '@probono/domain';
import { beginningOf, defaultZone } from './day.js';
import { settleConvention } from './fold-convention.js';
import type { AccreditationRow, Agenda } from './tables.js';
import { settle, type Task } from './task.js';

type AccreditationFact = Extract<
  OrganisationFact,
  {
    readonly type:
      | 'HostAccredited'
      | 'AccreditationRefused'
      | 'AccreditationSuspended'
      | 'AccreditationReinstated'
      | 'AccreditationWithdrawn'
      | 'AccreditationLapsed';
  }
>;

const statuses = {
  HostAccredited: 'accredited',
  AccreditationRefused: 'refused',
  AccreditationSuspended: 'suspended',
  AccreditationReinstated: 'accredited',
  AccreditationWithdrawn: 'withdrawn',
} as const;

const lapse = (agenda: Agenda, row: AccreditationRow): readonly Task[] => {
  const { host_id, administration_id, status, from_on, until_on, lapse_recorded } = row;
  if (until_on === null || lapse_recorded || status === 'refused' || status === 'withdrawn') return [];
  const zone =
    agenda.organisations.get(administration_id)?.zone ?? agenda.organisations.get(host_id)?.zone ?? defaultZone;
  const after = addDays(until_on, 1);
  return [
    {
      name: 'LapseAccreditation',
      data: { organisationId: host_id, administrationId: administration_id },
      // The turn's first day too: an accreditation may be given anew with the same last day.
      round: `${from_on} ${until_on}`,
      dueAt: beginningOf(after, zone),
      effective: after,
    },
  ];
};

const turned = (
  row: AccreditationRow | undefined,
  event: Recorded<AccreditationFact>,
): AccreditationRow | undefined => {
  if (event.type === 'AccreditationLapsed') return row && { ...row, lapse_recorded: true };
  return {
    host_id: idOf(event.stream),
    administration_id: event.data.administrationId,
    status: statuses[event.type],
    from_on: event.effectiveOn,
    until_on: event.type === 'HostAccredited' ? event.data.until : (row?.until_on ?? null),
    lapse_recorded: false,
  };
};

export const foldOrganisation = (
  agenda: Agenda,
  event: Recorded<AccreditationFact | Extract<OrganisationFact, { readonly type: 'OrganisationRegistered' }>>,
): void => {
  const organisationId = idOf(event.stream);
  if (event.type === 'OrganisationRegistered') {
    agenda.organisations.put({ organisation_id: organisationId, zone: event.data.zone });
    return;
  }
  const row = turned(agenda.accreditations.get(organisationId, event.data.administrationId), event);
  if (row === undefined) return;
  agenda.accreditations.put(row);
  const scope = { name: `accreditation-${organisationId}-${event.data.administrationId}`, conventionId: null };
  settle(agenda, scope, agenda.tasks.where('scope', scope.name), lapse(agenda, row), event);
  for (const convention of agenda.conventions.where('host_id', organisationId)) {
    if (convention.home_id === row.administration_id) settleConvention(agenda, convention, event);
  }
};
