import { expect, test } from 'vitest'
import { gateway, instance, reachWorld, route } from '../../../test/reach-world.ts'
import { difference, factsOf, nothing } from './difference.ts'
import { printBirth, printFilters, printPlug, printRemoval, printUnplug } from './print.ts'
import { topologyOf } from './world-topology.ts'

const facts = factsOf(
  topologyOf(
    reachWorld(
      'group open\ninterface a 10.0.0.5 in open instance x',
      instance('i-x', 'running'),
      gateway(),
      route('0.0.0.0/0', 'igw-1'),
    ),
  ),
)
const built = difference(nothing, facts)
const undone = difference({ sure: facts, maybe: facts }, new Map())

test('a router refuses everything before it forwards anything', () => {
  const script = printBirth(built.added)
  expect(script).toMatch(/netns add vpc-1/)
  const router = script.slice(script.indexOf('nsenter --net=/run/netns/vpc-1 '))
  expect(router).toMatch(/policy drop.*\necho 1 > \/proc\/sys\/net\/ipv4\/ip_forward\n/s)
  expect(script).toMatch(/ip link add eth0 address \S+ netns i-x type veth peer name e-a netns vpc-1/)
  expect(script).not.toMatch(/eth0 up/)
})

test('cables are plugged in before what stands on them, one batch a family', () => {
  const script = printPlug(built.added)
  expect(script.indexOf('link set dev eth0 up')).toBeLessThan(script.indexOf('addr replace 10.0.0.5/24 dev eth0'))
  expect(script).toMatch(
    /i-x ip -batch - <<'.'\nlink set dev lo up\n.*\nroute replace default via 10\.0\.0\.1 dev eth0 onlink table main\n\./s,
  )
  expect(script).toMatch(/route replace 0\.0\.0\.0\/0 via inet6 fe80::2 dev igw onlink table \d+/)
})

test('a filter is one transaction that empties and refills', () => {
  const script = printFilters(built)
  expect(script).toMatch(/flush map inet sallyport leaving\n/)
  expect(script).toMatch(/add element inet sallyport leaving \{ "s-\S+" : goto \S+-egress, .*"igw" : goto onward \}/)
})

test('on the way down packets stop first, then processes, then namespaces', () => {
  expect(printUnplug(undone.removed.cables)).toMatch(/i-x ip -force .*\nlink set dev eth0 down/)
  expect(printRemoval(undone.removed)).toMatch(/^end i-x$/m)
})

test('nothing to do is no script', () => {
  const none = difference({ sure: facts, maybe: facts }, facts)
  const scripts = [
    printUnplug([]),
    printRemoval(none.removed),
    printBirth(none.added),
    printPlug(none.added),
    printFilters(none),
  ]
  expect(scripts.join('').trim()).toBe('')
})
