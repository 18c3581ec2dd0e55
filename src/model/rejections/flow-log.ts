/** Refusals of this family (spec 8.8). */

export const flowLogRejections = {} as const
