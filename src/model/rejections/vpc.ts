/** Refusals of this family (spec 8.1/8.2). */

export const vpcRejections = {} as const
