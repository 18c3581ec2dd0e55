/** Refusals of tags and of tags given while creating (spec 1.7, 5). */

import { plain, wording } from './wording.ts'

export const tagRejections = {
  TagTypeMissing: plain('InvalidParameter', 'Tag specification resource type must have a value'),
  TagSpecificationEmpty: plain('InvalidParameter', 'Tag specification must have at least one tag'),
  TagTypeMismatch: wording(
    'InvalidParameter',
    (p: { type: string }) => `'${p.type}' is not a valid taggable resource type for this operation.`,
  ),
  TagKeyReserved: plain('InvalidParameterValue', "Tag keys starting with 'aws:' are reserved for internal use"),
  /** A refusal of our own, in AWS's words for its own prefix. */
  TagKeyOurs: plain('InvalidParameterValue', "Tag keys starting with 'sallyport:' are reserved for internal use"),
  TagKeyLength: plain('InvalidParameterValue', 'Tag keys must be between 1 and 128 characters long.'),
  TagValueLength: plain('InvalidParameterValue', 'Tag values may be at most 256 characters long.'),
  TagValueNull: plain('InvalidParameterValue', 'Tag value cannot be null. Use empty string instead.'),
  TagKeyRepeated: wording('InvalidParameterValue', (p: { key: string }) => `Duplicate tag key '${p.key}' specified.`),
  ResourceIdInvalid: wording('InvalidID', (p: { id: string }) => `The ID '${p.id}' is not valid`),
  TagLimitExceeded: plain('TagLimitExceeded', 'The maximum number of Tags for a resource has been reached.'),
} as const
