/**
 * The two questions of other services that clients put to the same endpoint: STS GetCallerIdentity
 * and IAM GetUser, which Terraform's AWS provider asks before its first EC2 call (spec 8.7, 9.1).
 */

import { type Rejection, reject } from '../model/rejection.ts'
import type { Caller } from './caller.ts'
import type { Parameters } from './protocol/query.ts'
import { escapeText } from './protocol/xml.ts'

interface Service {
  readonly namespace: string
  readonly actions: Readonly<Record<string, (caller: Caller) => string>>
}

const services: Readonly<Record<string, Service>> = {
  sts: { namespace: 'https://sts.amazonaws.com/doc/2011-06-15/', actions: { GetCallerIdentity: callerIdentity } },
  iam: { namespace: 'https://iam.amazonaws.com/doc/2010-05-08/', actions: { GetUser: user } },
}

/** Services whose API version names them, for requests signed under another name. */
const versions: Readonly<Record<string, string>> = { '2011-06-15': 'sts', '2010-05-08': 'iam' }

/** The name of the service that a request is meant for, when it is one of these. */
export function identityService(caller: Caller, parameters: Parameters): string | undefined {
  const name = Object.hasOwn(services, caller.service) ? caller.service : versions[parameters.get('Version') ?? '']
  return name !== undefined && Object.hasOwn(services, name) ? name : undefined
}

/** The body of a successful answer. Rejects InvalidAction for everything but the two questions. */
export function answerIdentity(name: string, caller: Caller, parameters: Parameters, requestId: string): string {
  const action = parameters.get('Action') ?? reject('MissingAction')
  const service = services[name]
  if (!service || !Object.hasOwn(service.actions, action)) reject('InvalidAction', { action })
  const result = service.actions[action]?.(caller) ?? ''
  return (
    `<${action}Response xmlns="${service.namespace}"><${action}Result>${result}</${action}Result>` +
    `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${action}Response>`
  )
}

/** The body of a refusal in the form of the query protocol, which differs from EC2's. */
export function identityError({ code, message }: Rejection, requestId: string): string {
  return (
    `<ErrorResponse><Error><Type>Sender</Type><Code>${escapeText(code)}</Code>` +
    `<Message>${escapeText(message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`
  )
}

function callerIdentity({ account }: Caller): string {
  return `<Arn>arn:aws:iam::${account}:root</Arn><UserId>${account}</UserId><Account>${account}</Account>`
}

function user({ account }: Caller): string {
  return (
    `<User><UserId>${account}</UserId><Arn>arn:aws:iam::${account}:root</Arn>` +
    '<CreateDate>2010-01-01T00:00:00Z</CreateDate></User>'
  )
}
