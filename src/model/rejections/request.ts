/** Refusals that any request can meet: authentication, shape, paging, filters, DryRun (spec 1.3). */

import { plain, wording } from './wording.ts'

export const requestRejections = {
  AuthFailure: plain('AuthFailure', 'AWS was not able to validate the provided access credentials', 401),
  MissingAuthenticationToken: plain('MissingAuthenticationToken', 'Request is missing Authentication Token', 403),
  SignatureDoesNotMatch: plain(
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    403,
  ),
  RequestExpired: plain('RequestExpired', 'Request has expired.'),
  IncompleteSignature: wording('IncompleteSignature', (p: { reason: string }) => p.reason),
  InvalidAction: wording(
    'InvalidAction',
    (p: { action: string }) => `The action ${p.action} is not valid for this web service.`,
  ),
  MissingAction: plain('MissingAction', 'The request must contain the parameter Action'),
  MissingParameter: wording(
    'MissingParameter',
    (p: { name: string }) => `The request must contain the parameter ${p.name}`,
  ),
  InvalidParameterValue: wording(
    'InvalidParameterValue',
    (p: { value: string; name: string; reason: string }) =>
      `Value (${p.value}) for parameter ${p.name} is invalid. ${p.reason}`,
  ),
  UnknownParameter: wording('UnknownParameter', (p: { name: string }) => `The parameter ${p.name} is not recognized`),
  MalformedQueryString: wording('MalformedQueryString', (p: { reason: string }) => p.reason),
  RequestEntityTooLarge: wording(
    'RequestEntityTooLarge',
    (p: { limit: number }) => `The request body exceeds the limit of ${p.limit} bytes.`,
    413,
  ),
  DryRunOperation: plain('DryRunOperation', 'Request would have succeeded, but DryRun flag is set.', 412),
  MaxResultsTooSmall: wording(
    'InvalidParameterValue',
    (p: { value: number; minimum: number }) =>
      `Value ( ${p.value} ) for parameter maxResults is invalid. Expecting a value greater than ${p.minimum}.`,
  ),
  ParametersExclusive: wording(
    'InvalidParameterCombination',
    (p: { first: string; second: string }) => `The parameter ${p.first} cannot be used with the parameter ${p.second}`,
  ),
  InvalidPaginationToken: wording(
    'InvalidPaginationToken',
    (p: { token: string }) => `The token '${p.token}' is invalid`,
  ),
  UnknownFilter: wording('InvalidParameterValue', (p: { filter: string }) => `The filter '${p.filter}' is invalid`),
  FilterValueLimitExceeded: wording(
    'FilterLimitExceeded',
    (p: { limit: number }) => `The maximum number of filter values specified on a single call is ${p.limit}`,
  ),
  IdempotentParameterMismatch: plain(
    'IdempotentParameterMismatch',
    'The client token you have provided is associated with a resource with different parameters.',
  ),
  ForeignHost: wording(
    'AccessDenied',
    (p: { host: string }) =>
      `The Host header '${p.host}' is not a name of this server. Without --credentials only localhost, 127.0.0.1 and [::1] are.`,
    403,
  ),
  ForeignOrigin: wording(
    'AccessDenied',
    (p: { origin: string }) => `Requests that a web page of another origin (${p.origin}) makes are refused.`,
    403,
  ),
  MethodNotAllowed: wording(
    'MethodNotAllowed',
    (p: { method: string; allowed: string }) => `Use ${p.allowed}, not ${p.method}.`,
    405,
  ),
  NoSuchPath: wording('NoSuchPath', (p: { path: string }) => `Nothing is at ${p.path}. EC2 requests go to /.`, 404),
  ConsoleNotBuilt: plain('ConsoleNotBuilt', 'The console is not built. In a checkout, npm run build makes it.', 503),
  NotSignedIn: plain('NotSignedIn', 'Sign in to the console first.', 401),
  TraceUnknown: plain('TraceUnknown', 'This trace is over: start it again.', 404),
  LessonTaskUnknown: plain('LessonTaskUnknown', 'This exercise is over: open it again.', 404),
  WrongType: wording(
    'UnsupportedMediaType',
    (p: { type: string; wanted: string }) => `The content type must be ${p.wanted}, not '${p.type}'.`,
    415,
  ),
  Unavailable: plain('Unavailable', 'The service is unavailable. Please try again shortly.', 503),
} as const
