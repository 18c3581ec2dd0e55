/** What packets can be sent between, as suggestions: interfaces, instances, Name tags, the internet. */

import type { Instance, NetworkInterface, Reservation } from '../../src/ec2/protocol/types.generated.ts'
import { useAsked } from '../api/asked.ts'
import { allPages } from '../api/client.ts'
import { nameOf } from '../groups/questions.ts'

const endListId = 'ends'

interface Ends {
  readonly cards: readonly NetworkInterface[]
  readonly instances: readonly Instance[]
}

async function findEnds(): Promise<Ends> {
  const cards = await allPages<NetworkInterface>('DescribeNetworkInterfaces', 'NetworkInterfaces', { MaxResults: 1000 })
  const reservations = await allPages<Reservation>('DescribeInstances', 'Reservations', { MaxResults: 1000 })
  return { cards, instances: reservations.flatMap(({ Instances = [] }) => Instances) }
}

export function EndList() {
  const { cards, instances } = useAsked('ends', findEnds).value.answer ?? { cards: [], instances: [] }
  return (
    <datalist id={endListId}>
      {cards.map((card) => (
        <option key={card.NetworkInterfaceId} value={nameOf({ Tags: card.TagSet }) || card.NetworkInterfaceId}>
          {card.NetworkInterfaceId} {card.PrivateIpAddress}
        </option>
      ))}
      {instances.map((instance) => (
        <option key={instance.InstanceId} value={instance.InstanceId}>
          {nameOf(instance)}
        </option>
      ))}
      <option value="internet">any public address</option>
    </datalist>
  )
}

export interface EndFieldProps {
  readonly label: string
  readonly name: string
  readonly value?: string
}

export function EndField({ label, name, value = '' }: EndFieldProps) {
  return (
    <label class="field">
      <span>{label}</span>
      <input
        class="input"
        name={name}
        defaultValue={value}
        list={endListId}
        placeholder="eni-…, i-…, Name, address"
        autocomplete="off"
        required
      />
    </label>
  )
}

const protocols = [
  ['tcp', 'TCP'],
  ['udp', 'UDP'],
  ['icmp', 'ICMP'],
  ['icmpv6', 'ICMPv6'],
] as const

export function ProtocolField({ value = 'tcp' }: { readonly value?: string }) {
  return (
    <label class="field">
      <span>Protocol</span>
      <select class="input" name="protocol" defaultValue={value}>
        {protocols.map(([id, label]) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </select>
    </label>
  )
}

export function PortField({ value = '' }: { readonly value?: string }) {
  return (
    <label class="field">
      <span>Port</span>
      <input class="input" name="port" defaultValue={value} inputMode="numeric" pattern="\d{1,5}" placeholder="443" />
    </label>
  )
}

export interface Traffic {
  readonly from: string
  readonly to: string
  readonly protocol: string
  readonly port?: number
}

/** What the fields above hold; ICMP has no ports. */
export function trafficIn(form: HTMLFormElement): Traffic {
  const data = new FormData(form)
  const text = (name: string) => String(data.get(name) ?? '').trim()
  const protocol = text('protocol')
  const hasPort = protocol === 'tcp' || protocol === 'udp'
  return {
    from: text('from'),
    to: text('to'),
    protocol,
    ...(hasPort && text('port') !== '' ? { port: Number(text('port')) } : {}),
  }
}
