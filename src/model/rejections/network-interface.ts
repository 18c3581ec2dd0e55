/** Refusals of this family (spec 8.3). */

export const networkInterfaceRejections = {} as const
