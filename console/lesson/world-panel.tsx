/** The rules that the packets meet: groups, network ACLs that are not the open one, interfaces. */

import type { RuleView, WorldView } from '../../src/lesson/world-view.ts'
import { sides } from './words.ts'

export function WorldPanel({ world, title = 'The rules' }: { readonly world: WorldView; readonly title?: string }) {
  const { groups, interfaces, acls } = world
  return (
    <section class="panel world" aria-label={title}>
      <div class="panel-head">
        <h2>{title}</h2>
      </div>
      <div class="world-body">
        {defaultLast(groups).map(({ id, name, rules }) => (
          <div class="world-block" key={id}>
            <h3>
              {name} <span class="id quiet">{id}</span>
            </h3>
            <Rules rules={rules} name={name} />
          </div>
        ))}
        {acls.map((acl) => (
          <Acl key={acl.id} acl={acl} />
        ))}
        {interfaces.length > 0 && (
          <div class="world-block">
            <h3>Network interfaces</h3>
            <ul class="cards">
              {interfaces.map(({ id, name, addresses, groups: own }) => (
                <li key={id}>
                  <strong>{name || id}</strong> <span class="id">{addresses.join(', ')}</span>{' '}
                  <span class="quiet">in {own.map((group) => nameOf(world, group)).join(', ') || 'no group'}</span>
                </li>
              ))}
            </ul>
          </div>
        )}
      </div>
    </section>
  )
}

function Acl({ acl: { id, entries } }: { readonly acl: WorldView['acls'][number] }) {
  return (
    <div class="world-block">
      <h3>
        Network ACL <span class="id quiet">{id}</span>
      </h3>
      <table class="rules" aria-label={`Entries of ${id}`}>
        <Widths />
        <tbody>
          {entries.map(({ number, direction, action, traffic, cidr }) => (
            <tr key={`${direction} ${number}`}>
              <th scope="row">
                {sides[direction]} {number}
              </th>
              <td class={action === 'allow' ? 'good' : 'bad'}>{action}</td>
              <td>{traffic}</td>
              <td>{cidr}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">Both *</th>
            <td class="bad">deny</td>
            <td>all traffic</td>
            <td>everything else</td>
          </tr>
        </tbody>
      </table>
    </div>
  )
}

/** The group that every VPC has is seldom what a task is about. */
function defaultLast(groups: WorldView['groups']): WorldView['groups'] {
  const isDefault = ({ name }: WorldView['groups'][number]) => name === 'default'
  return [...groups.filter((group) => !isDefault(group)), ...groups.filter(isDefault)]
}

function nameOf({ groups }: WorldView, id: string): string {
  return groups.find((group) => group.id === id)?.name ?? id
}

function Rules({ rules, name }: { readonly rules: readonly RuleView[]; readonly name: string }) {
  return (
    <table class="rules" aria-label={`Rules of ${name}`}>
      <Widths />
      <tbody>
        {(['ingress', 'egress'] as const).flatMap((direction) => {
          const own = rules.filter((rule) => rule.direction === direction)
          if (own.length === 0) {
            return [
              <tr key={direction}>
                <th scope="row">{sides[direction]}</th>
                <td colSpan={3} class="quiet">
                  no rule
                </td>
              </tr>,
            ]
          }
          return own.map(({ id, traffic, peer }) => (
            <tr key={id}>
              <th scope="row">{sides[direction]}</th>
              <td>{traffic}</td>
              <td>
                {direction === 'ingress' ? 'from' : 'to'} {peer}
              </td>
              <td class="id quiet">{id}</td>
            </tr>
          ))
        })}
      </tbody>
    </table>
  )
}

/** The tables of one panel stand in line with each other. */
function Widths() {
  return (
    <colgroup>
      <col class="rules-where" />
      <col class="rules-what" />
      <col />
      <col class="rules-id" />
    </colgroup>
  )
}
