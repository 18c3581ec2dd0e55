/**
 * What people say to the linter beforehand, in YAML: ports that they administer by, what is meant to be public,
 * findings that they live with and why. docs/lint.md has the form.
 */

import type { Node, YAMLMap } from 'yaml'
import { parseCidr } from '../net/cidr.ts'
import { lintRules } from '../reach/lint/registry.ts'
import type { Intended, LintSettings } from '../reach/lint/settings.ts'
import type { Suppression } from '../reach/lint/suppression.ts'
import { Diagrams } from '../reach/packet-set/diagram.ts'
import { servicesNamed, UnknownServices } from '../reach/packet-set/service-name.ts'
import { YamlReader } from './yaml-reader.ts'

export interface LintConfig extends Pick<LintSettings, 'adminServices' | 'intended'> {
  readonly suppressions: readonly Suppression[]
}

export const noConfig: LintConfig = { adminServices: [], intended: undefined, suppressions: [] }

const keys = ['admin-ports', 'intended-public', 'suppress']
const intendedKeys = ['to', 'ports', 'from', 'reason']
const suppressionKeys = ['id', 'on', 'reason', 'until']

/** Throws BadYaml, which says where and what. */
export function lintConfigFrom(text: string): LintConfig {
  const yaml = new YamlReader(text)
  if (yaml.root === null) return noConfig
  const root = yaml.map(yaml.root, 'a lint configuration', keys)
  const list = (key: string) => (root.has(key) ? yaml.items(root.get(key, true) as Node, root, key) : [])
  return {
    adminServices: list('admin-ports').map((node) => serviceOf(yaml, node)),
    intended: root.has('intended-public') ? list('intended-public').map((node) => intendedOf(yaml, node)) : undefined,
    suppressions: list('suppress').map((node) => suppressionOf(yaml, node)),
  }
}

function intendedOf(yaml: YamlReader, node: Node): Intended {
  const map = yaml.map(node, 'what is meant to be public', intendedKeys)
  const ports = yaml.items(yaml.needed(map, 'ports'), map, 'ports')
  const from = map.has('from') ? textOf(yaml, map, 'from') : undefined
  if (from !== undefined && !parseCidr(from)) yaml.refuse(map.get('from', true) as Node, `'${from}' is no CIDR`)
  return {
    to: textOf(yaml, map, 'to'),
    from,
    services: ports.map((each) => serviceOf(yaml, each)),
    reason: reasonOf(yaml, map),
  }
}

/** `443` and `8000-8010` are TCP; `udp/53`, `icmp` and the rest are called by their names. */
function serviceOf(yaml: YamlReader, node: Node): string {
  const text = yaml.text(node, 'a port')
  const name = /^\d/.test(text) ? `tcp/${text}` : text
  try {
    servicesNamed(new Diagrams(), name)
    return name
  } catch (thrown) {
    if (thrown instanceof UnknownServices) return yaml.refuse(node, thrown.message)
    throw thrown
  }
}

function suppressionOf(yaml: YamlReader, node: Node): Suppression {
  const map = yaml.map(node, 'a suppression', suppressionKeys)
  const id = textOf(yaml, map, 'id')
  if (!lintRules.some((rule) => rule.id === id)) {
    yaml.refuse(map.get('id', true) as Node, `there is no ${id}: sallyport lint --list-rules tells those there are`)
  }
  const until = map.has('until') ? textOf(yaml, map, 'until') : undefined
  if (until !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(until)) {
    yaml.refuse(map.get('until', true) as Node, `'${until}' is no day: write 2027-03-31`)
  }
  return { id, on: textOf(yaml, map, 'on'), reason: reasonOf(yaml, map), until, line: yaml.line(node) }
}

function textOf(yaml: YamlReader, map: YAMLMap, key: string): string {
  return yaml.text(yaml.needed(map, key), key)
}

/** Whoever reads it in a year wants to know. */
function reasonOf(yaml: YamlReader, map: YAMLMap): string {
  const reason = textOf(yaml, map, 'reason').trim()
  return reason === '' ? yaml.refuse(map, 'the reason is empty') : reason
}
