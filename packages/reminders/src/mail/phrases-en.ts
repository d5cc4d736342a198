import { dayOf, longDate, longMonth } from './dates.js';
import type { Notice } from './notice.js';
import type { Phrases } from './phrases.js';

const day = ({ sessions: [session], on }: Notice): string => {
  if (session !== undefined) return dayOf(session, 'en');
  return on === undefined ? '' : longDate(on, 'en');
};

const wording = (notice: Notice): { readonly heading: string; readonly body: string } => {
  const { kind, role, sessions } = notice;
  if (kind.startsWith('before-')) {
    return {
      heading: `Reminder: session on ${day(notice)}`,
      body:
        role === 'tutor'
          ? 'A session that you are the tutor of is coming up.'
          : 'Your session is coming up. If you cannot come, tell your tutor or move the session.',
    };
  }
  if (kind.startsWith('convention-ends-')) {
    return {
      heading: `A convention ends on ${day(notice)}`,
      body: 'Decide whether to renew it by an amendment, and prepare the review.',
    };
  }
  if (kind.startsWith('accreditation-ends-')) {
    return {
      heading: `An accreditation ends on ${day(notice)}`,
      body: 'Unless it is renewed, no new convention can be made with this host.',
    };
  }
  switch (kind) {
    case 'booked':
      return sessions.length > 1
        ? {
            heading: `${sessions.length} sessions planned from ${day(notice)}`,
            body: 'These sessions are planned. The file enclosed adds them to your calendar.',
          }
        : { heading: `Session planned on ${day(notice)}`, body: 'This session is planned.' };
    case 'moved':
      return { heading: `Session moved to ${day(notice)}`, body: 'The time or the place of this session has changed.' };
    case 'cancelled':
      return { heading: `Session cancelled: ${day(notice)}`, body: 'This session will not take place.' };
    case 'reinstated':
      return { heading: `Session reinstated: ${day(notice)}`, body: 'This session will take place after all.' };
    case 'confirm-hours':
      return {
        heading: `Hours to confirm: ${day(notice)}`,
        body: 'Hours have been declared. Confirm them, or contest them if they are not right.',
      };
    case 'declare-hours':
      return {
        heading: `Hours to declare: session on ${day(notice)}`,
        body: 'No hours are declared for this session. Declare them, or say that it did not take place.',
      };
    case 'notice-deadline':
      return {
        heading: `Last day to give notice of a convention: ${day(notice)}`,
        body: 'After that day a notice would run beyond the end of the convention.',
      };
    case 'notice-ends':
      return {
        heading: `A notice ends on ${day(notice)}`,
        body: 'The convention ends on that day for the agents concerned.',
      };
    case 'period-close':
      return {
        heading: `Month to close: ${longMonth(notice.month ?? '', 'en')}`,
        body: 'Some hours of this month are not closed yet.',
      };
    default:
      return { heading: 'News from the programme', body: '' };
  }
};

export const english: Phrases = {
  language: 'en',
  greeting: (name) => `Hello ${name},`,
  heading: (notice) => wording(notice).heading,
  body: (notice) => wording(notice).body,
  labels: { mission: 'Mission', when: 'Date', where: 'Place', before: 'Before', reference: 'Reference' },
  colon: ': ',
  digestSubject: (count) => `${count} messages about your sessions and hours`,
  digestBody: (count) => `Here are ${count} messages of today in one.`,
  footer: 'Automatic message of the skills volunteering programme.',
  unsubscribe: 'Stop these messages',
  programme: 'Skills volunteering',
};
