import { type LocalDate, localTimeOf, plusMinutes } from '@probono/domain';
import type { SessionFacts } from './notice.js';

export type Language = 'fr' | 'en';

const tags = { fr: 'fr-FR', en: 'en-GB' } as const;

/** The language for a locale: French for `fr`, English for all others. */
export const languageOf = (locale: string): Language => (locale.slice(0, 2) === 'fr' ? 'fr' : 'en');

const longFormats = new Map<string, Intl.DateTimeFormat>();

/** Making a format takes longer than using it a hundred times; there are as many as zones and languages. */
const longFormat = (timeZone: string, language: Language): Intl.DateTimeFormat => {
  const name = `${language} ${timeZone}`;
  const format =
    longFormats.get(name) ??
    new Intl.DateTimeFormat(tags[language], {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      timeZone,
    });
  longFormats.set(name, format);
  return format;
};

/** Put together here: what stands between the parts differs from one release of the locale data to the next. */
const written = (date: Date, timeZone: string, language: Language): string => {
  const parts = longFormat(timeZone, language).formatToParts(date);
  return ['weekday', 'day', 'month', 'year'].map((type) => parts.find((part) => part.type === type)?.value).join(' ');
};

/** `lundi 2 mars 2026` */
export const longDate = (date: LocalDate, language: Language): string =>
  written(new Date(`${date}T12:00:00Z`), 'UTC', language);

/** `mars 2026` */
export const longMonth = (month: string, language: Language): string =>
  new Intl.DateTimeFormat(tags[language], { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${month}-15T12:00:00Z`),
  );

type Time = Pick<SessionFacts, 'startsAt' | 'zone' | 'minutes'>;

/** The day of a session, by its site's calendar. */
export const dayOf = ({ startsAt, zone }: Pick<Time, 'startsAt' | 'zone'>, language: Language): string =>
  written(new Date(startsAt), zone, language);

/** `lundi 2 mars 2026, 09:00–12:30 (Europe/Paris)`: by the site's clock, and which clock that is. */
export const timeOf = (time: Time, language: Language): string => {
  const { startsAt, zone, minutes } = time;
  const end = localTimeOf(plusMinutes(startsAt, minutes), zone);
  return `${dayOf(time, language)}, ${localTimeOf(startsAt, zone)}–${end} (${zone})`;
};
