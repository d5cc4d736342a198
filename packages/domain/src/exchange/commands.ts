import * as z from 'zod';
import { defineCommand } from '../kernel/command.js';
import { ExchangeId } from '../kernel/identifiers.js';
import { Cohort, Legs } from './events.js';

const subject = z.strictObject({ exchangeId: ExchangeId });

/** An exchange may hold many pairs; each assignment is in one. */
export const PairExchange = defineCommand('PairExchange', ['programme_officer'], subject.extend({ legs: Legs }));
/** Enrols people of a school; once some are, every new pair has one of them. */
export const EnrolCohort = defineCommand('EnrolCohort', ['programme_officer'], subject.extend(Cohort.shape));
