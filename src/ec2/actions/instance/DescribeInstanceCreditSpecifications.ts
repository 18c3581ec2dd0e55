/**
 * DescribeInstanceCreditSpecifications (spec 8.4): without ids it lists the `unlimited` ones only.
 * An instance that is not burstable answers `standard`, as AWS does in fact.
 */

import type { Instance } from '../../../model/instance.ts'
import { findInstanceType } from '../../../model/instance-type.ts'
import { answer, type Run } from '../../action.ts'
import { instanceRows } from '../../input/instance-rows.ts'
import { list, rowsFrom } from '../../page.ts'

export const run: Run<'DescribeInstanceCreditSpecifications'> = (input, context) => {
  const given = input.InstanceIds
  const all = Array.from(instanceRows(given, context).after(undefined), ({ instance }) => instance)
  const selected = given ? all : all.filter((each) => each.state !== 'terminated' && creditsOf(each) === 'unlimited')
  const { items, nextToken } = list({
    input,
    ids: { given, set: 'instancesSet' },
    rows: rowsFrom(selected, ({ id }) => id),
    filters: { 'instance-id': ({ id }) => id },
  })
  const views = items.map((each) => ({ InstanceId: each.id, CpuCredits: creditsOf(each) }))
  return answer({ InstanceCreditSpecifications: views, NextToken: nextToken })
}

function creditsOf({ type, options }: Instance): string {
  const usual = findInstanceType(type)?.cpuCredits
  return usual === undefined ? 'standard' : (options.cpuCredits ?? usual)
}
