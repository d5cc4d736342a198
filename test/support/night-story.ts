import { linesOf } from './example-files.js';

const day = 86_400_000;
const now = new Date();
/**
 * The services go by the machine's clock, and send at night only what cannot wait. So the story is told where it is
 * three in the morning now, whenever the test runs, and its session begins at six.
 */
const east = ((3 - now.getUTCHours() + 36) % 24) - 12;
const zone = `Etc/GMT${east > 0 ? '-' : '+'}${Math.abs(east)}`;
const today = new Date(now.getTime() + east * 3_600_000).toISOString().slice(0, 10);

/** Claire's story up to the start of her mission, moved so that its convention came into force three days ago. */
export const story = (): readonly object[] => {
  const shift = Math.round((Date.parse(today) - 3 * day - Date.parse('2026-01-12')) / day) * day;
  const moved = (text: string) =>
    text.replace(/\b\d{4}-\d\d-\d\d\b/g, (date) => new Date(Date.parse(date) + shift).toISOString().slice(0, 10));
  return linesOf('1-driee-fne.ndjson')
    .slice(0, 41)
    .filter(({ command }) => command !== 'ChangeContactPreferences')
    .map(({ command, data, meta, at }) => ({ command, data, meta: { ...meta, at } }))
    .map((line) => JSON.parse(moved(JSON.stringify(line)).replaceAll('Europe/Paris', zone)));
};

const tutor = { id: '019a90d3-f000-7819-9e2a-49d2c51e19e2', role: 'tutor' };
const sessionId = (n: number) => `019bb4a6-f800-7000-8000-${String(n).padStart(12, '0')}`;
const ofSession = (n: number) => ({ assignmentId: '019a90d3-f000-70b0-99e9-9a4364d5e6fd', sessionId: sessionId(n) });
const command = (name: string, data: object) => ({ command: name, data, meta: { actor: tutor } });

/** Plans the session of that number for this morning. */
export const plan = (n: number, start: string) =>
  command('PlanSession', { ...ofSession(n), date: today, start, minutes: 60 });
export const cancel = (n: number) => command('CancelSession', ofSession(n));
