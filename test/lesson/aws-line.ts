/**
 * The few forms of `aws ec2 …` lines that the lesson's solutions and drills are written in, as an action
 * and its input. The CLI's own grammar is larger.
 */

export interface Call {
  readonly action: string
  readonly input: Readonly<Record<string, unknown>>
}

const lists = new Set(['group-ids', 'groups', 'network-interface-ids'])
const numbers = new Set(['rule-number'])
const rest = new Set(['query', 'output'])

export function callOf(line: string): Call {
  const [aws, ec2, operation = '', ...words] = wordsOf(line)
  if (aws !== 'aws' || ec2 !== 'ec2') throw new Error(`no aws ec2 line: ${line}`)
  const options = optionsOf(words)
  const simple = simplePermission(options)
  const members = [...options].filter(([name]) => !simpleNames.has(name) && !rest.has(name))
  const input = Object.assign({}, ...members.map(([name, values]) => memberOf(name, values)), simple)
  return { action: pascal(operation), input }
}

function wordsOf(line: string): string[] {
  return Array.from(line.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g), ([word]) => word.replace(/['"]/g, ''))
}

function optionsOf(words: readonly string[]): Map<string, string[]> {
  const options = new Map<string, string[]>()
  let name = ''
  for (const word of words) {
    if (word.startsWith('--')) name = word.slice(2)
    options.set(name, word.startsWith('--') ? [] : [...(options.get(name) ?? []), word])
  }
  return options
}

function pascal(name: string): string {
  return name.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

const simpleNames = new Set(['protocol', 'port', 'cidr', 'source-group'])

/** The CLI sends the protocol of an ACL entry as its number. */
const aclProtocols: Readonly<Record<string, string>> = { tcp: '6', udp: '17', icmp: '1', all: '-1' }

/** The CLI makes `--protocol`, `--port` and a peer one permission, on the calls that have `--group-id`. */
function simplePermission(options: ReadonlyMap<string, readonly string[]>): object {
  const protocol = options.get('protocol')?.[0]
  if (protocol === undefined) return {}
  if (!options.has('group-id')) return { Protocol: aclProtocols[protocol] ?? protocol }
  const [from, to = from] = (options.get('port')?.[0] ?? '').split('-')
  const ports = from === '' ? {} : { FromPort: Number(from), ToPort: Number(to) }
  const cidr = options.get('cidr')?.[0]
  const group = options.get('source-group')?.[0]
  return {
    IpPermissions: [
      {
        IpProtocol: protocol,
        ...ports,
        ...(cidr === undefined ? {} : { IpRanges: [{ CidrIp: cidr }] }),
        ...(group === undefined ? {} : { UserIdGroupPairs: [{ GroupId: group }] }),
      },
    ],
  }
}

function memberOf(name: string, values: readonly string[]): object {
  if (name === 'ingress' || name === 'egress') return { Egress: name === 'egress' }
  const [value = ''] = values
  if (name === 'ip-permissions') return { IpPermissions: [permissionOf(value)] }
  if (name === 'filters') return { Filters: values.map(filterOf) }
  if (lists.has(name)) return { [pascal(name)]: values }
  if (numbers.has(name)) return { [pascal(name)]: Number(value) }
  return { [pascal(name)]: /^[A-Z]\w*=/.test(value) ? pairsOf(value) : value }
}

function pairsOf(text: string): object {
  const pairs = text.split(',').map((pair) => pair.split('='))
  return Object.fromEntries(pairs.map(([key, value]) => [key, Number(value)]))
}

function filterOf(text: string): object {
  const [, name, values = ''] = /^Name=([^,]+),Values=(.+)$/.exec(text) ?? []
  return { Name: name, Values: values.split(',') }
}

function permissionOf(text: string): object {
  const [, protocol, from, to, cidr] =
    /^IpProtocol=(\w+),FromPort=(-?\d+),ToPort=(-?\d+),IpRanges=\[\{CidrIp=([^}]+)\}\]$/.exec(text) ?? []
  if (cidr === undefined) throw new Error(`no permission: ${text}`)
  return { IpProtocol: protocol, FromPort: Number(from), ToPort: Number(to), IpRanges: [{ CidrIp: cidr }] }
}
