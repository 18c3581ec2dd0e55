/** Refusals of this family (spec 8.5). */

export const networkAclRejections = {} as const
