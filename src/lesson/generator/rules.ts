/** Templates about rules: which one admits a packet, which is needed, which is superfluous. */

import type { Option } from '../content.ts'
import type { Dice } from './dice.ts'
import {
  client,
  type Draft,
  inWords,
  listed,
  opening,
  otherClient,
  outsider,
  type Service,
  type SpelledRule,
  services,
  worldWith,
} from './draft.ts'

const peers = ['0.0.0.0/0', '203.0.113.0/24', '203.0.113.5/32', '198.51.100.0/24'] as const

/** Which of three rules, if any, admits this packet? */
export function whichRuleAdmits(dice: Dice): Draft {
  const [first, second, third] = dice.shuffled(services) as [Service, Service, Service]
  const rules = [first, second, third].map(({ protocol, port }): SpelledRule => {
    return {
      direction: dice.below(4) === 0 ? 'egress' : 'ingress',
      traffic: `${protocol} ${port}`,
      peer: dice.of(peers),
    }
  })
  const aimed = dice.of([first, second, third])
  const sent: Service = dice.below(5) === 0 ? { ...aimed, protocol: aimed.protocol === 'tcp' ? 'udp' : 'tcp' } : aimed
  const from = dice.of([client, otherClient, outsider])
  const port = dice.between(1024, 65_000)
  const packet = `0s ${opening(sent, from, port)}`
  const admits = rules.map((rule, index): Option => {
    return {
      text: `It is admitted, by sgr-${index + 1}.`,
      lines: [`${packet} allow sgr-${index + 1}`],
      why: `sgr-${index + 1} is ${inWords(rule)}. Direction, protocol, port and source must all match.`,
    }
  })
  const refused: Option = {
    text: 'It is refused: no rule admits it.',
    lines: [`${packet} deny no-rule`],
    why: 'What no inbound rule admits is dropped.',
  }
  return {
    topic: 'what-it-is',
    scenario: `A security group has three rules: ${listed(rules)}. A packet arrives from ${from}, ${sent.protocol.toUpperCase()} port ${port}, for port ${sent.port}. It is the first packet of its flow.`,
    asks: 'What becomes of it?',
    world: worldWith(rules),
    options: [...admits, refused],
    hint: 'Compare direction, protocol, destination port and source, rule by rule.',
    solution: [
      'The packet arrives, so only inbound rules count.',
      `It is ${sent.protocol.toUpperCase()} for port ${sent.port}. The source port ${port} is not compared.`,
      `Its source is ${from}.`,
    ],
  }
}

interface Origin {
  readonly says: string
  readonly cidr: string
  /** From where it must be admitted, and from where not. */
  readonly inside: string
  readonly outside: string | undefined
  readonly tooNarrow: string
}

const origins: readonly [Origin, ...Origin[]] = [
  { says: 'from anywhere', cidr: '0.0.0.0/0', inside: outsider, outside: undefined, tooNarrow: '203.0.113.0/24' },
  {
    says: 'from the network 203.0.113.0/24 and from nowhere else',
    cidr: '203.0.113.0/24',
    inside: otherClient,
    outside: outsider,
    tooNarrow: '203.0.113.5/32',
  },
  {
    says: 'from the address 203.0.113.5 and from nowhere else',
    cidr: '203.0.113.5/32',
    inside: client,
    outside: otherClient,
    tooNarrow: '203.0.113.0/32',
  },
]

/** Which rule lets this service in, and nothing else? */
export function whichRuleIsNeeded(dice: Dice): Draft {
  const service = dice.of(services)
  const origin = dice.of(origins)
  const { protocol, port } = service
  const other = protocol === 'tcp' ? 'udp' : 'tcp'
  const needed: SpelledRule = { direction: 'ingress', traffic: `${protocol} ${port}`, peer: origin.cidr }
  const wrong: readonly (readonly [SpelledRule, string])[] = [
    [{ ...needed, direction: 'egress' }, 'An outbound rule is for connections that the instance opens.'],
    [{ ...needed, traffic: `${other} ${port}` }, `The service uses ${protocol.toUpperCase()}.`],
    [{ ...needed, traffic: `${protocol} ${port + 1}` }, `The service listens on port ${port}.`],
    [{ ...needed, peer: origin.tooNarrow }, 'It does not hold every source that was asked for.'],
    [{ ...needed, traffic: 'any' }, 'It opens every protocol and port.'],
    [{ ...needed, traffic: `${protocol} any` }, 'It opens every port.'],
  ]
  const choice = dice.shuffled(wrong).slice(0, 3)
  const options = [[needed, 'Direction, protocol, port and source are what was asked for.'] as const, ...choice]
  const from = dice.between(1024, 65_000)
  const arrives = (what: Pick<Service, 'protocol' | 'port'>, source: string) => `0s ${opening(what, source, from)}`
  return {
    topic: 'what-it-is',
    scenario: `An instance serves ${service.name} on ${protocol.toUpperCase()} port ${port}. Its security group has no rule. Clients must reach the service ${origin.says}; nothing else may be opened.`,
    asks: 'Which rule do you add?',
    world: worldWith([]),
    promise: [
      `${arrives(service, origin.inside)} allow`,
      ...(origin.outside === undefined ? [] : [`${arrives(service, origin.outside)} deny`]),
      `${arrives({ protocol: other, port }, origin.inside)} deny`,
      `${arrives({ protocol, port: port + 1 }, origin.inside)} deny`,
      `${arrives({ protocol, port: 8443 }, origin.inside)} deny`,
    ],
    options: options.map(([rule, why]): Option => {
      const text = inWords(rule)
      const spelled = `group web ${rule.direction} ${rule.traffic} ${rule.direction === 'ingress' ? 'from' : 'to'} ${rule.peer}`
      return { text: text.charAt(0).toUpperCase() + text.slice(1), world: [spelled], why }
    }),
    hint: 'Direction, protocol, port, source: four choices.',
    solution: [
      'Clients open the connections: inbound.',
      `${service.name} is ${protocol.toUpperCase()} port ${port}.`,
      `The source is ${origin.cidr}. The answers leave by state.`,
    ],
  }
}

/** Which of four rules can go without refusing anything that is admitted today? */
export function whichRuleIsSuperfluous(dice: Dice): Draft {
  const [wide, second, third] = dice.shuffled(services) as [Service, Service, Service]
  const traffic = ({ protocol, port }: Service) => `${protocol} ${port}`
  const shape = dice.below(3)
  const holder: SpelledRule = {
    direction: 'ingress',
    traffic: shape === 1 ? `${wide.protocol} ${wide.port}-${wide.port + 10}` : traffic(wide),
    peer: shape === 0 ? '0.0.0.0/0' : '203.0.113.0/24',
  }
  const held: SpelledRule = {
    direction: 'ingress',
    traffic: traffic(wide),
    peer: shape === 1 ? holder.peer : '203.0.113.5/32',
  }
  const others = [second, third].map((service): SpelledRule => {
    return { direction: 'ingress', traffic: traffic(service), peer: dice.of(['0.0.0.0/0', '203.0.113.0/24']) }
  })
  const rules = dice.shuffled([holder, held, ...others])
  const beyondHeld = shape === 1 ? { ...wide, port: wide.port + 10 } : wide
  const probes = [
    `1s ${opening(wide, client, 40_000)} allow`,
    `1s ${opening(beyondHeld, otherClient, 40_001)} allow`,
    `1s ${opening(second, client, 40_002)} allow`,
    `1s ${opening(third, client, 40_003)} allow`,
  ]
  return {
    topic: 'what-it-is',
    scenario: `A security group has four rules: ${listed(rules)}.`,
    asks: 'Which one can be removed without refusing any new connection that is admitted today?',
    world: worldWith(rules),
    options: rules.map((rule, index) => ({
      text: `sgr-${index + 1}`,
      lines: [`0s revoke sgr-${index + 1}`, ...probes],
      why:
        rule === held
          ? `Everything that it admits is admitted by ${inWords(holder)} as well.`
          : `Only this rule admits some of what ${inWords(rule)} stands for.`,
    })),
    hint: 'Is everything that one rule admits admitted by another as well?',
    solution: [
      `What ${inWords(held)} admits lies wholly within ${inWords(holder)}.`,
      'Rules only allow, so a rule within another adds nothing.',
      'Each of the others admits something that no other does.',
    ],
  }
}
