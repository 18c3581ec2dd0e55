import { describe, expect, test } from 'vitest'
import { NotationError } from '../base/words.ts'
import { formatPacket, parsePacket } from './notation.ts'

describe('a line of text is a packet', () => {
  test.each([
    'tcp 10.0.0.5:40000 > 10.0.1.9:5432 S',
    'tcp 10.0.0.5:40000 > 10.0.1.9:5432 SFRPAU',
    'tcp 10.0.0.5:40000 > 10.0.1.9:5432 -',
    'tcp [2001:db8::5]:0 > [2001:db8::9]:65535 SA',
    'udp 10.0.0.5:53 > 10.0.1.9:53 first 7 1500B',
    'udp 10.0.0.5:53 > 10.0.1.9:53 later 4294967295',
    'icmp 10.0.0.5 > 10.0.1.9 echo 7',
    'icmp 10.0.0.5 > 10.0.1.9 reply 65535',
    'icmp 10.0.0.5 > 10.0.1.9 13/0 id=7',
    'icmp 10.0.0.5 > 10.0.1.9 8/3 id=7',
    'icmp 10.0.0.5 > 10.0.1.9 3/4 { tcp 10.0.1.9:80 > 10.0.0.5:40000 A } 576B',
    'icmpv6 2001:db8::5 > 2001:db8::9 echo 7',
    'icmpv6 2001:db8::5 > 2001:db8::9 2/0 { icmpv6 2001:db8::9 > 2001:db8::5 echo 7 }',
    '50 10.0.0.5 > 10.0.1.9',
    '0 2001:db8::5 > 2001:db8::9',
  ])('%s', (text) => {
    expect(formatPacket(parsePacket(text))).toBe(text)
  })
})

describe('flags are read in any order and written in one', () => {
  test.each([
    ['AS', 'SA'],
    ['AF', 'FA'],
    ['AP', 'PA'],
    ['SS', 'S'],
  ])('%s is %s', (read, written) => {
    expect(formatPacket(parsePacket(`tcp 1.1.1.1:1 > 2.2.2.2:2 ${read}`))).toBe(`tcp 1.1.1.1:1 > 2.2.2.2:2 ${written}`)
  })
})

describe('text that is no packet is refused with what was expected', () => {
  test.each([
    ['', 'a protocol is missing'],
    ['tcp', 'a source is missing'],
    ['tcp 1.1.1.1:1', "'>' is missing"],
    ['tcp 1.1.1.1:1 < 2.2.2.2:2 S', "'>' must stand between source and destination"],
    ['tcp 1.1.1.1:1 >', 'a destination is missing'],
    ['tcp 1.1.1:1 > 2.2.2.2:2 S', "'1.1.1:1' is no address"],
    ['tcp 1.1.1.1:65536 > 2.2.2.2:2 S', "'1.1.1.1:65536' is no address"],
    ['tcp 01.1.1.1:1 > 2.2.2.2:2 S', "'01.1.1.1:1' is no address"],
    ['tcp [2001:db8::1]:1 > 2.2.2.2:2 S', 'source and destination are of different IP families'],
    ['tcp 1.1.1.1 > 2.2.2.2:2 S', 'tcp needs ports: 10.0.0.5:40000'],
    ['udp 1.1.1.1 > 2.2.2.2', 'udp needs ports: 10.0.0.5:40000'],
    ['tcp 1.1.1.1:1 > 2.2.2.2:2', "tcp needs flags: S, SA, A, PA, FA, R, or '-' for none"],
    ['tcp 1.1.1.1:1 > 2.2.2.2:2 X', "tcp needs flags: S, SA, A, PA, FA, R, or '-' for none"],
    ['50 1.1.1.1:1 > 2.2.2.2:2', '50 has no ports'],
    ['6 1.1.1.1 > 2.2.2.2', 'protocol 6 is written by its name'],
    ['58 1.1.1.1 > 2.2.2.2', 'protocol 58 is written by its name'],
    ['256 1.1.1.1 > 2.2.2.2', "'256' is no protocol: use tcp, udp, icmp, icmpv6 or a number"],
    ['sctp 1.1.1.1 > 2.2.2.2', "'sctp' is no protocol: use tcp, udp, icmp, icmpv6 or a number"],
    ['icmp ::1 > ::2 echo 1', 'there is no icmp over IPv6'],
    ['icmpv6 1.1.1.1 > 2.2.2.2 echo 1', 'there is no icmpv6 over IPv4'],
    ['icmp 1.1.1.1 > 2.2.2.2', 'an ICMP message is missing'],
    ['icmp 1.1.1.1 > 2.2.2.2 ping', "'ping' is no ICMP message: use echo ID, reply ID or TYPE/CODE"],
    ['icmp 1.1.1.1 > 2.2.2.2 echo', 'an identifier is missing'],
    ['icmp 1.1.1.1 > 2.2.2.2 echo 65536', "'65536' is no number up to 65535"],
    ['icmp 1.1.1.1 > 2.2.2.2 256/0', "'256' is no number up to 255"],
    ['icmp 1.1.1.1 > 2.2.2.2 3/4 {', "'}' is expected before 'the end'"],
    ['icmp 1.1.1.1 > 2.2.2.2 3/4 { }', 'a protocol is missing'],
    ['icmp 1.1.1.1 > 2.2.2.2 3/4 { udp 1.1.1.1:1 > 2.2.2.2:2 extra }', "'extra' is one word too many"],
    ['udp 1.1.1.1:1 > 2.2.2.2:2 first', 'a fragment identifier is missing'],
    ['udp 1.1.1.1:1 > 2.2.2.2:2 later 4294967296', "'4294967296' is no number up to 4294967295"],
    ['udp 1.1.1.1:1 > 2.2.2.2:2 65536B', "'65536' is no number up to 65535"],
    ['udp 1.1.1.1:1 > 2.2.2.2:2 allow', "'allow' is one word too many"],
  ])('%j: %s', (text, complaint) => {
    expect(() => parsePacket(text)).toThrow(new NotationError(complaint))
  })
})
