/** One verdict, whoever asks: Reachability Analyzer and access scopes say what `explain` says, of the same worlds. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { instant } from '../src/base/clock.ts'
import type { ScopePath } from '../src/model/access-scope.ts'
import type { NetworkInsightsPath, PathEndId, PathVerdict } from '../src/model/network-insights.ts'
import { findRule, type World } from '../src/model/world.ts'
import { parsePacket } from '../src/packet/notation.ts'
import type { Explanation, Finding } from '../src/reach/explain.ts'
import type { HopOf } from '../src/reach/hop.ts'
import { insights } from '../src/reach/insights/insights.ts'
import { randomEstate } from './proof/estate.ts'
import { asked, type Scene, scenesOf } from './reach-scene.ts'
import { askBetween, change } from './reach-world.ts'

/** The questions that the analyzer knows: TCP and UDP over IPv4, between interfaces and the internet. */
const questions = scenesOf(['internet'], ['tcp', 'tcp', 'udp'])
  .filter(({ ends, world }) => !ends.includes('internet') || world.internetGateway.has('igw-1'))
  .map((scene) => ({ ...scene, explanation: asked(scene) }))

interface Question extends Scene {
  readonly explanation: Explanation
}

function analyse({ ends, protocol, port }: Scene, world: World): PathVerdict {
  const [source, destination] = ends.map((end) => (end === 'internet' ? 'igw-1' : end) as PathEndId)
  const path = {
    id: 'nip-1',
    source,
    destination,
    protocol,
    ...(port === undefined ? {} : { destinationPort: Number(port) }),
    createdAt: instant(0),
  } as NetworkInsightsPath
  return insights.analysePath(world, path, { through: [], avoiding: [] })
}

function ofIpv4({ findings }: Explanation): Finding[] {
  return findings.filter(({ packet }) => parsePacket(packet).source.family === 4)
}

/** A path is a packet: what passes of a question is enough. */
function expected(explanation: Explanation): PathVerdict['kind'] {
  const results = new Set(ofIpv4(explanation).map(({ result }) => result))
  if (results.has('reachable')) return 'found'
  return results.has('undetermined') ? 'undetermined' : 'not-found'
}

function hopsOf<K extends 'rules' | 'acl'>(findings: readonly Finding[], kind: K): HopOf<K>[] {
  return findings.flatMap(({ hops }) => hops.filter((hop): hop is HopOf<K> => hop.kind === kind))
}

const sorted = (texts: Iterable<string>) => [...new Set(texts)].sort()

describe('an analysis', () => {
  test('finds a path exactly if some of what explain was asked about is reachable', () => {
    const seen = new Map<string, number>()
    fc.assert(
      fc.property(questions, ({ explanation, ...scene }: Question) => {
        const { kind } = analyse(scene, scene.world)
        seen.set(kind, (seen.get(kind) ?? 0) + 1)
        expect(kind).toBe(expected(explanation))
      }),
      { numRuns: 300 },
    )
    expect(Math.min(seen.get('found') ?? 0, seen.get('not-found') ?? 0)).toBeGreaterThan(50)
  })

  test('of a no names every group and every ACL that explain finds in the way', () => {
    fc.assert(
      fc.property(questions, ({ explanation, ...scene }: Question) => {
        const verdict = analyse(scene, scene.world)
        if (verdict.kind !== 'not-found') return
        const blocking = ofIpv4(explanation).map((finding) => ({ ...finding, hops: finding.blockers }))
        const rules = hopsOf(blocking, 'rules').map((hop) => `${hop.networkInterface} ${hop.direction}`)
        const acls = hopsOf(blocking, 'acl').map((hop) => `${hop.acl} ${hop.subnet} ${hop.direction}`)
        const told = verdict.explanations.map(({ networkInterface, securityGroups, acl, subnet, direction }) => {
          if (securityGroups) return `${networkInterface?.id} ${direction}`
          return acl ? `${acl.id} ${subnet?.id} ${direction}` : undefined
        })
        expect(verdict.explanations.length).toBeGreaterThan(0)
        expect(sorted(told.flatMap((each) => each ?? []))).toEqual(sorted([...rules, ...acls]))
      }),
      { numRuns: 200 },
    )
  })

  test('of a yes goes through rules that explain names', () => {
    fc.assert(
      fc.property(questions, ({ explanation, ...scene }: Question) => {
        const verdict = analyse(scene, scene.world)
        if (verdict.kind !== 'found') return
        const passing = ofIpv4(explanation).filter(({ result }) => result === 'reachable')
        const named = hopsOf(passing, 'rules').flatMap(({ rules }) => rules)
        const texts = named.map(({ rule, group }) => ruleText(group, findRule(scene.world, rule)?.rule))
        const shown = verdict.forward.flatMap(({ rule, component }) => (rule ? [ruleText(component.id, rule)] : []))
        expect(shown.filter((text) => !texts.includes(text))).toEqual([])
        const directions = hopsOf(passing.slice(0, 1), 'rules').map(({ direction }) => direction)
        expect(verdict.forward.flatMap(({ rule }) => rule?.direction ?? [])).toEqual(directions)
      }),
      { numRuns: 300 },
    )
  })

  test("of a no becomes a yes by explain's fixes", () => {
    let proved = 0
    fc.assert(
      fc.property(questions, ({ explanation, ...scene }: Question) => {
        if (analyse(scene, scene.world).kind !== 'not-found') return
        const { fixes } = explanation
        if (fixes.some(({ changes }) => changes.length === 0)) return
        const mended = change(scene.world, () => fixes.flatMap(({ changes }) => changes))
        expect(analyse(scene, mended).kind).toBe('found')
        proved++
      }),
      { numRuns: 300 },
    )
    expect(proved).toBeGreaterThan(20)
  })
})

describe('the ends of a peering', () => {
  const passes = (world: World, source: string, destination: string, given: Partial<NetworkInsightsPath>) => {
    const ports = { from: 40_000, to: 40_000 }
    const asked = { id: 'nip-1', protocol: 'tcp', createdAt: instant(0), destinationPort: 80, ...given }
    const filterAtSource = { sourcePorts: ports }
    const path = { ...asked, source, destination, filterAtSource } as NetworkInsightsPath
    return insights.analysePath(world, path, { through: [], avoiding: [] }).kind === 'found'
  }

  test('let pass together what passes between two interfaces over it', () => {
    const seen = { true: 0, false: 0 }
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (seed) => {
        const world = randomEstate(seed)
        const cards = Array.from(world.networkInterface.values())
        fc.pre(world.peering.has('pcx-1'))
        for (const from of cards) {
          for (const to of cards.filter(({ vpc }) => vpc !== from.vpc)) {
            const [sourceIp, destinationIp] = [from, to].map(({ privateAddresses: [own] }) => own?.address)
            const there = passes(world, from.id, 'pcx-1', { destinationIp: destinationIp ?? '' })
            const here = passes(world, 'pcx-1', to.id, { sourceIp: sourceIp ?? '' })
            const whole = passes(world, from.id, to.id, {})
            expect(whole, `${from.id} > ${to.id}`).toBe(there && here)
            seen[`${whole}`]++
          }
        }
      }),
      { numRuns: 150 },
    )
    expect(Math.min(seen.true, seen.false)).toBeGreaterThan(10)
  })
})

function ruleText(group: string, rule: { direction: string; traffic: unknown; peer: unknown } | undefined): string {
  return JSON.stringify([group, rule?.direction, rule?.traffic, rule?.peer])
}

describe('an access scope', () => {
  const between = ({ ends }: Scene): ScopePath => {
    const [source, destination] = ends.map((end) => ({
      resource: { resources: [end === 'internet' ? 'igw-1' : end], types: [] },
    }))
    return { through: [], ...(source ? { source } : {}), ...(destination ? { destination } : {}) }
  }

  test('has a finding between two ends exactly if TCP or UDP gets from one to the other', () => {
    const seen = { true: 0, false: 0 }
    fc.assert(
      fc.property(questions, (scene: Question) => {
        const { world, ends } = scene
        const kinds = (['tcp', 'udp'] as const).map((protocol) => expected(askBetween(world, ends, protocol)))
        const { findings, isUncertain } = insights.analyseScope(world, {
          matchPaths: [between(scene)],
          excludePaths: [],
        })
        const isFound = kinds.includes('found')
        seen[`${isFound}`]++
        expect([findings.length > 0, isUncertain]).toEqual([isFound, kinds.includes('undetermined')])
      }),
      { numRuns: 120 },
    )
    expect(Math.min(seen.true, seen.false)).toBeGreaterThan(15)
  })

  test('has none once all that passes is excluded, whatever it goes through', () => {
    fc.assert(
      fc.property(questions, (scene: Question) => {
        const matchPaths = [between(scene)]
        const gone = (excludePaths: readonly ScopePath[]) =>
          insights.analyseScope(scene.world, { matchPaths, excludePaths }).findings.length
        const header = (protocol: 'tcp' | 'udp') => ({ source: { header: { protocols: [protocol] } }, through: [] })
        expect(gone([header('tcp'), header('udp')])).toBe(0)
        expect(gone([{ through: [{ resources: [], types: ['AWS::EC2::NetworkInterface'] }] }])).toBe(0)
      }),
      { numRuns: 80 },
    )
  })
})
