/** A group's rules of one direction, in AWS's columns. */

import { useSignal } from '@preact/signals'
import type { RuleUse } from '../../src/app/enforcement/shown.ts'
import { useEnforcement } from '../enforcement/heard.ts'
import { type Filter, filtered, noFilter, type Property } from '../parts/filter.ts'
import { FilterBar } from '../parts/filter-bar.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { query } from '../shell/router.ts'
import { nameOf } from './questions.ts'
import {
  type Direction,
  ipVersion,
  peerOf,
  portText,
  protocolText,
  type SecurityGroupRule,
  trafficOf,
  typeOf,
} from './rules.ts'

const typeText = (rule: SecurityGroupRule) => typeOf(trafficOf(rule))?.label ?? ''

/** What kernels counted for a rule, where its group is enforced. */
type UseOf = (rule: SecurityGroupRule) => RuleUse | undefined

function columnsFor(direction: Direction, useOf: UseOf | undefined): readonly Column<SecurityGroupRule>[] {
  return [
    { id: 'name', header: 'Name', width: 76, cell: (rule) => nameOf(rule) || '-' },
    {
      id: 'id',
      header: 'Security group rule ID',
      width: 188,
      cell: ({ SecurityGroupRuleId }) => <span class="id">{SecurityGroupRuleId}</span>,
      sortBy: ({ SecurityGroupRuleId = '' }) => SecurityGroupRuleId,
    },
    { id: 'version', header: 'IP version', width: 88, cell: ipVersion, sortBy: ipVersion },
    { id: 'type', header: 'Type', width: 146, cell: typeText, sortBy: typeText },
    {
      id: 'protocol',
      header: 'Protocol',
      width: 84,
      cell: (rule) => protocolText(trafficOf(rule)),
      sortBy: (rule) => protocolText(trafficOf(rule)),
    },
    {
      id: 'ports',
      header: 'Port range',
      width: 96,
      cell: (rule) => portText(trafficOf(rule)),
      sortBy: ({ FromPort = -1 }) => FromPort,
    },
    {
      id: 'peer',
      header: direction === 'ingress' ? 'Source' : 'Destination',
      width: 190,
      cell: (rule) => <Peer rule={rule} />,
      sortBy: peerOf,
    },
    ...(useOf ? useColumns(useOf) : []),
    { id: 'description', header: 'Description', cell: ({ Description = '' }) => Description || '-' },
  ]
}

function useColumns(useOf: UseOf): readonly Column<SecurityGroupRule>[] {
  const lastUsed = (rule: SecurityGroupRule) => useOf(rule)?.lastUsed ?? null
  return [
    {
      id: 'packets',
      header: 'Packets',
      width: 86,
      isNumber: true,
      cell: (rule) => (useOf(rule)?.packets ?? 0).toLocaleString('en-US'),
      sortBy: (rule) => useOf(rule)?.packets ?? 0,
    },
    {
      id: 'used',
      header: 'Last used',
      width: 170,
      cell: (rule) => {
        const at = lastUsed(rule)
        return at === null ? 'never' : new Date(at).toLocaleString()
      },
      sortBy: (rule) => lastUsed(rule) ?? '',
    },
  ]
}

function Peer({ rule }: { readonly rule: SecurityGroupRule }) {
  const group = rule.ReferencedGroupInfo?.GroupId
  if (group === undefined) return <span class="id">{peerOf(rule)}</span>
  return (
    <a class="id" href={`/console/groups/${group}`}>
      {group}
    </a>
  )
}

function propertiesFor(direction: Direction): readonly Property<SecurityGroupRule>[] {
  return [
    { id: 'id', label: 'Rule ID', text: ({ SecurityGroupRuleId = '' }) => SecurityGroupRuleId },
    { id: 'type', label: 'Type', text: typeText },
    { id: 'protocol', label: 'Protocol', text: (rule) => protocolText(trafficOf(rule)) },
    { id: 'ports', label: 'Port range', text: (rule) => portText(trafficOf(rule)) },
    { id: 'peer', label: direction === 'ingress' ? 'Source' : 'Destination', text: peerOf },
    { id: 'description', label: 'Description', text: ({ Description = '' }) => Description },
  ]
}

export interface RuleTableProps {
  readonly rules: readonly SecurityGroupRule[]
  readonly direction: Direction
}

export function RuleTable({ rules, direction }: RuleTableProps) {
  const filter = useSignal<Filter>(noFilter)
  const uses = useEnforcement().value?.rules.filter(({ interfaces }) => interfaces > 0) ?? []
  const isEnforced = uses.some(({ rule }) => rules.some(({ SecurityGroupRuleId }) => SecurityGroupRuleId === rule))
  const useOf = ({ SecurityGroupRuleId }: SecurityGroupRule) => uses.find(({ rule }) => rule === SecurityGroupRuleId)
  const properties = propertiesFor(direction)
  const side = direction === 'ingress' ? 'inbound' : 'outbound'
  return (
    <>
      {rules.length > 0 && <FilterBar what={`${side} rules`} properties={properties} filter={filter} />}
      <Table
        caption={`${side} rules`}
        rows={filtered(rules, properties, filter.value)}
        columns={columnsFor(direction, isEnforced ? useOf : undefined)}
        rowKey={({ SecurityGroupRuleId = '' }) => SecurityGroupRuleId}
        chosen={query.value.get('rule') ?? undefined}
        empty={<Empty side={side} isFiltered={rules.length > 0} />}
      />
    </>
  )
}

function Empty({ side, isFiltered }: { readonly side: string; readonly isFiltered: boolean }) {
  if (isFiltered) return <strong>No matches</strong>
  return (
    <>
      <strong>No {side} rules</strong>
      {side === 'inbound'
        ? 'Nobody can open a connection to what is attached. Answers to its own connections still come in.'
        : 'What is attached can open no connection. Its answers to admitted connections still leave.'}
    </>
  )
}
