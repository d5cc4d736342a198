import { beforeAll, describe, expect, test } from '@jest/globals';
import { type Aggregate, domain, fold, idOf } from '@probono/domain';
import { type DecodedEvent, type FieldCipher, jsonCodec } from '@probono/event-store';
import { samplesOfStories, writtenSample } from './support/corpus/make.js';
import {
  addSample,
  type Body,
  digestOfBody,
  fileOf,
  readDigests,
  readSample,
  sampleFiles,
  storedOf,
  type Version,
  versions,
} from './support/corpus/samples.js';
import { erasedCipher, transparentCipher } from './support/corpus/transparent-cipher.js';

const missing = (): readonly Version[] => versions.filter((version) => readSample(version) === undefined);

// Adds what is missing; what is there stays as it is, for good.
beforeAll(async () => {
  if (process.env.UPDATE_CORPUS !== '1' || missing().length === 0) return;
  const told = await samplesOfStories();
  for (const version of missing()) {
    const story = told.get(version.type);
    const body = story?.schemaVersion === version.version ? story : await writtenSample(version);
    if (body !== undefined) addSample(version, body);
  }
});

const read = async (version: Version, cipher: FieldCipher = transparentCipher): Promise<readonly DecodedEvent[]> => {
  const body = readSample(version);
  if (body === undefined) throw new Error(`${fileOf(version)} is missing`);
  const decoded = await jsonCodec({ events: domain.events, cipher }).decode([storedOf(body, 7n)]);
  return decoded.map((event) => {
    if ('unknown' in event) throw new Error(`${fileOf(version)}: ${event.why}`);
    return event;
  });
};

const aggregateOf = ({ stream }: DecodedEvent): Aggregate => {
  const aggregate = domain.aggregates[stream.slice(0, stream.indexOf('-'))];
  if (aggregate === undefined) throw new Error(`no aggregate has the stream ${stream}`);
  return aggregate;
};

describe('the frozen samples of every event', () => {
  test('are there for every version; add what is missing to test/support/corpus/facts.ts and run UPDATE_CORPUS=1', () => {
    expect(missing().map(fileOf)).toEqual([]);
  });

  test('are of events that the code still knows, in versions it still reads', () => {
    expect(sampleFiles()).toEqual(versions.map(fileOf).sort());
  });

  test('stand as they were frozen', () => {
    const digests = versions.map((version): [string, string] => [
      fileOf(version),
      digestOfBody(readSample(version) ?? {}),
    ]);
    expect(Object.fromEntries(digests)).toEqual(readDigests());
  });

  describe.each(versions.map((version) => [fileOf(version), version] as const))('%s', (_file, version) => {
    test('is of the type and version that its place says', () => {
      const { type, schemaVersion } = readSample(version) ?? {};
      expect({ type, version: schemaVersion }).toEqual(version);
    });

    test('is read as facts that fit today’s schemas', async () => {
      for (const { type, data } of await read(version)) expect(domain.events[type]?.schema.parse(data)).toEqual(data);
    });

    test('folds, alone and after others of its kind, also when every key was destroyed', async () => {
      for (const cipher of [transparentCipher, erasedCipher]) {
        const events = await read(version, cipher);
        for (const event of events) {
          const aggregate = aggregateOf(event);
          expect(Object.keys(aggregate.events)).toContain(event.type);
          expect(() => fold(aggregate, events)).not.toThrow();
          expect(() => fold(aggregate, [...events, ...events])).not.toThrow();
        }
      }
    });
  });

  test('of one category fold one after the other', async () => {
    for (const aggregate of Object.values(domain.aggregates)) {
      const own = versions.filter(({ type }) => type in aggregate.events);
      const events = (await Promise.all(own.map((version) => read(version)))).flat();
      expect(() => fold(aggregate, events)).not.toThrow();
    }
  });
});

describe('what older versions are read as', () => {
  const facts = async (type: string, cipher?: FieldCipher) =>
    (await read({ type, version: 1 }, cipher)).map((event) => ({
      type: event.type,
      data: event.data,
      place: [event.revision, event.position],
    }));
  const place = [3n, 7n];

  test('hours a week become minutes', async () => {
    expect(await facts('ServiceDutySet')).toMatchObject([{ type: 'ServiceDutySet', data: { weeklyMinutes: 1050 } }]);
  });
  test('a field that was named otherwise is found under its name of today, also when it is erased', async () => {
    expect(await facts('CareerStageDeclared')).toMatchObject([{ data: { stage: 'vers la retraite' } }]);
    expect(await facts('CareerStageDeclared', erasedCipher)).toMatchObject([{ data: { stage: { erased: true } } }]);
  });
  test('a file that held two facts is read as both, in one place of the log', async () => {
    const docHash = '9c'.repeat(32);
    expect(await facts('EligibilityEvidenceFiled')).toEqual([
      { type: 'EligibilityEvidenceFiled', data: { category238bis: 'social', docHash }, place },
      { type: 'RepublicanCommitmentRecorded', data: { docHash: '7d'.repeat(32) }, place },
    ]);
    const [event] = await read({ type: 'EligibilityEvidenceFiled', version: 1 });
    const both = await read({ type: 'EligibilityEvidenceFiled', version: 1 });
    expect(event && idOf(event.stream)).toMatch(/^01900000-/);
    expect(event && fold(aggregateOf(event), both)).toMatchObject({ commitment: { docHash: '7d'.repeat(32) } });
  });
});

describe('a frozen sample', () => {
  const version = { type: 'ServiceDutySet', version: 1 };
  const body = (): Body => readSample(version) ?? {};
  test('has another digest when one figure of it changes, and the same when it is only laid out anew', () => {
    expect(digestOfBody({ ...body(), revision: 4 })).not.toBe(digestOfBody(body()));
    expect(digestOfBody(Object.fromEntries(Object.entries(body()).reverse()))).toBe(digestOfBody(body()));
  });
  test('cannot be written again', () => {
    expect(() => addSample(version, { ...body(), revision: 4 })).toThrow('ServiceDutySet/v1.json is frozen');
  });
});
