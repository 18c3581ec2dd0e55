/** What nft 1.0.6 lists, read as data. */

import { expect, test } from 'vitest'
import { readTable, UnreadableListing } from './read-back.ts'

const listing = `table inet sallyport-eth0 {
	counter sgr-1 {
		packets 12 bytes 789
	}

	set sg-web_4 {
		type ipv4_addr
		elements = { 10.0.0.5, 10.0.1.9,
			     10.0.1.10 }
	}

	set others4 {
		type inet_proto . ipv4_addr . ipv4_addr
		size 65536
		flags dynamic,timeout
		timeout 600s
	}

	map m_1 {
		type inet_service : verdict
		flags interval
		elements = { 80 : jump from_1, 100-200 : jump from_1 }
	}

	chain ingress {
		goto in_1
	}

	chain input {
		type filter hook input priority 0; policy drop;
		iifname != "eth0" accept
		jump ingress
	}

	chain refused_in {
	}
}
`

test('counters, sets, maps, base chains and regular chains', () => {
  expect(readTable(listing)).toEqual({
    counters: new Map([['sgr-1', { packets: 12, bytes: 789 }]]),
    sets: new Map([
      [
        'sg-web_4',
        { kind: 'set', type: 'ipv4_addr', properties: [], elements: new Set(['10.0.0.5', '10.0.1.9', '10.0.1.10']) },
      ],
      [
        'others4',
        {
          kind: 'set',
          type: 'inet_proto . ipv4_addr . ipv4_addr',
          properties: ['size 65536', 'flags dynamic,timeout', 'timeout 600s'],
          elements: new Set(),
        },
      ],
      [
        'm_1',
        {
          kind: 'map',
          type: 'inet_service : verdict',
          properties: ['flags interval'],
          elements: new Set(['80 : jump from_1', '100-200 : jump from_1']),
        },
      ],
    ]),
    chains: new Map([
      ['ingress', { hook: undefined, lines: ['goto in_1'] }],
      [
        'input',
        {
          hook: 'type filter hook input priority 0; policy drop;',
          lines: ['iifname != "eth0" accept', 'jump ingress'],
        },
      ],
      ['refused_in', { hook: undefined, lines: [] }],
    ]),
  })
})

test('what is not in this form is refused, not skipped', () => {
  expect(() => readTable('table inet x {\n\tflowtable f {\n\t}\n\tsomething else\n}\n')).toThrow(UnreadableListing)
  expect(() => readTable('table inet x {\n\tcounter c {\n\t\tnothing\n\t}\n}\n')).toThrow('counter c counts nothing')
})
