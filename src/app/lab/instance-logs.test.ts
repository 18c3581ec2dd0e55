import { expect, test } from 'vitest'
import { InstanceLogs } from './instance-logs.ts'

test('a line that comes after the lab has ended is refused, and nothing waits for it', () => {
  const ofNobody = new InstanceLogs(() => '/proc/4194304/root/run/sallyport/logs')
  expect(() => ofNobody.note('i-1', 'user data ended')).toThrow('ENOENT')
  expect(ofNobody.read('i-1', 0)).toEqual({ bytes: '', next: 0 })
})
