import { describe, expect, test } from '@jest/globals';
import { readConnectionString } from './connection-string.js';

describe('a connection string', () => {
  test.each([
    ['esdb://a:b@h:2113', 'esdb://a:b@h:2113'],
    ['esdb+discover://a:b@h', 'esdb+discover://a:b@h'],
    ['kurrentdb://a:b@h:2113', 'esdb://a:b@h:2113'],
    ['kurrentdb+discover://a:b@h:1,i:2?nodePreference=leader', 'esdb+discover://a:b@h:1,i:2?nodePreference=leader'],
    ['kdb://h?tls=false', 'esdb://h?tls=false'],
    ['KURRENT://h/?TLS=false', 'esdb://h?TLS=false'],
  ])('%s is %s to the client', (given, url) => {
    expect(readConnectionString(given).url).toBe(url);
  });

  test('names its first node, and reads user and password', () => {
    expect(readConnectionString('esdb://%C3%A9cole:a%3Ab%40c@one:2111,two:2112')).toMatchObject({
      place: 'one:2111',
      user: 'école',
      credentials: { username: 'école', password: 'a:b@c' },
    });
  });

  test.each([
    ['postgres://u:geheim@h', /not an address of EventStoreDB/],
    ['esdb://u:geh@eim@h', /percent-encoded/],
    ['esdb://u:geh%eim@h', /not percent-encoded/],
    ['esdb://h:2113', /h:2113 is to be asked over TLS: put user:password@ before the host, or add \?tls=false/],
    ['esdb://u:geheim@h?tlsVerifyCert=false', /option tlsVerifyCert: .* tlsCAFile/],
    ['esdb://u:geheim@h?throwOnAppendFailure=false', /option throwOnAppendFailure/],
    ['esdb://u:geheim@h?colour=red', /option colour: the client does not know it/],
  ])('%s is refused in one line without the password', (given, line) => {
    const failure = (() => {
      try {
        return readConnectionString(given);
      } catch (error) {
        return error;
      }
    })();
    expect(failure).toBeInstanceOf(TypeError);
    expect(String(failure)).toMatch(line);
    expect(String(failure)).not.toMatch(/geh|eim/);
  });
});
