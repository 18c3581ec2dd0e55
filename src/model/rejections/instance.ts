/** Refusals of this family (spec 8.4). */

export const instanceRejections = {} as const
