import { requireDesignated } from '../kernel/designation.js';
import type { Actor } from '../kernel/envelope.js';
import type { OrganisationId } from '../kernel/identifiers.js';
import type { Judgement } from '../kernel/judgement.js';
import type { RepresentativeRole } from './events.js';
import { isRepresentative } from './queries.js';
import type { OrganisationState } from './state.js';

/** The organisation is registered: without that, what else is asked of it is moot. */
export const requireRegistered = (
  judgement: Judgement<'organisation.wrong-state'>,
  organisation: Readonly<OrganisationState>,
  organisationId: OrganisationId,
): boolean =>
  judgement.require('organisation.wrong-state', organisation.registered !== undefined, {
    organisationId,
    status: organisation.registered === undefined ? 'none' : 'registered',
    expected: 'registered',
  });

/** Whoever acts in this role was designated for this organisation; other roles are the kernel's to judge. */
export const requireRepresentative = (
  judgement: Judgement<'role.not-designated'>,
  organisation: Readonly<OrganisationState>,
  organisationId: OrganisationId,
  actor: Actor,
  role: RepresentativeRole,
): boolean =>
  requireDesignated(
    judgement,
    actor,
    role,
    isRepresentative(organisation, actor.id, role),
    `organisation ${organisationId}`,
  );
