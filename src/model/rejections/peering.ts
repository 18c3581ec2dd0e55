/** Refusals of this family (spec 4). */

export const peeringRejections = {} as const
