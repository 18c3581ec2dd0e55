/** Refusals of this family (spec 8.6). */

export const routingRejections = {} as const
