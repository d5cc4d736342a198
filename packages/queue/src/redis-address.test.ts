import { describe, expect, test } from '@jest/globals';
import { readRedisAddress } from './redis-address.js';
import { QueueUnavailable } from './unavailable.js';

describe('an address of Redis', () => {
  test('of one server is left to ioredis', () => {
    const url = 'rediss://user:secret@redis.example:6380/2';
    expect(readRedisAddress(url)).toEqual({ kind: 'single', url, hosts: 'redis.example:6380' });
  });

  test('of a cluster names its nodes, and credentials for all of them', () => {
    expect(readRedisAddress('rediss+cluster://me:p%40ss:word@one:7000,two,[::1]:7002')).toEqual({
      kind: 'cluster',
      hosts: 'one:7000,two,[::1]:7002',
      nodes: [
        { host: 'one', port: 7000 },
        { host: 'two', port: 6379 },
        { host: '::1', port: 7002 },
      ],
      tls: true,
      username: 'me',
      password: 'p@ss:word',
    });
  });

  test('of Sentinels names the master', () => {
    expect(readRedisAddress('redis+sentinel://:secret@one,two:26380/mymaster')).toEqual({
      kind: 'sentinel',
      master: 'mymaster',
      hosts: 'one,two:26380',
      nodes: [
        { host: 'one', port: 26379 },
        { host: 'two', port: 26380 },
      ],
      tls: false,
      password: 'secret',
    });
  });

  test.each([
    'redis:secret@host',
    'http://user:secret@host',
    'redis+sentinel://user:secret@host',
    'redis://user:secret@',
  ])('that is none is refused without repeating it: %s', (url) => {
    expect(() => readRedisAddress(url)).toThrow(QueueUnavailable);
    expect(() => readRedisAddress(url)).not.toThrow(/secret/);
  });
});
